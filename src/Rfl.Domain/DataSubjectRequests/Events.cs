using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.DataSubjectRequests;

/// <summary>
/// What a person, or somebody who may speak for them, asks of the Society about the person's own data (handbook §8.3), and what became of it. The law gives one
/// month, and two more where it is told in time why they are needed.
/// </summary>
public interface IDataSubjectRequestEvent : IDomainEvent;

/// <param name="Through">The tracing request in which the person stands, where the request came through one.</param>
/// <param name="Language">BCP 47 tag of the language in which the person wants the answer.</param>
[EventType("data-subject-request-received.v1")]
public sealed record DataSubjectRequestReceived(
    PersonId Person,
    DataSubjectRight Right,
    Requester Requester,
    DateOnly ReceivedOn,
    string Language,
    TracingRequestId? Through,
    Guid RecordedBy,
    Personal<RequestAccount> Account) : IDataSubjectRequestEvent;

/// <summary>Whoever asks is who they say, and may ask for the person.</summary>
[EventType("requester-identity-verified.v1")]
public sealed record RequesterIdentityVerified(IdentityProof Proof, DateOnly VerifiedOn, Guid VerifiedBy) : IDataSubjectRequestEvent;

/// <summary>Two more months, once, and only where it is told within the first.</summary>
[EventType("data-subject-request-extended.v1")]
public sealed record DataSubjectRequestExtended(ExtensionReason Reason, Guid ExtendedBy) : IDataSubjectRequestEvent;

/// <summary>A correction that the request led to: a new event in the record concerned, which stays as it was before it.</summary>
/// <param name="Record">The stream.</param>
/// <param name="Version">The place of the correction in it.</param>
[EventType("rectification-carried-out.v1")]
public sealed record RectificationCarriedOut(Guid Record, long Version) : IDataSubjectRequestEvent;

[EventType("data-subject-request-answered.v1")]
public sealed record DataSubjectRequestAnswered(DataSubjectAnswer Answer, Guid AnsweredBy) : IDataSubjectRequestEvent;

[EventType("data-subject-request-refused.v1")]
public sealed record DataSubjectRequestRefused(RequestRefusalReason Reason, Guid RefusedBy, Personal<string> Explanation) : IDataSubjectRequestEvent;

[EventType("data-subject-request-withdrawn.v1")]
public sealed record DataSubjectRequestWithdrawn(DateOnly WithdrawnOn) : IDataSubjectRequestEvent;

/// <summary>The legal deadline fell without an answer: the request is escalated to the data-protection officer.</summary>
[EventType("data-subject-request-overdue.v1")]
public sealed record DataSubjectRequestOverdue(DeadlineKey Deadline, DateTimeOffset DueAt) : IDataSubjectRequestEvent;
