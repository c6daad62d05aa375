using Rfl.Domain.Breaches;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.Breaches.BreachDecider;
using static Rfl.Domain.Tests.Common.Outcome;

namespace Rfl.Domain.Tests.Breaches;

/// <summary>Handbook §8.7: the register, the 72 hours, the people concerned.</summary>
[SpecsOf(typeof(BreachDecider))]
public sealed class BreachDeciderSpecs
{
    private static readonly Guid Claire = new("e0000000-0000-4000-8000-000000000061");
    private static readonly PersonId Subject = new(new Guid("e0000000-0000-4000-8000-000000000062"));
    private static readonly DateTimeOffset Late = Days.Morning.AddHours(73);
    private static readonly BreachRecorded Recorded = new(Days.Morning, [BreachNature.Confidentiality], 11, Subject, Said("A bag of forms."), Claire);
    private static readonly BreachAssessed Unlikely = new(BreachRisk.Unlikely, 11, Said("Sealed all the time."), Claire);
    private static readonly BreachAssessed Likely = new(BreachRisk.Likely, 11, Said("Opened."), Claire);
    private static readonly BreachAssessed High = new(BreachRisk.High, 11, Said("Addresses of the persecuted."), Claire);
    private static readonly AuthorityNotified Notified = new(Days.NextMorning, "2026-1841", null, Claire);
    private static readonly SubjectsInformed Informed = new(Days.Tomorrow, 9, Said("By telephone."), Claire);
    private static readonly BreachClosed Closed = new(Said("Tablets."), Claire);

    private static Story<Breach, IBreachEvent> Given(params IBreachEvent[] facts) =>
        new Story<Breach, IBreachEvent>(StreamKinds.Breach, Breach.Initial).And(facts);

    private static Personal<string> Said(string text) => Personal.Of(Subject, text);

    [Fact, Spec(Success, nameof(Record)), Spec(Repetition, nameof(Record))]
    public void A_breach_is_recorded_once() => Given().When(state => Record(state, Recorded, Late)).Then(Recorded)
        .When(state => Record(state, Recorded, Late)).ThenNothing();

    [Fact, Spec(Refused, nameof(Record))]
    public void Nobody_knows_what_is_still_to_come_and_an_id_stands_for_one_breach()
    {
        Given().When(state => Record(state, Recorded, Days.Morning.AddHours(-1))).ThenRefused(BreachRefusals.InFuture);
        Given(Recorded).When(state => Record(state, Recorded with { Affected = 12 }, Late)).ThenRefused(BreachRefusals.RecordedDifferently);
    }

    [Fact, Spec(Success, nameof(Assess)), Spec(Repetition, nameof(Assess))]
    public void More_may_come_to_light()
    {
        var assessed = Given(Recorded).When(Assessing(BreachRisk.Likely, "Opened.")).Then(Likely);
        assessed.When(Assessing(BreachRisk.Likely, "Opened.")).ThenNothing();
        assessed.When(Assessing(BreachRisk.High, "Addresses of the persecuted.")).Then(High);
    }

    [Fact, Spec(Refused, nameof(Assess))]
    public void Only_an_open_breach_is_assessed()
    {
        Given().When(Assessing(BreachRisk.High, "?")).ThenRefused(BreachRefusals.NotRecorded);
        Given(Recorded, Unlikely, Closed).When(Assessing(BreachRisk.High, "?")).ThenRefused(BreachRefusals.AlreadyClosed);
    }

    [Fact, Spec(Success, nameof(NotifyAuthority)), Spec(Repetition, nameof(NotifyAuthority))]
    public void The_authority_is_told_in_time_or_with_a_reason()
    {
        Given(Recorded).When(Notifying(Days.NextMorning)).Then(Notified).When(Notifying(Days.NextMorning)).ThenNothing();
        Given(Recorded).When(Notifying(Days.Morning.AddHours(72))).Then(Notified with { NotifiedAt = Days.Morning.AddHours(72) });
        Given(Recorded).When(Notifying(Late, "Known on a Friday night.")).Then(Notified with { NotifiedAt = Late, Delay = Said("Known on a Friday night.") });
    }

    [Fact, Spec(Refused, nameof(NotifyAuthority))]
    public void A_late_notification_explains_itself_and_none_comes_before_the_knowledge()
    {
        Given(Recorded).When(Notifying(Late)).ThenRefused(BreachRefusals.DelayUnexplained);
        Given(Recorded).When(Notifying(Days.Morning.AddHours(-1))).ThenRefused(BreachRefusals.NotifiedBeforeAware);
        Given(Recorded).When(Notifying(Late.AddDays(9))).ThenRefused(BreachRefusals.NotifiedInFuture);
        Given(Recorded, Notified).When(Notifying(Days.Morning.AddHours(2))).ThenRefused(BreachRefusals.NotifiedDifferently);
        Given().When(Notifying(Days.NextMorning)).ThenRefused(BreachRefusals.NotRecorded);
    }

