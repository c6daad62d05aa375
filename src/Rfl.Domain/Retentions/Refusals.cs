using Rfl.Domain.Common;

namespace Rfl.Domain.Retentions;

public static class RetentionRefusals
{
    public static readonly Refusal NotProposed = new("retention-not-proposed");
    public static readonly Refusal NotApproved = new("retention-not-approved");
    public static readonly Refusal NotDue = new("retention-not-due");
    public static readonly Refusal OnHold = new("retention-on-hold");
    public static readonly Refusal DataSubjectRequestOpen = new("retention-data-subject-request-open");
    public static readonly Refusal Restricted = new("retention-restricted");
    public static readonly Refusal PostponementTooShort = new("retention-postponement-too-short", "until");
    public static readonly Refusal PostponementTooLong = new("retention-postponement-too-long", "until");

    /// <summary>Whether a record is kept for its persons' sake, and goes once nothing keeps it.</summary>
    public static bool Keeps(Refusal refusal) => refusal == OnHold || refusal == DataSubjectRequestOpen || refusal == Restricted;
}
