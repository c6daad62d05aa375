using Rfl.Domain.Common;

namespace Rfl.Domain.Policies;

public static class PolicyRefusals
{
    public static readonly Refusal DeadlineRuleWithoutSteps = new("deadline-rule-without-steps", "steps");
    public static readonly Refusal PeriodOutOfRange = new("period-out-of-range", "steps");
    public static readonly Refusal GeneralDeadlineRuleNeeded = new("general-deadline-rule-needed", "scope");
    public static readonly Refusal HolidayOfAnotherYear = new("holiday-of-another-year", "days");
    public static readonly Refusal RetentionOutOfRange = new("retention-out-of-range", "keeps");
    public static readonly Refusal RetentionGoesByItself = new("retention-goes-by-itself", "automatic");
    public static readonly Refusal AgesOutOfRange = new("ages-out-of-range", "ages");
    public static readonly Refusal WatchOutOfRange = new("watch-out-of-range", "watch");
}
