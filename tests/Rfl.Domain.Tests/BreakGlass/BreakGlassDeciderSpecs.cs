using Rfl.Domain.BreakGlass;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.BreakGlass.BreakGlassDecider;
using static Rfl.Domain.Tests.Common.Outcome;
using Glass = Rfl.Domain.BreakGlass.BreakGlass;

namespace Rfl.Domain.Tests.BreakGlass;

/// <summary>Handbook §8.4: looking beyond one's cases, for a reason, for a while, and reviewed.</summary>
[SpecsOf(typeof(BreakGlassDecider))]
public sealed class BreakGlassDeciderSpecs
{
    private static readonly Guid Case = new("e0000000-0000-4000-8000-000000000041");
    private static readonly Guid Amina = new("e0000000-0000-4000-8000-000000000042");
    private static readonly Guid Odile = new("e0000000-0000-4000-8000-000000000043");
    private static readonly PersonId Subject = new(new Guid("e0000000-0000-4000-8000-000000000044"));

    private static readonly BreakGlassOpened Opened = new(
        new TracingRequestId(Case), Amina, BreakGlassReason.PersonPresent, Subject, Personal.Of(Subject, "At the counter."), Days.Morning.AddHours(8));

    private static readonly BreakGlassReviewed Unjustified = new(BreakGlassJudgement.NotJustified, Odile, Personal.Of(Subject, "Curious."));

    private static Story<Glass, IBreakGlassEvent> Given(params IBreakGlassEvent[] facts) =>
        new Story<Glass, IBreakGlassEvent>(StreamKinds.BreakGlass, Glass.Initial).And(facts);

    [Fact, Spec(Success, nameof(Open))]
    public void A_case_out_of_reach_is_opened_for_a_while()
    {
        var after = Given().When(state => Open(state, Opened, reachesAlready: false)).Then(Opened);
        Assert.Equal(Opened.EndsAt, Assert.IsType<Glass.AwaitingReview>(after.State).EndsAt);
    }

    [Fact, Spec(Repetition, nameof(Open))]
    public void The_same_request_again_does_not_prolong_it() =>
        Given(Opened).When(state => Open(state, Opened with { EndsAt = Opened.EndsAt.AddHours(2) }, reachesAlready: false)).ThenNothing();

    [Fact, Spec(Refused, nameof(Open))]
    public void What_is_within_reach_needs_none_and_an_id_stands_for_one_reason()
    {
        Given().When(state => Open(state, Opened, reachesAlready: true)).ThenRefused(BreakGlassRefusals.NotNeeded);
        Given(Opened).When(state => Open(state, Opened with { Reason = BreakGlassReason.Other }, reachesAlready: false))
            .ThenRefused(BreakGlassRefusals.OpenedDifferently);
    }

    [Fact, Spec(Success, nameof(Review)), Spec(Repetition, nameof(Review))]
    public void It_is_reviewed_once() => Given(Opened).When(state => Review(state, BreakGlassJudgement.NotJustified, "Curious.", Odile)).Then(Unjustified)
        .When(state => Review(state, BreakGlassJudgement.NotJustified, "Curious.", Odile)).ThenNothing();

    [Fact]
    public void What_was_not_justified_ends_at_once_and_what_was_goes_on_to_its_end()
    {
        var ended = Assert.IsType<Glass.Reviewed>(Given(Opened).And(Days.Morning.AddHours(1), Unjustified).State);
        Assert.Equal(Days.Morning.AddHours(1), ended.EndsAt);
        var justified = Assert.IsType<Glass.Reviewed>(
            Given(Opened).And(Days.Morning.AddHours(1), Unjustified with { Judgement = BreakGlassJudgement.Justified }).State);
        Assert.Equal(Opened.EndsAt, justified.EndsAt);
    }

    [Fact]
    public void A_review_after_the_end_prolongs_nothing()
    {
        var late = Assert.IsType<Glass.Reviewed>(Given(Opened).And(Opened.EndsAt.AddHours(1), Unjustified).State);
        Assert.Equal(Opened.EndsAt, late.EndsAt);
    }

    [Fact, Spec(Refused, nameof(Review))]
    public void Nobody_reviews_their_own_and_a_review_stands()
    {
        Given(Opened).When(state => Review(state, BreakGlassJudgement.Justified, "I had to.", Amina)).ThenRefused(BreakGlassRefusals.OwnReview);
        Given(Opened, Unjustified).When(state => Review(state, BreakGlassJudgement.Justified, "After all.", Odile))
            .ThenRefused(BreakGlassRefusals.ReviewedDifferently);
        Given().When(state => Review(state, BreakGlassJudgement.Justified, "What?", Odile)).ThenRefused(BreakGlassRefusals.NotOpened);
    }

    [Fact, Spec(Success, nameof(PassDeadline)), Spec(Repetition, nameof(PassDeadline)), Spec(NeverRefused, nameof(PassDeadline))]
    public void A_review_that_nobody_makes_is_asked_for_again_and_again()
    {
        var first = Assert.Single(BreakGlassDeadlines.Of(Given(Opened).State));
        Assert.Equal(Days.At(2026, 3, 5), Policy.Default.DueAt(first));
        var overdue = new BreakGlassReviewOverdue(first.Key, Days.At(2026, 3, 5));
        var after = Given(Opened).When(state => PassDeadline(state, first.Key, Days.At(2026, 3, 5))).Then(overdue);
        after.When(state => PassDeadline(state, first.Key, Days.At(2026, 3, 5))).ThenNothing();
        Assert.Equal(Days.At(2026, 3, 9), Policy.Default.DueAt(BreakGlassDeadlines.Of(after.State).Single(open => open.PassedAt is null)));
        Assert.Empty(BreakGlassDeadlines.Of(after.And(Unjustified).State));
        Given(Opened, Unjustified).When(state => PassDeadline(state, first.Key, Days.At(2026, 3, 5))).ThenNothing();
    }

    [Fact]
    public void What_cannot_have_happened_is_refused_loudly()
    {
        Assert.Throws<InvalidOperationException>(() => Given(Unjustified));
        Assert.Throws<InvalidOperationException>(() => Given(Opened, Opened));
        Assert.Throws<InvalidOperationException>(() => Given(Opened, Unjustified, Unjustified));
    }
}
