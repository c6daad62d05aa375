using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.TracingRequests;

/// <summary>
/// The facts of a tracing request (handbook §4). Nothing of a finding stands here before the found person's decision allows it: findings live in
/// the stream of the disclosure, so that a sealed refusal leaves this stream, and everything derived from it, untouched (rule 12).
/// </summary>
public interface ITracingRequestEvent : IDomainEvent;

// The interview

[EventType("tracing-interview-started.v1")]
public sealed record TracingInterviewStarted(
    string Reference, string Region, Guid TakenBy, DateOnly InterviewedOn, string Language, bool InterpreterNeeded) : ITracingRequestEvent;

/// <param name="Fingerprint">Keyed hash of the whole document made without network, by which a repeated one is known.</param>
[EventType("interview-document-received.v1")]
public sealed record InterviewDocumentReceived(string Fingerprint) : ITracingRequestEvent;

[EventType("enquirer-registered.v1")]
public sealed record EnquirerRegistered(PersonId Enquirer, CountryCode CountryOfStay, bool IsMinor, Personal<EnquirerDetails> Details)
    : ITracingRequestEvent;

/// <param name="Relation">What the sought person is to the enquirer.</param>
/// <param name="TurnsEighteenIn">For a minor, first day of the month of the eighteenth birthday: the day itself would tell the birth date.</param>
[EventType("sought-person-added.v1")]
public sealed record SoughtPersonAdded(
    PersonId SoughtPerson,
    FamilyRelation Relation,
    SoughtPersonCircumstances Circumstances,
    DateOnly? TurnsEighteenIn,
    Personal<PersonDetails> Details,
    Provenance Provenance = Provenance.Enquirer) : ITracingRequestEvent;

[EventType("sought-person-details-corrected.v1")]
public sealed record SoughtPersonDetailsCorrected(
    PersonId SoughtPerson,
    FamilyRelation Relation,
    SoughtPersonCircumstances Circumstances,
    DateOnly? TurnsEighteenIn,
    Personal<PersonDetails> Details,
    Provenance Provenance = Provenance.Enquirer) : ITracingRequestEvent;

[EventType("loss-of-contact-recorded.v1")]
public sealed record LossOfContactRecorded(PersonId SoughtPerson, BreakOfContact Cause, CountryCode? Country, Personal<LossOfContact> Account)
    : ITracingRequestEvent;

[EventType("security-assessment-recorded.v1")]
public sealed record SecurityAssessmentRecorded(SecurityAssessment Assessment, Personal<string>? Explanation) : ITracingRequestEvent;

/// <param name="Evidence">Where the signed form or the recording is kept.</param>
/// <param name="Interpreter">Who interpreted.</param>
[EventType("consent-given.v1")]
public sealed record ConsentGiven(Consent Consent, Personal<string>? Evidence = null, Personal<string>? Interpreter = null) : ITracingRequestEvent;

[EventType("consent-withdrawn.v1")]
public sealed record ConsentWithdrawn(Guid ConsentId, DateOnly WithdrawnOn) : ITracingRequestEvent;

[EventType("consent-reviewed.v1")]
public sealed record ConsentReviewed(Guid ConsentId, DateOnly ReviewedOn) : ITracingRequestEvent;

[EventType("tracing-request-submitted.v1")]
public sealed record TracingRequestSubmitted : ITracingRequestEvent;

/// <summary>A partner society's request, received instead of an interview; it has the same life from here on.</summary>
[EventType("incoming-tracing-request-received.v1")]
public sealed record IncomingTracingRequestReceived(
    string Reference, string Society, string Region, DateOnly ReceivedOn, string Language, Personal<string> TheirReference) : ITracingRequestEvent;

// Assessment

[EventType("tracing-request-accepted.v1")]
public sealed record TracingRequestAccepted : ITracingRequestEvent;

[EventType("tracing-request-declined.v1")]
public sealed record TracingRequestDeclined(DeclineReason Reason, Personal<string> Orientation) : ITracingRequestEvent;

[EventType("priority-assigned.v1")]
public sealed record PriorityAssigned(Priority Priority, PriorityReason Reason, Personal<string>? Justification = null) : ITracingRequestEvent;

[EventType("case-assigned.v1")]
public sealed record CaseAssigned(Guid CaseworkerId) : ITracingRequestEvent;

[EventType("information-requested.v1")]
public sealed record InformationRequested(Guid InformationRequestId, Personal<string> Question) : ITracingRequestEvent;

[EventType("information-provided.v1")]
public sealed record InformationProvided(Guid InformationRequestId, Personal<string> Answer) : ITracingRequestEvent;

[EventType("tracing-requests-linked.v1")]
public sealed record TracingRequestsLinked(TracingRequestId Other, LinkReason Reason) : ITracingRequestEvent;

[EventType("tracing-requests-unlinked.v1")]
public sealed record TracingRequestsUnlinked(TracingRequestId Other) : ITracingRequestEvent;

// The search

