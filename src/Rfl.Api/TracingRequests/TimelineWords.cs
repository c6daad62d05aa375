using System.Globalization;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

/// <summary>
/// What happened, as a text's code and the values that fill it. No personal value but the name of an authority is among them: a timeline says that a lead came, not
/// what it says.
/// </summary>
public sealed record TimelineWords(string Code, ValueList<string> Values)
{
    /// <summary>Stands for an account among the values, until its name is known.</summary>
    public const string AccountPrefix = "account:";

    /// <summary>Stands for the name of an authority that went with an erased person or cannot be read.</summary>
    private const string Gone = "—";

    public static TimelineWords Of(IDomainEvent happened) => happened switch
    {
        TracingInterviewStarted started => new("event:tracing-interview-started", [Value(started.Region)]),
        InterviewDocumentReceived => new("event:interview-document-received", []),
        IncomingTracingRequestReceived received => new("event:incoming-tracing-request-received", [Value(received.Society)]),
        EnquirerRegistered => new("event:enquirer-registered", []),
        SoughtPersonAdded added => new("event:sought-person-added", [Value(added.Relation)]),
        SoughtPersonDetailsCorrected => new("event:sought-person-details-corrected", []),
        LossOfContactRecorded recorded => new("event:loss-of-contact-recorded", [Value(recorded.Cause)]),
        SecurityAssessmentRecorded => new("event:security-assessment-recorded", []),
        ConsentGiven given => new("event:consent-given", [Value(given.Consent.Purpose), Value(given.Consent.Recipient ?? "everyone-concerned")]),
        ConsentWithdrawn withdrawn => new("event:consent-withdrawn", [Value(withdrawn.WithdrawnOn)]),
        ConsentReviewed reviewed => new("event:consent-reviewed", [Value(reviewed.ReviewedOn)]),
        TracingRequestSubmitted => new("event:tracing-request-submitted", []),
        TracingRequestAccepted => new("event:tracing-request-accepted", []),
        TracingRequestDeclined declined => new("event:tracing-request-declined", [Value(declined.Reason)]),
        PriorityAssigned assigned => new("event:priority-assigned", [Value(assigned.Priority), Value(assigned.Reason)]),
        CaseAssigned assigned => new("event:case-assigned", [Account(assigned.CaseworkerId)]),
        InformationRequested => new("event:information-requested", []),
        InformationProvided => new("event:information-provided", []),
        TracingRequestsLinked linked => new("event:tracing-requests-linked", [Value(linked.Reason)]),
        TracingRequestsUnlinked => new("event:tracing-requests-unlinked", []),
        SearchActionPlanned planned => new("event:search-action-planned", [Value(planned.Means)]),
        SearchActionCarriedOut done => new("event:search-action-carried-out", [Value(done.CarriedOutOn), Value(done.Result), Value(done.Provenance)]),
        AuthorityInquirySent sent => new("event:authority-inquiry-sent", [Value(sent.Authority.Value ?? Gone), Value(sent.SentOn)]),
        AuthorityInquiryAnswered answered => new("event:authority-inquiry-answered", [Value(answered.AnsweredOn), Value(answered.Result)]),
        AuthorityInquiryRecalled recalled => new("event:authority-inquiry-recalled", [Value(recalled.Reason)]),
        LeadReceived lead => new("event:lead-received", [Value(lead.Provenance)]),
        SoughtPersonLocated located => new("event:sought-person-located", [Value(located.Extent)]),
        FateEstablished fate => new("event:fate-established", [Value(fate.ConfirmingAuthority.Value ?? Gone)]),
        EnquirerInformed informed => new("event:enquirer-informed", [Value(informed.InformedOn), Value(informed.Kind), Value(informed.Channel)]),
        EnquirerUnreachableRecorded attempt => new("event:enquirer-unreachable-recorded", [Value(attempt.AttemptedOn), Value(attempt.Channel)]),
        CaseSuspended suspended => new("event:case-suspended", [Value(suspended.Reason)]),
        CaseMadeDormant => new("event:case-made-dormant", []),
        DormantCaseReviewed reviewed => new("event:dormant-case-reviewed", [Value(reviewed.ReviewedOn)]),
        CaseClosed closed => new("event:case-closed", [Value(closed.Outcome)]),
        CaseReopened reopened => new("event:case-reopened", [Value(reopened.Reason)]),
        TracingRequestWithdrawn => new("event:tracing-request-withdrawn", []),
        TracingRequestAnonymised => new("event:tracing-request-anonymised", []),
        DeadlinePassed passed => new("event:deadline-passed", [Value(passed.Deadline.Kind), Value(DateOnly.FromDateTime(passed.DueAt.UtcDateTime))]),
        DeadlineMoved moved => new("event:deadline-moved", [Value(moved.Deadline.Kind), Value(DateOnly.FromDateTime(moved.DueAt.UtcDateTime))]),
        _ => new("event:unreadable", []),
    };

    private static string Account(Guid id) => AccountPrefix + id;

    private static string Value(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Value(string text) => text;

    private static string Value<T>(T value)
        where T : struct, Enum => value.ToString();
}
