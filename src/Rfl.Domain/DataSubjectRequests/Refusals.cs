using Rfl.Domain.Common;

namespace Rfl.Domain.DataSubjectRequests;

public static class DataSubjectRequestRefusals
{
    public static readonly Refusal RecordedDifferently = new("data-subject-request-recorded-differently");
    public static readonly Refusal ReceivedInFuture = new("data-subject-request-in-future", "receivedOn");
    public static readonly Refusal VerifiedInFuture = new("identity-verified-in-future", "verifiedOn");
    public static readonly Refusal NotReceived = new("data-subject-request-unknown");
    public static readonly Refusal Ended = new("data-subject-request-ended");
    public static readonly Refusal IdentityNotVerified = new("requester-not-verified");
    public static readonly Refusal AlreadyExtended = new("data-subject-request-already-extended");
    public static readonly Refusal ExtensionTooLate = new("extension-too-late");
    public static readonly Refusal ExplanationMissing = new("explanation-missing", "explanation");
    public static readonly Refusal OtherRight = new("data-subject-request-other-right");
    public static readonly Refusal NoCorrection = new("no-correction-there", "version");
    public static readonly Refusal RectificationMissing = new("rectification-missing");
    public static readonly Refusal EffectMissing = new("data-subject-request-effect-missing");

    /// <summary>The same whether the person was found or not: it follows from the requests that seek them, and from nothing else (rule 12).</summary>
    public static readonly Refusal HeardByOfficers = new("sought-person-heard-by-officers", "requester");
}
