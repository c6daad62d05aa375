using Rfl.Domain.Common;

namespace Rfl.Domain.TracingRequests;

/// <summary>The rules' noes. Codes are part of the public API; their texts stand with the API in English and French.</summary>
public static class TracingRequestRefusals
{
    public static readonly Refusal InterviewFinished = new("interview-finished");
    public static readonly Refusal InterviewAlreadyStartedDifferently = new("interview-already-started-differently");
    public static readonly Refusal InterviewDocumentChanged = new("interview-document-changed");
    public static readonly Refusal EnquirerMissing = new("enquirer-missing", "enquirer");
    public static readonly Refusal SoughtPersonUnknown = new("sought-person-unknown", "soughtPersonId");
    public static readonly Refusal PersonIdAlreadyUsed = new("person-id-already-used", "personId");
    public static readonly Refusal AlreadyRecordedDifferently = new("already-recorded-differently");
    public static readonly Refusal ConsentUnknown = new("consent-unknown", "consentId");
    public static readonly Refusal ConsentOfUnknownPerson = new("consent-of-unknown-person", "person");
    public static readonly Refusal NotSubmitted = new("not-submitted");
    public static readonly Refusal NotAwaitingDecision = new("not-awaiting-decision");
    public static readonly Refusal InformationOutstanding = new("information-outstanding");
    public static readonly Refusal OrientationMissing = new("orientation-missing", "orientation");
    public static readonly Refusal NotOpen = new("case-not-open");
    public static readonly Refusal SearchSuspended = new("search-suspended");
    public static readonly Refusal DoNotSearch = new("do-not-search");
    public static readonly Refusal SearchActionUnknown = new("search-action-unknown", "searchActionId");
    public static readonly Refusal InquiryUnknown = new("inquiry-unknown", "inquiryId");
    public static readonly Refusal InformationRequestUnknown = new("information-request-unknown", "informationRequestId");
    public static readonly Refusal AuthorityConsentMissing = new("authority-consent-missing", "authority");
    public static readonly Refusal NothingToTell = new("news-not-released", "kind");
    public static readonly Refusal DeathToldInPersonOnly = new("death-told-in-person-only", "channel");
    public static readonly Refusal ChannelForbidden = new("channel-forbidden", "channel");
    public static readonly Refusal NotDormant = new("not-dormant");
    public static readonly Refusal NothingToReopen = new("nothing-to-reopen");
    public static readonly Refusal OutcomeNotSupported = new("outcome-not-supported", "outcome");
    public static readonly Refusal SealedOutcome = new("outcome-belongs-to-disclosure", "outcome");
    public static readonly Refusal CannotLinkToItself = new("cannot-link-to-itself", "other");
    public static readonly Refusal AlreadyEnded = new("request-already-ended");
    public static readonly Refusal NotEnded = new("request-not-ended");
    public static readonly Refusal DateInFuture = new("date-in-future", "on");
    public static readonly Refusal JustificationMissing = new("justification-missing", "justification");
    public static readonly Refusal DeadlineNotOpen = new("deadline-not-open", "deadline");

    /// <summary>What is still missing before the request can be submitted, all at once (handbook §3, rule 4).</summary>
    public static Refusal SubmissionIncomplete(IEnumerable<string> missing) => new("submission-incomplete", Values: missing.ToValueList());

    public static Refusal MeansNotAllowed(SearchMeans means) => new("means-not-allowed", "means", [means.ToString()]);

    public static Refusal MeansForbiddenInCountry(SearchMeans means, string country) =>
        new("means-forbidden-in-country", "means", [means.ToString(), country]);

    public static Refusal NearestMaleRelativeIsSought(string country) => new("nearest-male-relative-is-sought", "soughtPersons", [country]);
}