    [Fact, Spec(Success, nameof(InformSubjects)), Spec(Repetition, nameof(InformSubjects)), Spec(Refused, nameof(InformSubjects))]
    public void The_people_are_told_and_more_of_them_later()
    {
        var informed = Given(Recorded).When(Informing(9)).Then(Informed);
        informed.When(Informing(9)).ThenNothing();
        informed.When(Informing(11)).Then(Informed with { Informed = 11 });
        Given().When(Informing(9)).ThenRefused(BreachRefusals.NotRecorded);
    }

    [Fact, Spec(Success, nameof(Close)), Spec(Repetition, nameof(Close))]
    public void A_breach_is_closed_when_all_was_told_who_had_to_be()
    {
        Given(Recorded, Unlikely).When(Closing).Then(Closed).When(Closing).ThenNothing();
        Given(Recorded, Likely, Notified).When(Closing).Then(Closed);
        Given(Recorded, High, Notified, Informed).When(Closing).Then(Closed);
    }

    [Fact, Spec(Refused, nameof(Close))]
    public void Nothing_is_closed_that_still_has_to_be_told()
    {
        Given(Recorded).When(Closing).ThenRefused(BreachRefusals.NotAssessed);
        Given(Recorded, Likely).When(Closing).ThenRefused(BreachRefusals.AuthorityNotNotified);
        Given(Recorded, High, Notified).When(Closing).ThenRefused(BreachRefusals.SubjectsNotInformed);
        Given().When(Closing).ThenRefused(BreachRefusals.NotRecorded);
    }

    /// <summary>In hours, over nights, weekends and the change of the clocks.</summary>
    [Fact, Spec(Success, nameof(PassDeadline)), Spec(Repetition, nameof(PassDeadline)), Spec(NeverRefused, nameof(PassDeadline))]
    public void Seventy_two_hours_are_seventy_two_hours()
    {
        var friday = Recorded with { AwareAt = Days.At(2026, 3, 27, 20) };
        var warning = Assert.Single(BreachDeadlines.Of(Given(friday).State));
        Assert.Equal(Days.At(2026, 3, 29, 20), Policy.Default.DueAt(warning));
        var after = Given(friday).When(state => PassDeadline(state, warning.Key, Days.At(2026, 3, 29, 20)))
            .Then(new BreachDeadlinePassed(warning.Key, Days.At(2026, 3, 29, 20)));
        after.When(state => PassDeadline(state, warning.Key, Days.At(2026, 3, 29, 20))).ThenNothing();
        var last = BreachDeadlines.Of(after.State).Single(open => open.PassedAt is null);
        Assert.Equal(Days.At(2026, 3, 30, 20), Policy.Default.DueAt(last));
        var passed = after.And(new BreachDeadlinePassed(last.Key, Days.At(2026, 3, 30, 20)));
        Assert.Null(Policy.Default.DueAt(BreachDeadlines.Of(passed.State).Single(open => open.PassedAt is null)));

        Assert.Empty(BreachDeadlines.Of(after.And(Notified).State));
        Assert.Empty(BreachDeadlines.Of(after.And(Unlikely).State));
        Assert.NotEmpty(BreachDeadlines.Of(after.And(Unlikely, High).State));
        Given(Recorded, Notified).When(state => PassDeadline(state, warning.Key, Late)).ThenNothing();
    }

    [Fact]
    public void What_cannot_have_happened_is_refused_loudly()
    {
        Assert.Throws<InvalidOperationException>(() => Given(Likely));
        Assert.Throws<InvalidOperationException>(() => Given(Recorded, Recorded));
        Assert.Throws<InvalidOperationException>(() => Given(Recorded, Unlikely, Closed, Notified));
    }

    [Fact]
    public void What_became_known_and_was_told_in_the_same_moment_is_in_order()
    {
        Given().When(state => Record(state, Recorded with { AwareAt = Late }, Late)).Then(Recorded with { AwareAt = Late });
        Given(Recorded).When(Notifying(Days.Morning)).Then(Notified with { NotifiedAt = Days.Morning });
        Given(Recorded).When(state => NotifyAuthority(state, Days.NextMorning, "2026-1841", null, Claire, now: Days.NextMorning)).Then(Notified);
        Given(Recorded).When(Notifying(Days.Morning.AddHours(72))).Then(Notified with { NotifiedAt = Days.Morning.AddHours(72) });
    }

    private static Func<Breach, Decision<IBreachEvent>> Assessing(BreachRisk risk, string text) => state => Assess(state, risk, 11, text, Claire);

    private static Func<Breach, Decision<IBreachEvent>> Notifying(DateTimeOffset at, string? delay = null) =>
        state => NotifyAuthority(state, at, "2026-1841", delay, Claire, Late.AddHours(1));

    private static Func<Breach, Decision<IBreachEvent>> Informing(int people) => state => InformSubjects(state, Days.Tomorrow, people, "By telephone.", Claire);

    private static Decision<IBreachEvent> Closing(Breach state) => Close(state, "Tablets.", Claire);
}
