using Rfl.Domain.Common;

namespace Rfl.Domain.DataSubjects;

/// <summary>
/// What holds for a person whatever record they stand in: restriction, legal hold, erasure (handbook §8.3). One stream a person, whose id follows from theirs.
/// </summary>
public interface IDataSubjectEvent : IDomainEvent;

/// <summary>From now on the person is compared with nobody, and nothing about them leaves or is published.</summary>
/// <param name="Request">The request that asked for it.</param>
[EventType("processing-restricted.v1")]
public sealed record ProcessingRestricted(PersonId Person, RestrictionGround Ground, Guid Request) : IDataSubjectEvent;

[EventType("processing-restriction-lifted.v1")]
public sealed record ProcessingRestrictionLifted(Guid LiftedBy) : IDataSubjectEvent;

/// <summary>The person's data has to be kept for now, whatever anybody asks.</summary>
[EventType("legal-hold-placed.v1")]
public sealed record LegalHoldPlaced(PersonId Person, Guid HoldId, LegalHoldReason Reason, Guid PlacedBy, Personal<string>? Explanation) : IDataSubjectEvent;

[EventType("legal-hold-lifted.v1")]
public sealed record LegalHoldLifted(Guid HoldId, Guid LiftedBy) : IDataSubjectEvent;

/// <summary>The person's key was destroyed. Nothing personal can ever be read or written about them again.</summary>
/// <param name="Request">The request that asked for it; null where none did.</param>
[EventType("person-erased.v1")]
public sealed record PersonErased(PersonId Person, ErasureGround Ground, Guid? Request) : IDataSubjectEvent;