[EventType("search-action-planned.v1")]
public sealed record SearchActionPlanned(Guid SearchActionId, PersonId SoughtPerson, SearchMeans Means, DateOnly? PlannedFor, Personal<string> Plan)
    : ITracingRequestEvent;

/// <param name="Result">Never "found": whoever finds the person reports a finding, which is recorded inside the disclosure circle.</param>
[EventType("search-action-carried-out.v1")]
public sealed record SearchActionCarriedOut(
    Guid SearchActionId, DateOnly CarriedOutOn, SearchResult Result, Provenance Provenance, Personal<string> Account) : ITracingRequestEvent;

/// <param name="Authority">Personal: whoever writes it may name an office, or a person and where they live.</param>
/// <param name="Ground">The consent on which it went; null where it was not yet noted.</param>
/// <param name="Channel">By which it went; null: by post.</param>
[EventType("authority-inquiry-sent.v1")]
public sealed record AuthorityInquirySent(
    Guid InquiryId,
    PersonId SoughtPerson,
    Personal<string> Authority,
    DateOnly SentOn,
    Personal<string> Question,
    AuthorityKind Kind = AuthorityKind.Other,
    Guid? Ground = null,
    TransferChannel? Channel = null) : ITracingRequestEvent, IDeparture;

/// <summary>The authority is asked to stop: the consent, or the request, was taken back.</summary>
[EventType("authority-inquiry-recalled.v1")]
public sealed record AuthorityInquiryRecalled(Guid InquiryId, RecallReason Reason) : ITracingRequestEvent;

[EventType("authority-inquiry-answered.v1")]
public sealed record AuthorityInquiryAnswered(Guid InquiryId, DateOnly AnsweredOn, InquiryResult Result, Personal<string> Answer)
    : ITracingRequestEvent;

[EventType("lead-received.v1")]
public sealed record LeadReceived(Guid LeadId, PersonId SoughtPerson, Provenance Provenance, Personal<string> Content) : ITracingRequestEvent;

// What came out of a disclosure

/// <summary>Released by the found person's own decision (rule 11), never before it.</summary>
[EventType("sought-person-located.v1")]
public sealed record SoughtPersonLocated(PersonId SoughtPerson, DisclosedExtent Extent, Personal<string>? Coordinates) : ITracingRequestEvent;

/// <summary>Released after a supervisor's sign-off (rule 13): the death and the burial place, nothing else.</summary>
[EventType("fate-established.v1")]
public sealed record FateEstablished(PersonId SoughtPerson, Personal<string> ConfirmingAuthority, Personal<DeathNews> News) : ITracingRequestEvent;

/// <summary>The found person took the decision back; what is known is no longer to be told, and the search stands as before.</summary>
[EventType("disclosure-retracted.v1")]
public sealed record DisclosureRetracted(PersonId SoughtPerson) : ITracingRequestEvent;

// Keeping faith with the enquirer

[EventType("enquirer-informed.v1")]
public sealed record EnquirerInformed(
    Guid NewsId, NewsKind Kind, PersonId? SoughtPerson, ContactChannel Channel, DateOnly InformedOn, Personal<string>? Note) : ITracingRequestEvent, IDeparture;

[EventType("enquirer-unreachable-recorded.v1")]
public sealed record EnquirerUnreachableRecorded(Guid AttemptId, ContactChannel Channel, DateOnly AttemptedOn) : ITracingRequestEvent;

[EventType("case-suspended.v1")]
public sealed record CaseSuspended(SuspensionReason Reason) : ITracingRequestEvent;

[EventType("case-made-dormant.v1")]
public sealed record CaseMadeDormant : ITracingRequestEvent;

[EventType("dormant-case-reviewed.v1")]
public sealed record DormantCaseReviewed(DateOnly ReviewedOn, Personal<string> Findings) : ITracingRequestEvent;

[EventType("case-closed.v1")]
public sealed record CaseClosed(ClosureOutcome Outcome) : ITracingRequestEvent;

[EventType("case-reopened.v1")]
public sealed record CaseReopened(ReopeningReason Reason) : ITracingRequestEvent;

[EventType("tracing-request-withdrawn.v1")]
public sealed record TracingRequestWithdrawn : ITracingRequestEvent;

/// <summary>The time of the request is over (handbook §8.6): what stays is for statistics, and its people are forgotten.</summary>
[EventType("tracing-request-anonymised.v1")]
public sealed record TracingRequestAnonymised(RequestStatistics Statistics) : ITracingRequestEvent;

/// <summary>A deadline fell without what it waited for. Recorded once per deadline, whatever crashes or restarts (handbook §6).</summary>
[EventType("deadline-passed.v1")]
public sealed record DeadlinePassed(DeadlineKey Deadline, DateTimeOffset DueAt) : ITracingRequestEvent;

/// <summary>A deadline of this one case was moved (handbook §6: every default can be overridden for a case).</summary>
[EventType("deadline-moved.v1")]
public sealed record DeadlineMoved(DeadlineKey Deadline, DateTimeOffset DueAt, Personal<string> Reason) : ITracingRequestEvent;
