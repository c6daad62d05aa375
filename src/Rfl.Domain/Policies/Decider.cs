using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Policies;

/// <summary>What a supervisor may change about the policy, and what would make it senseless.</summary>
public static class PolicyDecider
{
    public static Decision<IPolicyEvent> SetDeadlineRule(Policy policy, DeadlineKind kind, PolicyScope scope, DeadlineRule rule)
    {
        if (rule.Steps.Count == 0)
            return PolicyRefusals.DeadlineRuleWithoutSteps;
        if (rule.Steps.Any(step => step.Count > Period.Longest || (step.Count < 1 && kind != DeadlineKind.ChildTurningEighteen)))
            return PolicyRefusals.PeriodOutOfRange;
        if (policy.DeadlineRules.TryGetValue((kind, scope), out var current) && current == rule)
            return Decision.Unchanged;
        return new DeadlineRuleSet(kind, scope, rule);
    }

    /// <summary>The rule for everybody can be changed but not removed: a deadline without a rule would let a case be forgotten.</summary>
    public static Decision<IPolicyEvent> RemoveDeadlineRule(Policy policy, DeadlineKind kind, PolicyScope scope)
    {
        if (scope == PolicyScope.Everywhere)
            return PolicyRefusals.GeneralDeadlineRuleNeeded;
        return policy.DeadlineRules.ContainsKey((kind, scope)) ? new DeadlineRuleRemoved(kind, scope) : Decision.Unchanged;
    }

    public static Decision<IPolicyEvent> DeclareHolidays(Policy policy, int year, ValueList<DateOnly> days)
    {
        if (days.Any(day => day.Year != year))
            return PolicyRefusals.HolidayOfAnotherYear;
        var sorted = days.Distinct().Order().ToValueList();
        if (policy.Holidays.TryGetValue(year, out var current) && current.SetEquals(sorted))
            return Decision.Unchanged;
        return new PublicHolidaysDeclared(year, sorted);
    }

    public static Decision<IPolicyEvent> SetCountryRule(Policy policy, CountryRule rule) =>
        policy.CountryRules.TryGetValue(rule.Country, out var current) && current == rule ? Decision.Unchanged : new CountryRuleSet(rule);

    public static Decision<IPolicyEvent> SetAges(Policy policy, AgePolicy ages)
    {
        if (ages.Majority is < 1 or > 30 || ages.AskingAlone < 0 || ages.AskingAlone > ages.Majority)
            return PolicyRefusals.AgesOutOfRange;
        return policy.Ages == ages ? Decision.Unchanged : new AgePolicySet(ages);
    }

    /// <summary>Thresholds that nobody can reach, or that everybody reaches, would watch nothing.</summary>
    public static Decision<IPolicyEvent> SetWatch(Policy policy, WatchPolicy watch)
    {
        if (watch.BreakGlassHours is < 1 or > 72
            || watch.PersonsOpenedPerHour is < 1 or > 1_000
            || watch.PersonsListedPerHour is < 1 or > 100_000
            || watch.RefusalsPerHour is < 1 or > 1_000)
            return PolicyRefusals.WatchOutOfRange;
        return policy.Watch == watch ? Decision.Unchanged : new WatchPolicySet(watch);
    }

    /// <summary>Rows that hold no person always go by themselves: nobody could look at them.</summary>
    public static Decision<IPolicyEvent> SetRetentionRule(Policy policy, RetentionKind kind, RetentionRule rule)
    {
        if (rule.Keeps is { Unit: not (PeriodUnit.Days or PeriodUnit.Months) } or { Count: < 1 or > Period.Longest })
            return PolicyRefusals.RetentionOutOfRange;
        if (!kind.HoldsPersons() && !rule.Automatic)
            return PolicyRefusals.RetentionGoesByItself;
        return policy.Retention.TryGetValue(kind, out var current) && current == rule ? Decision.Unchanged : new RetentionRuleSet(kind, rule);
    }

    public static Decision<IPolicyEvent> RegisterPartner(Policy policy, PartnerSociety society) =>
        policy.Partners.TryGetValue(society.Code, out var current) && current == society
            ? Decision.Unchanged
            : new PartnerSocietyRegistered(society);
}
