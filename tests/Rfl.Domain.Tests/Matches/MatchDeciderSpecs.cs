using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.Matches.MatchDecider;
using static Rfl.Domain.Tests.Common.Outcome;

namespace Rfl.Domain.Tests.Matches;

[SpecsOf(typeof(MatchDecider))]
public sealed class MatchDeciderSpecs
{
    private static readonly MatchSide Sought = new(new PersonId(Id(1)), Id(11), MatchRole.Sought);
    private static readonly MatchSide Registered = new(new PersonId(Id(2)), Id(12), MatchRole.Registered);
    private static readonly MatchEvidence Evidence = new(1.5, "1", false, []);
    private static readonly MatchProposed Proposed = new(Sought, Registered, Evidence);
    private static readonly Guid Nadia = Id(21);
    private static readonly Guid Marc = Id(22);

    private static Guid Id(int number) => new($"e0000000-0000-4000-8000-{number:D12}");

    private static Story<Match, IMatchEvent> Given(params IMatchEvent[] facts) => new Story<Match, IMatchEvent>(StreamKinds.Match, Match.Initial).And(facts);

    [Fact, Spec(Success, nameof(Propose))]
    public void A_candidate_above_the_threshold_is_proposed_whichever_side_asked()
    {
        Given().When(state => Propose(state, Sought, Registered, Evidence)).Then(Proposed);
        Given().When(state => Propose(state, Registered, Sought, Evidence)).Then(Proposed);
        Assert.Equal(MatchId.Of(Sought, Registered), MatchId.Of(Registered, Sought));
        Given().When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = -5 })).ThenNothing();
    }

    [Fact, Spec(Repetition, nameof(Propose))]
    public void A_known_match_is_not_proposed_again() => Given().WhenTwice(state => Propose(state, Sought, Registered, Evidence)).ThenNothing();

    [Fact, Spec(Refused, nameof(Propose))]
    public void Nobody_is_matched_within_a_record_or_where_nobody_is_sought()
    {
        Given().When(state => Propose(state, Sought, Sought with { Person = Registered.Person }, Evidence)).ThenRefused(MatchRefusals.Impossible);
        Given().When(state => Propose(state, Sought with { Role = MatchRole.Enquirer }, Registered, Evidence)).ThenRefused(MatchRefusals.Impossible);
    }

    [Fact, Spec(Success, nameof(Reject)), Spec(Repetition, nameof(Reject))]
    public void A_rejection_is_remembered_until_the_evidence_changes_by_more_than_two()
    {
        var rejected = Given(Proposed).When(state => Reject(state, Nadia, MatchRejectionReason.Sibling))
            .Then(new MatchRejected(Nadia, MatchRejectionReason.Sibling));
        rejected.When(state => Reject(state, Nadia, MatchRejectionReason.Sibling)).ThenNothing();
        rejected.When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 3.4 })).ThenNothing();
        rejected.When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 3.6 })).Then(new MatchReopened(Evidence with { LogOdds = 3.6 }));
    }

    [Fact]
    public void Another_model_weighs_otherwise_and_changes_no_decision()
    {
        var weighed = Evidence with { LogOdds = 9, Model = "2" };
        var rejected = Given(Proposed, new MatchRejected(Nadia, MatchRejectionReason.Sibling));
        rejected.When(state => Propose(state, Sought, Registered, weighed)).Then(new MatchRescored(weighed))
            .When(state => Confirm(state, Nadia)).ThenRefused(MatchRefusals.NotProposed);
        // What moved it was the model; the next change is measured from there.
        Given(Proposed, new MatchRejected(Nadia, MatchRejectionReason.Sibling), new MatchRescored(weighed))
            .When(state => Propose(state, Sought, Registered, weighed with { LogOdds = 10.9 })).ThenNothing();
        var low = weighed with { LogOdds = -4 };
        Given(Proposed, new MatchConfirmed(Nadia)).When(state => Propose(state, Sought, Registered, low)).Then(new MatchRescored(low))
            .When(state => Review(state, Marc)).Then(new MatchReviewed(Marc));
    }

    [Fact]
    public void An_open_match_shows_evidence_that_is_true_today()
    {
        Given(Proposed).When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 1.9 })).ThenNothing();
        Given(Proposed).When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 2.1 })).Then(new MatchRescored(Evidence with { LogOdds = 2.1 }))
            .When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 2.1 })).ThenNothing();
    }

    /// <summary>A change has to be more than what counts as one: exactly two reopens nothing, exactly a half is not written down.</summary>
    [Fact]
    public void Evidence_that_moved_by_exactly_the_limit_has_not_moved()
    {
        Given(Proposed, new MatchRejected(Nadia, MatchRejectionReason.Sibling)).When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 3.5 })).ThenNothing();
        Given(Proposed).When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 2 })).ThenNothing();
        Given(Proposed).When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 1 })).ThenNothing();
    }

    /// <summary>One in ten is proposed; even odds are log-odds of nothing.</summary>
    [Fact]
    public void Log_odds_are_shown_as_a_probability_and_one_in_ten_is_proposed()
    {
        Assert.Equal(0.5, (Evidence with { LogOdds = 0 }).Probability, 12);
        Assert.Equal(0.8175744762, Evidence.Probability, 9);
        Assert.Equal(0.1824255238, (Evidence with { LogOdds = -1.5 }).Probability, 9);
        Given().When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = -2.19 })).Then(Proposed with { Evidence = Evidence with { LogOdds = -2.19 } });
        Given().When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = -2.2 })).ThenNothing();
    }

    /// <summary>Each side is a person in a record: with either changed it is another match.</summary>
    [Fact]
    public void A_match_is_of_two_persons_in_two_records()
    {
        MatchSide[] others =
        [
            Registered,
            Registered with { Person = new PersonId(Id(3)) },
            Registered with { Record = Id(13) },
        ];
        var ids = others.Select(other => MatchId.Of(Sought, other)).ToList();

        Assert.Equal(3, ids.Distinct().Count());
        Assert.DoesNotContain(MatchId.Of(Sought with { Person = new PersonId(Id(0)) }, Registered), ids);
        Assert.DoesNotContain(MatchId.Of(Sought with { Record = Id(10) }, Registered), ids);
        Assert.All(ids, id => Assert.True(DerivedId.IsReserved(id.Value)));
    }

    [Fact]
    public void The_two_sides_stand_in_the_order_of_their_persons_and_then_of_their_records()
    {
        var same = Registered with { Person = Sought.Person };
        var earlier = Registered with { Record = Id(9) };

        Assert.Equal((Sought, earlier), MatchSide.InOrder(Sought, earlier));
        Assert.Equal((Sought, earlier), MatchSide.InOrder(earlier, Sought));
        Assert.Equal((Sought, same), MatchSide.InOrder(same, Sought));
        Assert.Equal((Sought, same), MatchSide.InOrder(Sought, same));
    }

    [Fact, Spec(Refused, nameof(Reject))]
    public void What_two_confirmed_is_undone_before_it_is_rejected()
    {
        Given(Proposed, new MatchConfirmed(Nadia), new MatchReviewed(Marc)).When(state => Reject(state, Nadia, MatchRejectionReason.Other))
            .ThenRefused(MatchRefusals.AlreadyReviewed);
        Given().When(state => Reject(state, Nadia, MatchRejectionReason.Other)).ThenRefused(MatchRefusals.NotProposed);
    }

    [Fact, Spec(Success, nameof(Confirm)), Spec(Repetition, nameof(Confirm))]
    public void One_confirms() => Given(Proposed).When(state => Confirm(state, Nadia)).Then(new MatchConfirmed(Nadia))
        .When(state => Confirm(state, Nadia)).ThenNothing();

    [Fact, Spec(Refused, nameof(Confirm))]
    public void What_was_not_proposed_is_not_confirmed() => Given().When(state => Confirm(state, Nadia)).ThenRefused(MatchRefusals.NotProposed);

    [Fact, Spec(Success, nameof(Review)), Spec(Repetition, nameof(Review))]
    public void A_second_person_reviews() => Given(Proposed, new MatchConfirmed(Nadia)).When(state => Review(state, Marc)).Then(new MatchReviewed(Marc))
        .When(state => Review(state, Marc)).ThenNothing();

    [Fact, Spec(Refused, nameof(Review))]
    public void Nobody_reviews_what_they_confirmed_themselves()
    {
        Given(Proposed, new MatchConfirmed(Nadia)).When(state => Review(state, Nadia)).ThenRefused(MatchRefusals.SecondPersonNeeded);
        Given(Proposed).When(state => Review(state, Marc)).ThenRefused(MatchRefusals.NotConfirmed);
    }

    [Fact, Spec(Success, nameof(Undo)), Spec(Repetition, nameof(Undo))]
    public void A_decision_is_taken_back() => Given(Proposed, new MatchConfirmed(Nadia), new MatchReviewed(Marc))
        .When(state => Undo(state, Nadia)).Then(new MatchUndone(Nadia)).When(state => Undo(state, Nadia)).ThenNothing();

    [Fact, Spec(Refused, nameof(Undo))]
    public void Without_a_match_nothing_is_undone() => Given().When(state => Undo(state, Nadia)).ThenRefused(MatchRefusals.NotProposed);

    [Fact, Spec(Success, nameof(Close)), Spec(Repetition, nameof(Close))]
    public void A_match_ends_with_the_person_whatever_was_decided()
    {
        var closed = new MatchClosed(MatchClosureReason.PersonErased);
        foreach (var decided in new IMatchEvent[][] { [Proposed], [Proposed, new MatchConfirmed(Nadia)], [Proposed, new MatchRejected(Nadia, MatchRejectionReason.Other)] })
            Given(decided).When(state => Close(state, MatchClosureReason.PersonErased)).Then(closed).When(state => Close(state, MatchClosureReason.PersonErased)).ThenNothing();
        var ended = Given(Proposed, closed);
        ended.When(state => Propose(state, Sought, Registered, Evidence with { LogOdds = 9 })).ThenNothing();
        ended.When(state => Confirm(state, Nadia)).ThenRefused(MatchRefusals.NotProposed);
        ended.When(state => Undo(state, Nadia)).ThenRefused(MatchRefusals.NotProposed);
    }

    [Fact, Spec(Refused, nameof(Close))]
    public void Without_a_match_nothing_ends() => Given().When(state => Close(state, MatchClosureReason.PersonErased)).ThenRefused(MatchRefusals.NotProposed);
}
