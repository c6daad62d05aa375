using Rfl.Domain.Common;
using Rfl.Domain.Policies;

namespace Rfl.Domain.Retentions;

/// <summary>From the end of a record's time to what became of it (handbook §8.6). One stream a record, apart from the record's own.</summary>
public interface IRetentionEvent : IDomainEvent;

/// <summary>The policy's time for this record is over.</summary>
/// <param name="Reference">By which the data-protection officer knows a request; null for other records.</param>
/// <param name="EndedAt">From when the time runs.</param>
[EventType("retention-proposed.v1")]
public sealed record RetentionProposed(Guid Record, RetentionKind Kind, string? Reference, DateTimeOffset EndedAt) : IRetentionEvent;

[EventType("retention-approved.v1")]
public sealed record RetentionApproved(Guid ApprovedBy) : IRetentionEvent;

/// <summary>Kept for longer, and proposed again afterwards.</summary>
[EventType("retention-postponed.v1")]
public sealed record RetentionPostponed(DateOnly Until, PostponementReason Reason, Guid PostponedBy) : IRetentionEvent;

/// <summary>The record lives again, or its policy changed: nothing is proposed any more.</summary>
[EventType("retention-dropped.v1")]
public sealed record RetentionDropped : IRetentionEvent;

/// <param name="PersonsErased">Whose keys were destroyed.</param>
/// <param name="PersonsKept">Who stand in another record that is still kept.</param>
[EventType("retention-carried-out.v1")]
public sealed record RetentionCarriedOut(int PersonsErased, int PersonsKept) : IRetentionEvent;
