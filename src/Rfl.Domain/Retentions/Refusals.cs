using Rfl.Domain.Common;

namespace Rfl.Domain.Retentions;

public static class RetentionRefusals
{
    public static readonly Refusal NotProposed = new("retention-not-proposed");
    public static readonly Refusal NotApproved = new("retention-not-approved");
    public static readonly Refusal NotDue = new("retention-not-due");
    public static readonly Refusal OnHold = new("retention-on-hold");
    public static readonly Refusal PostponementTooShort = new("retention-postponement-too-short", "until");
    public static readonly Refusal PostponementTooLong = new("retention-postponement-too-long", "until");
}
