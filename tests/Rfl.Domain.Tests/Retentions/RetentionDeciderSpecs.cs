using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.Retentions.RetentionDecider;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Retentions;

/// <summary>Handbook §8.6: proposed when the policy's time is over, approved or automatic, postponed or dropped, carried out once.</summary>
[SpecsOf(typeof(RetentionDecider))]
public sealed class RetentionDeciderSpecs
{
    private static readonly DateTimeOffset Ended = Days.Morning.AddMonths(-24);
    private static readonly RetentionProposed Proposal = new(Id(100), RetentionKind.ClosedRequest, "1234-5678-89", Ended);
    private static readonly RetentionApproved Approved = new(Officer);
    private static readonly RetentionPostponed Kept = new(Days.Tomorrow, PostponementReason.LegalClaim, Officer);
    private static readonly RetentionCarriedOut Gone = new(2, 1);

    private static readonly Policy Automatic = Policy.Default with
    {
        Retention = Policy.Default.Retention.SetItem(RetentionKind.ClosedRequest, new RetentionRule(new Period(24, PeriodUnit.Months), Automatic: true)),
    };

    [Fact, Spec(Success, nameof(Propose))]
    public void A_record_whose_time_is_over_is_proposed() => GivenRetention().When(state => Put(state)).Then(Proposal);

    [Fact, Spec(Refused, nameof(Propose))]
    public void A_record_is_kept_for_its_time()
    {
        GivenRetention().When(state => Put(state, now: Days.Morning.AddSeconds(-1))).ThenRefused(RetentionRefusals.NotDue);
        GivenRetention().When(state => Put(state, policy: Policy.Default with { Retention = Policy.Default.Retention.Remove(RetentionKind.ClosedRequest) }))
            .ThenRefused(RetentionRefusals.NotDue);
    }

    [Fact, Spec(Repetition, nameof(Propose))]
    public void A_record_is_proposed_once()
    {
        GivenRetention().WhenTwice(state => Put(state)).ThenNothing();
        GivenRetention(Proposal, Approved).When(state => Put(state)).ThenNothing();
        GivenRetention(Proposal, Kept).When(state => Put(state)).ThenNothing();
        GivenRetention(Proposal, Gone).When(state => Put(state)).ThenNothing();
    }

    [Fact]
    public void What_was_postponed_or_dropped_or_ended_anew_is_proposed_again()
    {
        GivenRetention(Proposal, Kept).When(state => Put(state, now: Days.Morning.AddDays(2))).Then(Proposal);
        GivenRetention(Proposal, new RetentionDropped()).When(state => Put(state)).Then(Proposal);
        var anew = Proposal with { EndedAt = Ended.AddDays(-1) };
        GivenRetention(Proposal, Gone).When(state => RetentionDecider.Propose(state, anew, Days.Morning, Policy.Default)).Then(anew);
    }

    [Fact, Spec(Success, nameof(Approve))]
    public void The_officer_approves_also_what_was_postponed()
    {
        GivenRetention(Proposal).When(state => Approve(state, Officer)).Then(Approved);
        GivenRetention(Proposal, Kept).When(state => Approve(state, Officer)).Then(Approved);
        Assert.Null(Judge([Proposal, Kept, Approved]));
    }

    [Fact, Spec(Repetition, nameof(Approve))]
    public void Approving_twice_is_approving()
    {
        GivenRetention(Proposal).WhenTwice(state => Approve(state, Officer)).ThenNothing();
        GivenRetention(Proposal, Approved, Gone).When(state => Approve(state, Officer)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(Approve))]
    public void Only_what_is_proposed_is_approved()
    {
        GivenRetention().When(state => Approve(state, Officer)).ThenRefused(RetentionRefusals.NotProposed);
        GivenRetention(Proposal, new RetentionDropped()).When(state => Approve(state, Officer)).ThenRefused(RetentionRefusals.NotProposed);
    }

    [Fact, Spec(Success, nameof(Postpone))]
    public void The_officer_keeps_a_record_for_longer_even_after_approving()
    {
        GivenRetention(Proposal).When(state => Postpone(state, Days.Tomorrow, Kept.Reason, Officer, Days.Today)).Then(Kept);
        GivenRetention(Proposal, Approved).When(state => Postpone(state, Days.Tomorrow, Kept.Reason, Officer, Days.Today)).Then(Kept);
        var longer = Kept with { Until = Days.Tomorrow.AddYears(1) };
        GivenRetention(Proposal, longer).When(state => Postpone(state, Days.Tomorrow, Kept.Reason, Officer, Days.Today)).Then(Kept);
    }

    [Fact, Spec(Repetition, nameof(Postpone))]
    public void The_same_postponement_twice_is_one() =>
        GivenRetention(Proposal).WhenTwice(state => Postpone(state, Days.Tomorrow, Kept.Reason, Officer, Days.Today)).ThenNothing();

    [Fact, Spec(Refused, nameof(Postpone))]
    public void A_postponement_has_a_day_to_come_and_an_end()
    {
        GivenRetention(Proposal).When(state => Postpone(state, Days.Today, Kept.Reason, Officer, Days.Today)).ThenRefused(RetentionRefusals.PostponementTooShort);
        GivenRetention(Proposal).When(state => Postpone(state, Days.Today.AddYears(10).AddDays(1), Kept.Reason, Officer, Days.Today))
            .ThenRefused(RetentionRefusals.PostponementTooLong);
        GivenRetention(Proposal, Gone).When(state => Postpone(state, Days.Tomorrow, Kept.Reason, Officer, Days.Today)).ThenRefused(RetentionRefusals.NotProposed);
    }

