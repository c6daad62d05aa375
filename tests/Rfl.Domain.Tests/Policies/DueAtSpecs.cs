using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.Deadlines.DeadlineKind;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Specification;

namespace Rfl.Domain.Tests.Policies;

/// <summary>Handbook §6: each default can be overridden per partner, country or case.</summary>
public sealed class DueAtSpecs
{
    private static readonly PolicyScope Urgent = new(Urgent: true);
    private static readonly PolicyScope InLibya = new(Country: "LY");
    private static readonly PolicyScope AtDe = new(Partner: "DE");

    private static readonly Policy Overridden = GivenPolicy(
        new PartnerSocietyRegistered(GermanRedCross),
        Set(Urgent, 1),
        Set(InLibya, 2),
        Set(AtDe, 3),
        Set(new PolicyScope("DE", "LY"), 4),
        Set(new PolicyScope("DE", "LY", Urgent: true), 5),
        Set(new PolicyScope(Country: "LY", Urgent: true), 6),
        Set(new PolicyScope(Urgent: false, Country: "TN"), 7),
        Set(new PolicyScope(Country: "DE"), 8)).State;

    public static TheoryData<DeadlineScope, int> Scopes => new()
    {
        { new DeadlineScope(), 90 },
        { new DeadlineScope(Urgent: true), 1 },
        { new DeadlineScope(Country: "LY"), 2 },
        { new DeadlineScope(Country: "ly"), 2 },
        { new DeadlineScope(Urgent: true, Country: "LY"), 6 },
        { new DeadlineScope(Country: "LY", Partner: "AT"), 2 },
        { new DeadlineScope(Country: "FR", Partner: "DE"), 3 },
        { new DeadlineScope(Country: "FR", Partner: "de"), 3 },
        { new DeadlineScope(Urgent: true, Country: "FR", Partner: "DE"), 3 },
        { new DeadlineScope(Country: "LY", Partner: "DE"), 4 },
        { new DeadlineScope(Urgent: true, Country: "LY", Partner: "DE"), 5 },
        { new DeadlineScope(Country: "TN"), 7 },
        { new DeadlineScope(Urgent: true, Country: "TN"), 1 },
        { new DeadlineScope(Country: "FR"), 90 },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void The_most_particular_rule_holds(DeadlineScope scope, int days) =>
        Assert.Equal(days, WorkingCalendar.DayOf(Overridden.DueAt(Open(scope))!.Value).DayNumber - Days.Today.DayNumber);

    /// <summary>Whichever was set first: a partner weighs more than a country, a country more than urgency, and either of them more than both that weigh less.</summary>
    [Theory]
    [InlineData(null, "LY", null, null, null, true, 1)]
    [InlineData("DE", null, null, null, "LY", true, 1)]
    [InlineData("DE", null, null, null, "LY", null, 1)]
    [InlineData("DE", null, true, "DE", null, null, 1)]
    [InlineData(null, "LY", true, null, "LY", null, 1)]
    public void The_weightier_rule_holds(string? partner, string? country, bool? urgent, string? otherPartner, string? otherCountry, bool? otherUrgent, int days)
    {
        var (weightier, other) = (Set(new PolicyScope(partner, country, urgent), days), Set(new PolicyScope(otherPartner, otherCountry, otherUrgent), 2));
        var open = Open(new DeadlineScope(Urgent: true, Country: "LY", Partner: "DE"));

        Assert.Equal(Days.Morning.AddDays(days), GivenPolicy(weightier, other).State.DueAt(open));
        Assert.Equal(Days.Morning.AddDays(days), GivenPolicy(other, weightier).State.DueAt(open));
    }

    [Fact]
    public void A_countrys_rule_holds_for_what_a_partner_there_is_asked()
    {
        var policy = GivenPolicy(new PartnerSocietyRegistered(GermanRedCross), Set(new PolicyScope(Country: "DE"), 8)).State;

        Assert.Equal(Days.Morning.AddDays(8), policy.DueAt(Open(new DeadlineScope(Partner: "DE"))));
        Assert.Equal(Days.At(2026, 6, 1, hour: 8), policy.DueAt(Open(new DeadlineScope(Partner: "AT"))));
        Assert.Equal(Days.At(2026, 6, 1, hour: 8), policy.DueAt(Open(new DeadlineScope(Country: "FR", Partner: "DE"))));
    }

    [Fact]
    public void A_removed_rule_gives_way_to_the_general_one()
    {
        var policy = GivenPolicy(Set(AtDe, 3), new DeadlineRuleRemoved(StaleCase, AtDe)).State;

        Assert.Equal(Days.At(2026, 6, 1, hour: 8), policy.DueAt(Open(new DeadlineScope(Partner: "DE"))));
    }

    [Fact]
    public void What_somebody_set_for_the_case_beats_every_policy() =>
        Assert.Equal(Days.At(2026, 4, 1), Overridden.DueAt(Open(new DeadlineScope(Partner: "DE")) with { MovedTo = Days.At(2026, 4, 1) }));

    [Fact]
    public void Holidays_of_the_policy_postpone_working_days()
    {
        var policy = GivenPolicy(new PublicHolidaysDeclared(2026, [new DateOnly(2026, 3, 5)])).State;

        Assert.Equal(Days.At(2026, 3, 11), policy.DueAt(new OpenDeadline(new DeadlineKey(AcceptanceDecision, "", Days.Morning, 1), new DeadlineScope())));
    }

    [Fact]
    public void A_rule_that_does_not_repeat_ends_with_its_last_step()
    {
        DateTimeOffset? Due(int occurrence) =>
            Policy.Default.DueAt(new OpenDeadline(new DeadlineKey(PartnerAnswer, "DE", Days.Morning, occurrence), new DeadlineScope()));

        Assert.Equal([Days.At(2026, 6, 3, 8), Days.At(2026, 9, 3, 8), Days.At(2026, 12, 3), null], [Due(1), Due(2), Due(3), Due(4)]);
    }

    [Fact]
    public void A_rule_of_several_steps_repeats_its_last_one()
    {
        var rule = new DeadlineRule([new Period(1, PeriodUnit.Days), new Period(4, PeriodUnit.Days)], Repeats: true);
        var policy = GivenPolicy(new DeadlineRuleSet(StaleCase, PolicyScope.Everywhere, rule)).State;

        Assert.Equal(
            [1, 4, 8, 12],
            Enumerable.Range(1, 4).Select(occurrence =>
                (policy.DueAt(new OpenDeadline(new DeadlineKey(StaleCase, "", Days.Morning, occurrence), new DeadlineScope()))!.Value - Days.Morning).Days));
    }

    [Fact]
    public void Without_any_rule_nothing_falls_due() =>
        Assert.Null((Policy.Default with { DeadlineRules = Policy.Default.DeadlineRules.Clear() }).DueAt(Open(new DeadlineScope())));

    private static DeadlineRuleSet Set(PolicyScope scope, int days) => new(StaleCase, scope, new DeadlineRule([new Period(days, PeriodUnit.Days)]));

    [Fact]
    public void What_passed_keeps_its_instant_also_where_no_rule_is_left()
    {
        var open = Open(new DeadlineScope());
        var passed = new OpenDeadline(open.Key, open.Scope, new PassedDeadline(open.Key, Days.At(2026, 4, 1), Days.At(2026, 4, 2)));

        Assert.Equal(Days.At(2026, 4, 1), Overridden.DueAt(passed));
        Assert.Equal(Days.At(2026, 4, 1), (Policy.Default with { DeadlineRules = Policy.Default.DeadlineRules.Clear() }).DueAt(passed));
    }

    [Fact]
    public void What_fell_keeps_its_instant_also_where_it_had_been_moved()
    {
        var open = Open(new DeadlineScope());
        var passed = new OpenDeadline(open.Key, open.Scope, new PassedDeadline(open.Key, Days.At(2026, 4, 1), Days.At(2026, 4, 2)), Days.At(2026, 5, 1));

        Assert.Equal(Days.At(2026, 4, 1), Overridden.DueAt(passed));
    }

    private static OpenDeadline Open(DeadlineScope scope) => new(new DeadlineKey(StaleCase, "", Days.Morning, 1), scope);
}
