using System.Collections.Immutable;
using Rfl.Domain.Deadlines;
using Rfl.Domain.People;

namespace Rfl.Domain.Policies;

/// <summary>
/// The Society's policy: the numbers and rules that it may want to change (handbook §6, rule 3), handed to every decider as data.
/// Starts from the handbook's defaults.
/// </summary>
public sealed record Policy(
    ImmutableDictionary<(DeadlineKind Kind, PolicyScope Scope), DeadlineRule> DeadlineRules,
    ImmutableDictionary<int, ImmutableHashSet<DateOnly>> Holidays,
    ImmutableDictionary<CountryCode, CountryRule> CountryRules,
    ImmutableDictionary<string, PartnerSociety> Partners,
    AgePolicy Ages,
    WatchPolicy Watch)
{
    public static Policy Default { get; } = new(
        PolicyDefaults.DeadlineRules,
        ImmutableDictionary<int, ImmutableHashSet<DateOnly>>.Empty,
        ImmutableDictionary<CountryCode, CountryRule>.Empty,
        ImmutableDictionary<string, PartnerSociety>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase),
        new AgePolicy(),
        new WatchPolicy());

    /// <summary>How long what is kept after its end.</summary>
    public ImmutableDictionary<RetentionKind, RetentionRule> Retention { get; init; } = PolicyDefaults.Retention;

    public static Policy Evolve(Policy policy, IPolicyEvent happened) => happened switch
    {
        DeadlineRuleSet set => policy with { DeadlineRules = policy.DeadlineRules.SetItem((set.Kind, set.Scope), set.Rule) },
        DeadlineRuleRemoved removed => policy with { DeadlineRules = policy.DeadlineRules.Remove((removed.Kind, removed.Scope)) },
        PublicHolidaysDeclared declared => policy with { Holidays = policy.Holidays.SetItem(declared.Year, [.. declared.Days]) },
        CountryRuleSet set => policy with { CountryRules = policy.CountryRules.SetItem(set.Rule.Country, set.Rule) },
        AgePolicySet set => policy with { Ages = set.Ages },
        RetentionRuleSet set => policy with { Retention = policy.Retention.SetItem(set.Kind, set.Rule) },
        WatchPolicySet set => policy with { Watch = set.Watch },
        PartnerSocietyRegistered registered => policy with { Partners = policy.Partners.SetItem(registered.Society.Code, registered.Society) },
        _ => throw new InvalidOperationException($"A policy does not know the event {happened.GetType().Name}."),
    };

    public CountryRule RuleFor(CountryCode country) => CountryRules.GetValueOrDefault(country) ?? new CountryRule(country);

    public bool IsHoliday(DateOnly day) => Holidays.TryGetValue(day.Year, out var days) && days.Contains(day);

    /// <summary>
    /// When the deadline falls under this policy, or when it fell under the policy of that time; null where the rule has no such occurrence, or no rule is left.
    /// </summary>
    public DateTimeOffset? DueAt(OpenDeadline deadline)
    {
        if ((deadline.FellDueAt ?? deadline.MovedTo) is { } set)
            return set;
        if (RuleFor(deadline.Key.Kind, InCountryOfPartner(deadline.Scope)) is not { Steps.Count: > 0 } rule)
            return null;
        var occurrence = deadline.Key.Occurrence;
        if (occurrence > rule.Steps.Count && !rule.Repeats)
            return null;
        var step = rule.Steps[Math.Min(occurrence, rule.Steps.Count) - 1];
        var repeats = Math.Max(0, occurrence - rule.Steps.Count);
        return WorkingCalendar.Add(deadline.Key.Since, step with { Count = step.Count * (1 + repeats) }, IsHoliday);
    }

    /// <summary>What a partner is asked happens where the partner works, so that a country's rules hold for it too (handbook §6).</summary>
    private DeadlineScope InCountryOfPartner(DeadlineScope scope) =>
        scope is { Country: null, Partner: { } partner } && Partners.TryGetValue(partner, out var society)
            ? scope with { Country = society.Country?.ToString() }
            : scope;

    private DeadlineRule? RuleFor(DeadlineKind kind, DeadlineScope scope)
    {
        DeadlineRule? best = null;
        var weight = -1;
        foreach (var ((ruleKind, ruleScope), rule) in DeadlineRules)
        {
            if (ruleKind == kind && ruleScope.Weight > weight && ruleScope.Fits(scope))
                (best, weight) = (rule, ruleScope.Weight);
        }

        return best;
    }
}