    [Fact]
    public void A_postponement_lasts_to_the_end_of_its_day_and_ten_years_at_most()
    {
        GivenRetention(Proposal, Kept).When(state => Put(state, now: Days.NextMorning)).ThenNothing();
        var longest = Kept with { Until = Days.Today.AddYears(10) };
        GivenRetention(Proposal).When(state => Postpone(state, longest.Until, Kept.Reason, Officer, Days.Today)).Then(longest);
    }

    [Fact, Spec(Success, nameof(Drop))]
    public void What_lives_again_is_dropped()
    {
        GivenRetention(Proposal, Approved).When(Drop).Then(new RetentionDropped());
        GivenRetention(Proposal, Kept).When(Drop).Then(new RetentionDropped());
    }

    [Fact, Spec(Repetition, nameof(Drop))]
    public void Dropping_twice_is_dropping() => GivenRetention(Proposal).WhenTwice(Drop).ThenNothing();

    [Fact, Spec(Refused, nameof(Drop))]
    public void What_has_gone_is_not_dropped()
    {
        GivenRetention(Proposal, Gone).When(Drop).ThenRefused(RetentionRefusals.NotProposed);
        GivenRetention().When(Drop).ThenRefused(RetentionRefusals.NotProposed);
    }

    [Fact, Spec(Success, nameof(CarryOut))]
    public void What_was_proposed_is_carried_out() => GivenRetention(Proposal, Approved).When(state => CarryOut(state, 2, 1)).Then(Gone);

    [Fact, Spec(Repetition, nameof(CarryOut))]
    public void It_is_carried_out_once() => GivenRetention(Proposal).WhenTwice(state => CarryOut(state, 2, 1)).ThenNothing();

    [Fact, Spec(Refused, nameof(CarryOut))]
    public void Nothing_goes_that_was_not_proposed()
    {
        GivenRetention().When(state => CarryOut(state, 2, 1)).ThenRefused(RetentionRefusals.NotProposed);
        GivenRetention(Proposal, new RetentionDropped()).When(state => CarryOut(state, 2, 1)).ThenRefused(RetentionRefusals.NotProposed);
    }

    [Fact]
    public void It_needs_approval_or_an_automatic_policy()
    {
        Assert.Equal(RetentionRefusals.NotApproved, Judge([Proposal]));
        Assert.Null(Judge([Proposal, Approved]));
        Assert.Null(Judge([Proposal], policy: Automatic));
        Assert.Equal(RetentionRefusals.NotDue, Judge([Proposal, Approved], now: Days.Morning.AddDays(-1)));
        Assert.Equal(RetentionRefusals.NotProposed, Judge([Proposal, Kept], policy: Automatic));
        Assert.Equal(RetentionRefusals.NotProposed, Judge([]));
        Assert.Null(Judge([Proposal, Approved, Gone]));
    }

    [Theory]
    [InlineData(RetentionObstacle.LegalHold, "retention-on-hold")]
    [InlineData(RetentionObstacle.DataSubjectRequest, "retention-data-subject-request-open")]
    [InlineData(RetentionObstacle.Restriction, "retention-restricted")]
    public void What_holds_for_its_persons_keeps_it_approved_or_automatic_or_begun(RetentionObstacle obstacle, string code)
    {
        Refusal?[] judged = [Judge([Proposal, Approved], obstacle), Judge([Proposal], obstacle, policy: Automatic), Judge([Proposal, Approved], obstacle, begun: true)];

        Assert.All(judged, refusal => Assert.Equal(code, refusal!.Code));
        Assert.All(judged, refusal => Assert.True(RetentionRefusals.Keeps(refusal!)));
        Assert.False(RetentionRefusals.Keeps(RetentionRefusals.NotDue));
    }

    /// <summary>A crash between the record and its persons: nothing that is decided in that hour leaves their keys behind.</summary>
    [Fact]
    public void What_was_begun_is_finished_whatever_was_decided_since()
    {
        Assert.Null(Judge([Proposal], begun: true));
        Assert.Null(Judge([Proposal, Approved, Kept], begun: true));
        Assert.Null(Judge([Proposal, Approved], begun: true, now: Days.Morning.AddDays(-1)));
        GivenRetention(Proposal, Approved, Kept).When(state => CarryOut(state, 2, 1)).Then(Gone);
        Assert.Null(Assert.IsType<Retention.CarriedOut>(GivenRetention(Proposal, Approved, Kept, Gone).State).ApprovedBy);
        Assert.Equal(Officer, Assert.IsType<Retention.CarriedOut>(GivenRetention(Proposal, Approved, Gone).State).ApprovedBy);
    }

    [Fact]
    public void Looking_back_and_looking_ahead_agree()
    {
        var rule = new RetentionRule(new Period(12, PeriodUnit.Months));

        Assert.True(EndedBefore(rule, Days.Morning) <= Days.Morning.AddMonths(-12).AddDays(1));
        Assert.True(EndsAt(RetentionKind.DeclinedRequest, EndedBefore(rule, Days.Morning), Policy.Default) <= Days.Morning);
    }

    private static Decision<IRetentionEvent> Put(Retention state, DateTimeOffset? now = null, Policy? policy = null) =>
        RetentionDecider.Propose(state, Proposal, now ?? Days.Morning, policy ?? Policy.Default);

    private static Refusal? Judge(
        IRetentionEvent[] facts, RetentionObstacle? obstacle = null, bool begun = false, DateTimeOffset? now = null, Policy? policy = null) =>
        Forbid(GivenRetention(facts).State, obstacle, begun, now ?? Days.Morning, policy ?? Policy.Default);
}
