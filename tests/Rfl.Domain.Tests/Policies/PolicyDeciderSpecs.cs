using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Policies.PolicyDecider;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Policies;

[SpecsOf(typeof(PolicyDecider))]
public sealed class PolicyDeciderSpecs
{
    private static readonly PolicyScope ForGermany = new(Partner: "DE");
    private static readonly DeadlineRule Monthly = new([new Period(1, PeriodUnit.Months)]);
    private static readonly CountryRule NoFieldVisits = new(Libya, ForbiddenMeans: [SearchMeans.FieldVisit]);

    [Fact, Spec(Success, nameof(SetDeadlineRule))]
    public void A_deadline_is_set_for_a_partner() => GivenPolicy()
        .When(policy => SetDeadlineRule(policy, DeadlineKind.PartnerAnswer, ForGermany, Monthly))
        .Then(new DeadlineRuleSet(DeadlineKind.PartnerAnswer, ForGermany, Monthly));

    [Fact, Spec(Repetition, nameof(SetDeadlineRule))]
    public void The_same_rule_twice_changes_nothing()
    {
        GivenPolicy().WhenTwice(policy => SetDeadlineRule(policy, DeadlineKind.PartnerAnswer, ForGermany, Monthly)).ThenNothing();
        GivenPolicy().When(policy => SetDeadlineRule(
            policy, DeadlineKind.NoLeads, PolicyScope.Everywhere, new DeadlineRule([new Period(24, PeriodUnit.Months)]))).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(SetDeadlineRule))]
    public void A_rule_has_steps() => GivenPolicy()
        .When(policy => SetDeadlineRule(policy, DeadlineKind.PartnerAnswer, ForGermany, new DeadlineRule([])))
        .ThenRefused(PolicyRefusals.DeadlineRuleWithoutSteps);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_deadline_lies_after_its_trigger_except_before_a_birthday(int count)
    {
        var rule = new DeadlineRule([new Period(1, PeriodUnit.Days), new Period(count, PeriodUnit.Days)]);

        GivenPolicy().When(policy => SetDeadlineRule(policy, DeadlineKind.NoLeads, PolicyScope.Everywhere, rule)).ThenRefused(PolicyRefusals.PeriodOutOfRange);
        GivenPolicy().When(policy => SetDeadlineRule(policy, DeadlineKind.ChildTurningEighteen, PolicyScope.Everywhere, rule))
            .Then(new DeadlineRuleSet(DeadlineKind.ChildTurningEighteen, PolicyScope.Everywhere, rule));
    }

    [Fact, Spec(Success, nameof(RemoveDeadlineRule))]
    public void A_particular_rule_is_removed() => GivenPolicy(new DeadlineRuleSet(DeadlineKind.PartnerAnswer, ForGermany, Monthly))
        .When(policy => RemoveDeadlineRule(policy, DeadlineKind.PartnerAnswer, ForGermany))
        .Then(new DeadlineRuleRemoved(DeadlineKind.PartnerAnswer, ForGermany));

    [Fact, Spec(Repetition, nameof(RemoveDeadlineRule))]
    public void A_rule_is_removed_once()
    {
        GivenPolicy(new DeadlineRuleSet(DeadlineKind.PartnerAnswer, ForGermany, Monthly))
            .WhenTwice(policy => RemoveDeadlineRule(policy, DeadlineKind.PartnerAnswer, ForGermany)).ThenNothing();
        GivenPolicy().When(policy => RemoveDeadlineRule(policy, DeadlineKind.PartnerAnswer, ForGermany)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(RemoveDeadlineRule))]
    public void No_kind_of_deadline_is_ever_without_a_rule()
    {
        foreach (var kind in Enum.GetValues<DeadlineKind>())
        {
            Assert.True(Policy.Default.DeadlineRules.ContainsKey((kind, PolicyScope.Everywhere)), kind.ToString());
            GivenPolicy().When(policy => RemoveDeadlineRule(policy, kind, PolicyScope.Everywhere)).ThenRefused(PolicyRefusals.GeneralDeadlineRuleNeeded);
        }
    }

    [Fact, Spec(Success, nameof(SetWatch)), Spec(Repetition, nameof(SetWatch))]
    public void The_watch_over_reads_is_set_once()
    {
        var strict = new WatchPolicy(BreakGlassHours: 2, RefusalsPerHour: 5);
        GivenPolicy().When(policy => SetWatch(policy, strict)).Then(new WatchPolicySet(strict)).When(policy => SetWatch(policy, strict)).ThenNothing();
        GivenPolicy().When(policy => SetWatch(policy, new WatchPolicy())).ThenNothing();
    }

    [Theory, Spec(Refused, nameof(SetWatch))]
    [InlineData(0, 60, 1_000, 15)]
    [InlineData(73, 60, 1_000, 15)]
    [InlineData(8, 0, 1_000, 15)]
    [InlineData(8, 60, 100_001, 15)]
    [InlineData(8, 60, 1_000, 0)]
    public void A_watch_that_notices_nothing_or_everything_is_refused(int hours, int opened, int listed, int refusals) => GivenPolicy()
        .When(policy => SetWatch(policy, new WatchPolicy(hours, opened, listed, refusals))).ThenRefused(PolicyRefusals.WatchOutOfRange);

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(72, 1_000, 100_000, 1_000)]
    public void The_watch_goes_from_everything_to_the_most_that_one_can_do_in_an_hour(int hours, int opened, int listed, int refusals)
    {
        var watch = new WatchPolicy(hours, opened, listed, refusals);
        GivenPolicy().When(policy => SetWatch(policy, watch)).Then(new WatchPolicySet(watch));
    }

    [Theory]
    [InlineData(8, 1_001, 1_000, 15)]
    [InlineData(8, 60, 0, 15)]
    [InlineData(8, 60, 1_000, 1_001)]
    public void A_watch_beyond_that_is_refused(int hours, int opened, int listed, int refusals) => GivenPolicy()
        .When(policy => SetWatch(policy, new WatchPolicy(hours, opened, listed, refusals))).ThenRefused(PolicyRefusals.WatchOutOfRange);

    [Fact]
    public void A_period_has_a_thousand_units_at_most()
    {
        var longest = new DeadlineRule([new Period(1_000, PeriodUnit.Days)]);
        GivenPolicy().When(policy => SetDeadlineRule(policy, DeadlineKind.NoLeads, PolicyScope.Everywhere, longest))
            .Then(new DeadlineRuleSet(DeadlineKind.NoLeads, PolicyScope.Everywhere, longest));
        GivenPolicy().When(policy => SetDeadlineRule(policy, DeadlineKind.NoLeads, PolicyScope.Everywhere, new DeadlineRule([new Period(1_001, PeriodUnit.Days)])))
            .ThenRefused(PolicyRefusals.PeriodOutOfRange);
        foreach (var keeps in new[] { new Period(1, PeriodUnit.Days), new Period(1_000, PeriodUnit.Days) })
        {
            GivenPolicy().When(policy => SetRetentionRule(policy, RetentionKind.ClosedRequest, new RetentionRule(keeps)))
                .Then(new RetentionRuleSet(RetentionKind.ClosedRequest, new RetentionRule(keeps)));
        }
    }

    [Fact, Spec(Success, nameof(DeclareHolidays))]
    public void Holidays_are_declared_in_order_and_once()
    {
        var after = GivenPolicy().When(policy => DeclareHolidays(policy, 2026, [new(2026, 5, 1), new(2026, 4, 6), new(2026, 5, 1)]))
            .Then(new PublicHolidaysDeclared(2026, [new(2026, 4, 6), new(2026, 5, 1)]));

        Assert.True(after.State.IsHoliday(new DateOnly(2026, 4, 6)));
        Assert.False(after.State.IsHoliday(new DateOnly(2026, 4, 7)));
        Assert.False(after.State.IsHoliday(new DateOnly(2027, 4, 6)));
    }

    [Fact, Spec(Repetition, nameof(DeclareHolidays))]
    public void The_same_holidays_twice_change_nothing()
    {
        GivenPolicy().WhenTwice(policy => DeclareHolidays(policy, 2026, [new(2026, 5, 1), new(2026, 4, 6)])).ThenNothing();
        GivenPolicy(new PublicHolidaysDeclared(2026, [new(2026, 4, 6), new(2026, 5, 1)]))
            .When(policy => DeclareHolidays(policy, 2026, [new(2026, 5, 1), new(2026, 4, 6)])).ThenNothing();
    }

    [Fact]
    public void A_new_declaration_replaces_the_years_holidays()
    {
        var after = GivenPolicy(new PublicHolidaysDeclared(2026, [new(2026, 5, 1)])).When(policy => DeclareHolidays(policy, 2026, []))
            .Then(new PublicHolidaysDeclared(2026, []));

        Assert.False(after.State.IsHoliday(new DateOnly(2026, 5, 1)));
    }

    [Fact, Spec(Refused, nameof(DeclareHolidays))]
    public void A_years_holidays_lie_in_it() => GivenPolicy()
        .When(policy => DeclareHolidays(policy, 2026, [new(2026, 12, 25), new(2027, 1, 1)])).ThenRefused(PolicyRefusals.HolidayOfAnotherYear);

    [Fact, Spec(Success, nameof(SetCountryRule)), Spec(NeverRefused, nameof(SetCountryRule))]
    public void A_countrys_rule_is_set_and_replaced()
    {
        var after = GivenPolicy().When(policy => SetCountryRule(policy, NoFieldVisits)).Then(new CountryRuleSet(NoFieldVisits));
        after.When(policy => SetCountryRule(policy, new CountryRule(Libya))).Then(new CountryRuleSet(new CountryRule(Libya)));

        Assert.Equal(NoFieldVisits, after.State.RuleFor(Libya));
        Assert.Equal(new CountryRule(France), after.State.RuleFor(France));
    }

    [Fact, Spec(Repetition, nameof(SetCountryRule))]
    public void The_same_country_rule_twice_changes_nothing() => GivenPolicy().WhenTwice(policy => SetCountryRule(policy, NoFieldVisits)).ThenNothing();

    [Fact, Spec(Success, nameof(SetRetentionRule))]
    public void Records_are_kept_as_long_as_the_society_says()
    {
        var rule = new RetentionRule(new Period(36, PeriodUnit.Months), Automatic: true);

        var after = GivenPolicy().When(policy => SetRetentionRule(policy, RetentionKind.ClosedRequest, rule))
            .Then(new RetentionRuleSet(RetentionKind.ClosedRequest, rule));
        Assert.Equal(rule, after.State.Retention[RetentionKind.ClosedRequest]);
    }

    [Fact, Spec(Repetition, nameof(SetRetentionRule))]
    public void The_same_retention_twice_is_one()
    {
        GivenPolicy().WhenTwice(policy => SetRetentionRule(policy, RetentionKind.ClosedRequest, new RetentionRule(new Period(36, PeriodUnit.Months)))).ThenNothing();
        GivenPolicy().When(policy => SetRetentionRule(policy, RetentionKind.ClosedRequest, new RetentionRule(new Period(24, PeriodUnit.Months)))).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(SetRetentionRule))]
    public void Retention_is_counted_in_days_or_months_and_what_holds_nobody_goes_by_itself()
    {
        foreach (var keeps in new[] { new Period(0, PeriodUnit.Days), new Period(1001, PeriodUnit.Days), new Period(5, PeriodUnit.WorkingDays), new Period(1, PeriodUnit.Hours) })
            GivenPolicy().When(policy => SetRetentionRule(policy, RetentionKind.ClosedRequest, new RetentionRule(keeps))).ThenRefused(PolicyRefusals.RetentionOutOfRange);
        GivenPolicy().When(policy => SetRetentionRule(policy, RetentionKind.JobRecord, new RetentionRule(new Period(30, PeriodUnit.Days))))
            .ThenRefused(PolicyRefusals.RetentionGoesByItself);
    }

    [Theory, Spec(Success, nameof(SetAges))]
    [InlineData(1, 0)]
    [InlineData(30, 30)]
    [InlineData(21, 16)]
    public void Ages_are_set(int majority, int askingAlone) =>
        GivenPolicy().When(policy => SetAges(policy, new AgePolicy(majority, askingAlone))).Then(new AgePolicySet(new AgePolicy(majority, askingAlone)));

    [Fact, Spec(Repetition, nameof(SetAges))]
    public void The_same_ages_twice_change_nothing()
    {
        GivenPolicy().WhenTwice(policy => SetAges(policy, new AgePolicy(21, 16))).ThenNothing();
        GivenPolicy().When(policy => SetAges(policy, new AgePolicy(18, 18))).ThenNothing();
    }

    [Theory, Spec(Refused, nameof(SetAges))]
    [InlineData(0, 0)]
    [InlineData(31, 15)]
    [InlineData(18, -1)]
    [InlineData(18, 19)]
    public void Ages_make_sense(int majority, int askingAlone) =>
        GivenPolicy().When(policy => SetAges(policy, new AgePolicy(majority, askingAlone))).ThenRefused(PolicyRefusals.AgesOutOfRange);

    [Fact, Spec(Success, nameof(RegisterPartner)), Spec(NeverRefused, nameof(RegisterPartner))]
    public void A_partner_is_registered_and_corrected()
    {
        var renamed = GermanRedCross with { Name = "German Red Cross" };

        GivenPolicy().When(policy => RegisterPartner(policy, GermanRedCross)).Then(new PartnerSocietyRegistered(GermanRedCross))
            .When(policy => RegisterPartner(policy, renamed)).Then(new PartnerSocietyRegistered(renamed));
    }

    [Fact, Spec(Repetition, nameof(RegisterPartner))]
    public void A_partner_is_registered_once() => GivenPolicy().WhenTwice(policy => RegisterPartner(policy, GermanRedCross)).ThenNothing();

    [Theory]
    [InlineData(RetentionKind.DeclinedRequest, true, true)]
    [InlineData(RetentionKind.ClosedRequest, true, true)]
    [InlineData(RetentionKind.WithdrawnRequest, true, true)]
    [InlineData(RetentionKind.LapsedRegistration, true, false)]
    [InlineData(RetentionKind.AnsweredBlindQuery, true, false)]
    [InlineData(RetentionKind.IdempotencyRecord, false, false)]
    [InlineData(RetentionKind.JobRecord, false, false)]
    public void What_is_kept_holds_persons_or_none_and_is_a_request_or_another_record(RetentionKind kind, bool persons, bool request) =>
        Assert.Equal((persons, request), (kind.HoldsPersons(), kind.IsRequest()));

    /// <summary>Handbook §8.6. What holds no person goes by itself; about people somebody is asked.</summary>
    [Theory]
    [InlineData(RetentionKind.DeclinedRequest, 12, PeriodUnit.Months, false)]
    [InlineData(RetentionKind.ClosedRequest, 24, PeriodUnit.Months, false)]
    [InlineData(RetentionKind.WithdrawnRequest, 12, PeriodUnit.Months, false)]
    [InlineData(RetentionKind.LapsedRegistration, 3, PeriodUnit.Months, false)]
    [InlineData(RetentionKind.AnsweredBlindQuery, 12, PeriodUnit.Months, false)]
    [InlineData(RetentionKind.IdempotencyRecord, 30, PeriodUnit.Days, true)]
    [InlineData(RetentionKind.JobRecord, 90, PeriodUnit.Days, true)]
    public void Until_a_Society_says_otherwise_records_are_kept(RetentionKind kind, int count, PeriodUnit unit, bool automatic) =>
        Assert.Equal(new RetentionRule(new Period(count, unit), automatic), Policy.Default.Retention[kind]);
}
