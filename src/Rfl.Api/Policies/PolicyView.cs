using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Policies;

/// <summary>The policy at one version, in a fixed order.</summary>
/// <param name="UnreadableRecords">Versions whose records are damaged. What they said still holds, from their copies; until they are restored nothing can be changed.</param>
public sealed record PolicyView(
    long Version,
    ValueList<DeadlineRuleView> DeadlineRules,
    ValueList<HolidaysView> Holidays,
    ValueList<CountryRuleView> CountryRules,
    ValueList<PartnerSocietyView> PartnerSocieties,
    AgePolicy Ages,
    WatchPolicy Watch,
    ValueList<RetentionRuleView> Retention,
    ValueList<long> UnreadableRecords)
{
    public static PolicyView Of(PolicyRecord record, long version) => Of(version, record.At(version), record.Unreadable);

    private static PolicyView Of(long version, Policy policy, ValueList<long> unreadable) => new(
        version,
        policy.DeadlineRules
            .OrderBy(rule => rule.Key.Kind).ThenBy(rule => rule.Key.Scope.Partner, StringComparer.Ordinal)
            .ThenBy(rule => rule.Key.Scope.Country, StringComparer.Ordinal).ThenBy(rule => rule.Key.Scope.Urgent)
            .Select(rule => new DeadlineRuleView(rule.Key.Kind, rule.Key.Scope, rule.Value)).ToValueList(),
        policy.Holidays.OrderBy(year => year.Key).Select(year => new HolidaysView(year.Key, year.Value.Order().ToValueList())).ToValueList(),
        policy.CountryRules.Values.Select(CountryRuleView.Of).OrderBy(rule => rule.Country, StringComparer.Ordinal).ToValueList(),
        policy.Partners.Values.Select(PartnerSocietyView.Of).OrderBy(partner => partner.Code, StringComparer.Ordinal).ToValueList(),
        policy.Ages,
        policy.Watch,
        policy.Retention.OrderBy(rule => rule.Key).Select(rule => new RetentionRuleView(rule.Key, rule.Value)).ToValueList(),
        unreadable);
}

/// <param name="Scope">Whom the rule is for; nothing in it means everybody. The most particular rule that fits counts.</param>
/// <param name="Rule">Absent where the rule was removed.</param>
public sealed record DeadlineRuleView(DeadlineKind Kind, PolicyScope Scope, DeadlineRule? Rule);

public sealed record RetentionRuleView(RetentionKind Kind, RetentionRule Rule);

public sealed record HolidaysView(int Year, ValueList<DateOnly> Days);

public sealed record CountryRuleView(
    string Country, bool WomenMayNotBeSought, ValueList<SearchMeans> ForbiddenMeans, ValueList<TransferField> WithheldFields)
{
    public static CountryRuleView Of(CountryRule rule) => new(rule.Country.ToString(), rule.WomenMayNotBeSought, rule.ForbiddenMeans, rule.WithheldFields);
}

public sealed record PartnerSocietyView(string Code, string Name, string? Country, bool IsCentralTracingAgency)
{
    public static PartnerSocietyView Of(PartnerSociety society) =>
        new(society.Code, society.Name, society.Country?.ToString(), society.IsCentralTracingAgency);
}
