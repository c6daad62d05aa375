using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Disclosures;

/// <summary>
/// The facts inside the disclosure circle. They stand in a stream of their own: whoever is outside the circle sees a request in which none of this happened, and
/// whoever has the database alone cannot tell one fact from another, or whom it is about (<see cref="StreamKind.SealedAs"/>).
/// </summary>
public interface IDisclosureEvent : IDomainEvent;

/// <param name="SourceId">The partner search, inquiry, search action or match that found the person.</param>
/// <param name="ConfirmingAuthority">For a death: the authority that confirms it.</param>
[EventType("finding-recorded.v1")]
public sealed record FindingRecorded(
    Guid FindingId,
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string Reference,
    bool ConcernsMinor,
    FindingKind Kind,
    FindingSource Source,
    Guid? SourceId,
    string? SourceSociety,
    Personal<string>? ConfirmingAuthority,
    Guid ReportedBy,
    DateOnly FoundOn,
    Personal<FindingAccount> Finding) : IDisclosureEvent;

[EventType("contact-attempted.v1")]
public sealed record ContactAttempted(Guid AttemptId, ContactChannel Channel, DateOnly AttemptedOn, Personal<string>? Note) : IDisclosureEvent;

[EventType("identity-verified.v1")]
public sealed record IdentityVerified(DateOnly VerifiedOn, Personal<string> How) : IDisclosureEvent;

/// <param name="AccompaniedBy">Who was with a child (rule 14).</param>
[EventType("sought-person-informed-of-search.v1")]
public sealed record SoughtPersonInformedOfSearch(DateOnly InformedOn, string Language, bool ThroughInterpreter, Personal<string>? AccompaniedBy)
    : IDisclosureEvent;

/// <summary>What the found person decided, in writing (rule 11). The decision goes with the person's key.</summary>
/// <param name="Coordinates">What may be passed on; under <see cref="DisclosureChoice.Coordinates"/> only.</param>
/// <param name="Evidence">Where the signed form is kept.</param>
[EventType("choice-recorded.v1")]
public sealed record ChoiceRecorded(
    Guid ChoiceId, DateOnly SignedOn, Guid RecordedBy, Personal<DisclosureChoice> Choice, Personal<string>? Coordinates, Personal<string> Evidence)
    : IDisclosureEvent;

/// <summary>For a child: the child-protection focal point agrees (handbook §9).</summary>
[EventType("child-protection-approval-given.v1")]
public sealed record ChildProtectionApprovalGiven(Guid ChoiceId, Guid ApprovedBy) : IDisclosureEvent;

/// <summary>A second officer confirms the choice; only now is anything released.</summary>
[EventType("disclosure-countersigned.v1")]
public sealed record DisclosureCountersigned(Guid ChoiceId, Guid Officer) : IDisclosureEvent;

/// <summary>The found person takes the consent back. Acts at once, without a second signature: protecting needs no permission.</summary>
[EventType("disclosure-consent-withdrawn.v1")]
public sealed record DisclosureConsentWithdrawn(DateOnly WithdrawnOn, Guid RecordedBy) : IDisclosureEvent;

/// <summary>A supervisor lets the news of a death be told, in person (rule 13).</summary>
[EventType("death-news-signed-off.v1")]
public sealed record DeathNewsSignedOff(Guid Supervisor) : IDisclosureEvent;

[EventType("contact-exchanged.v1")]
public sealed record ContactExchanged(DateOnly ExchangedOn) : IDisclosureEvent;

/// <summary>The finding was wrong: another person, or not confirmed.</summary>
[EventType("finding-revoked.v1")]
public sealed record FindingRevoked(Guid FindingId, Guid RevokedBy, Personal<string> Reason) : IDisclosureEvent;

[EventType("disclosure-deadline-passed.v1")]
public sealed record DisclosureDeadlinePassed(DeadlineKey Deadline, DateTimeOffset DueAt) : IDisclosureEvent;
