using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.LifeDecider;

namespace Rfl.Domain.Tests.TracingRequests;

[SpecsOf(typeof(LifeDecider))]
public sealed class LifeDeciderSpecs
{
    private static readonly DateTimeOffset Due = Days.At(2026, 6, 1);

    [Theory, Spec(Success, nameof(Suspend))]
    [InlineData(SuspensionReason.Security)]
    [InlineData(SuspensionReason.EnquirerUnreachable)]
    public void An_open_case_is_suspended(SuspensionReason reason) =>
        Given(Searching).When(state => Suspend(state, reason)).Then(new CaseSuspended(reason));

    [Fact, Spec(Success, nameof(Anonymise))]
    public void What_stays_of_an_ended_request_points_at_nobody()
    {
        var after = Given(Closed).When(state => Anonymise(state, Days.Morning)).Then(new TracingRequestAnonymised(new RequestStatistics(
            2026,
            2026,
            Stage.Closed,
            ClosureOutcome.FoundByFamily,
            null,
            France,
            BrotherLost.Cause,
            Priority.Standard,
            ConcernedMinor: false,
            FromPartner: false,
            [new SoughtPersonStatistics(Domain.People.Sex.Male, AgeBand.From18To29, SearchState.Searching)])));

        Assert.IsType<TracingRequest.Anonymised>(after.State);
        Given(Declined).When(state => Anonymise(state, Days.Morning)).Then(Assert.IsType<TracingRequestAnonymised>(
            Assert.Single(((Domain.Common.Decision<ITracingRequestEvent>.Accepted)Anonymise(Request(Declined), Days.Morning)).Events)));
    }

    /// <summary>Handbook §8.6, §10: years and bands, what is first known of where and why, and nothing else.</summary>
    [Fact]
    public void The_years_the_first_country_and_the_partner_are_counted()
    {
        ITracingRequestEvent[] asked =
        [
            Received with { ReceivedOn = new DateOnly(2024, 11, 2) }, Registered with { IsMinor = true }, BrotherAdded, SisterAdded,
            Lost(Brother, BreakOfContact.Disaster), Lost(Sister, country: Libya), Assessed, new TracingRequestSubmitted(),
        ];
        var ended = Given(asked).And(Days.At(2027, 1, 2), new TracingRequestWithdrawn());

        var statistics = Statistics(ended.State, Days.At(2027, 1, 2));

        Assert.Equal((2024, 2027, Stage.Withdrawn), (statistics.OpenedIn, statistics.EndedIn, statistics.Ended));
        Assert.Equal((Libya, BreakOfContact.Disaster), (statistics.Country, statistics.Cause));
        Assert.Null(statistics.Outcome);
        Assert.True(statistics.ConcernedMinor);
        Assert.True(statistics.FromPartner);
        Assert.Equal(2, statistics.SoughtPersons.Count);
    }

    [Fact]
    public void A_lead_that_came_after_the_end_does_not_move_the_end()
    {
        var lead = new LeadReceived(Id(303), Brother, Provenance.Community, Personal.Of(Brother, "seen in Trieste"));

        Assert.Equal(2026, Statistics(Given(Closed).And(Days.At(2027, 5, 1), lead).State, Days.Morning).EndedIn);
    }

    [Fact]
    public void Of_a_draft_that_was_withdrawn_hardly_anything_is_known()
    {
        var statistics = Statistics(Request(Started, new TracingRequestWithdrawn()), Days.Morning);

        Assert.Equal(new RequestStatistics(2026, 2026, Stage.Withdrawn, null, null, null, null, null, false, false, []), statistics);
    }

    /// <summary>The year of the request is 2026.</summary>
    [Theory]
    [InlineData(2027, AgeBand.Unknown)]
    [InlineData(2026, AgeBand.Under18)]
    [InlineData(2009, AgeBand.Under18)]
    [InlineData(2008, AgeBand.From18To29)]
    [InlineData(1997, AgeBand.From18To29)]
    [InlineData(1996, AgeBand.From30To44)]
    [InlineData(1982, AgeBand.From30To44)]
    [InlineData(1981, AgeBand.From45To59)]
    [InlineData(1967, AgeBand.From45To59)]
    [InlineData(1966, AgeBand.From60)]
    [InlineData(1926, AgeBand.From60)]
    public void An_age_stays_as_a_band(int born, AgeBand band) => Assert.Equal(band, BandOf(BrotherDetails with { Birth = Born(new(born, 5, 1), new(born, 5, 31)) }, isMinor: false));

    [Fact]
    public void Without_a_birth_only_a_child_has_a_band()
    {
        Assert.Equal(AgeBand.Under18, BandOf(SisterDetails, isMinor: true));
        Assert.Equal(AgeBand.Unknown, BandOf(SisterDetails, isMinor: false));
    }

    private static AgeBand BandOf(Domain.People.PersonDetails details, bool isMinor) => Statistics(
        Request(Started, Registered, Add(Brother, Domain.People.FamilyRelation.Brother, details, new SoughtPersonCircumstances(IsMinor: isMinor)), new TracingRequestWithdrawn()),
        Days.Morning).SoughtPersons[0].AgeBand;

    private static RequestStatistics Statistics(TracingRequest ended, DateTimeOffset at) => Assert.IsType<TracingRequestAnonymised>(
        Assert.Single(Assert.IsType<Domain.Common.Decision<ITracingRequestEvent>.Accepted>(Anonymise(ended, at)).Events)).Statistics;

    [Fact, Spec(Repetition, nameof(Anonymise))]
    public void A_request_becomes_anonymous_once() => Given(Withdrawn).WhenTwice(state => Anonymise(state, Days.Morning)).ThenNothing();

    [Fact, Spec(Refused, nameof(Anonymise))]
    public void Open_and_dormant_requests_stay_and_so_does_one_that_ended_anew()
    {
        foreach (var facts in new[] { Interview, Submitted, Searching, Suspended, Dormant })
            Given(facts).When(state => Anonymise(state, Days.Morning)).ThenRefused(TracingRequestRefusals.NotEnded);
        Given(Closed).When(state => Anonymise(state, Days.NextMorning)).ThenRefused(TracingRequestRefusals.NotEnded);
        Given([.. Closed, new CaseReopened(ReopeningReason.EnquirerAsked)]).When(state => Anonymise(state, Days.Morning)).ThenRefused(TracingRequestRefusals.NotEnded);
    }

    [Fact, Spec(Repetition, nameof(Suspend))]
    public void A_case_is_suspended_once_for_a_reason() =>
        Given(Searching).WhenTwice(state => Suspend(state, SuspensionReason.Security)).ThenNothing();

    [Fact]
    public void The_reason_of_a_suspension_can_change() => Given(Suspended)
        .When(state => Suspend(state, SuspensionReason.EnquirerUnreachable)).Then(new CaseSuspended(SuspensionReason.EnquirerUnreachable));

    [Theory, Spec(Refused, nameof(Suspend)), Spec(Refused, nameof(MakeDormant))]
    [MemberData(nameof(NotOpen))]
    public void Only_an_open_case_rests(ITracingRequestEvent[] facts)
    {
        Given(facts).When(state => Suspend(state, SuspensionReason.Security)).ThenRefused(TracingRequestRefusals.NotOpen);
        Given(facts).When(MakeDormant).ThenRefused(TracingRequestRefusals.NotOpen);
    }

    public static TheoryData<ITracingRequestEvent[]> NotOpen => [[], Interview, Submitted, Declined, Closed, Withdrawn];

    [Fact, Spec(Success, nameof(MakeDormant))]
    public void A_case_without_leads_goes_dormant() => Given(Searching).When(MakeDormant).Then(new CaseMadeDormant());

    [Fact, Spec(Repetition, nameof(MakeDormant))]
    public void A_case_goes_dormant_once() => Given(Searching).WhenTwice(MakeDormant).ThenNothing();

    [Fact, Spec(Success, nameof(ReviewDormant))]
    public void A_dormant_case_is_reviewed() => Given(Dormant).When(state => ReviewDormant(state, Days.Today, "new registers opened"))
        .Then(new DormantCaseReviewed(Days.Today, Personal.Of(Enquirer, "new registers opened")));

    [Fact, Spec(Repetition, nameof(ReviewDormant))]
    public void The_same_review_twice_is_one() => Given(Dormant).WhenTwice(state => ReviewDormant(state, Days.Today, "nothing new")).ThenNothing();

    [Fact]
    public void A_dormant_case_is_reviewed_again_the_next_year()
    {
        var nextYear = Days.Today.AddYears(1);

        Given([.. Dormant, new DormantCaseReviewed(Days.Today, Personal.Of(Enquirer, "nothing new"))])
            .When(state => ReviewDormant(state, nextYear, "nothing new")).Then(new DormantCaseReviewed(nextYear, Personal.Of(Enquirer, "nothing new")));
    }

    [Theory, Spec(Refused, nameof(ReviewDormant))]
    [MemberData(nameof(NotDormant))]
    public void Only_a_dormant_case_is_reviewed(ITracingRequestEvent[] facts) =>
        Given(facts).When(state => ReviewDormant(state, Days.Today, "nothing new")).ThenRefused(TracingRequestRefusals.NotDormant);

    public static TheoryData<ITracingRequestEvent[]> NotDormant => [[], Interview, Submitted, Searching, Suspended, Closed];

    [Theory, Spec(Success, nameof(Close))]
    [InlineData(ClosureOutcome.FoundByFamily)]
    [InlineData(ClosureOutcome.UnableToSearch)]
    [InlineData(ClosureOutcome.InsufficientData)]
    [InlineData(ClosureOutcome.Transferred)]
    public void A_case_is_closed_with_an_outcome_that_says_nothing_of_the_found_person(ClosureOutcome outcome)
    {
        Given(Searching).When(state => Close(state, outcome)).Then(new CaseClosed(outcome));
        Given(Submitted).When(state => Close(state, outcome)).Then(new CaseClosed(outcome));
    }

    [Fact, Spec(Repetition, nameof(Close))]
    public void A_case_is_closed_once() => Given(Searching).WhenTwice(state => Close(state, ClosureOutcome.Transferred)).ThenNothing();

    [Fact]
    public void A_closed_case_keeps_its_outcome() =>
        Given(Closed).When(state => Close(state, ClosureOutcome.Transferred)).ThenRefused(TracingRequestRefusals.AlreadyEnded);

    [Fact]
    public void A_sealed_refusal_never_closes_a_case_where_others_see_it() =>
        Given(Searching).When(state => Close(state, ClosureOutcome.NoDisclosure)).ThenRefused(TracingRequestRefusals.SealedOutcome);

    [Fact]
    public void Withdrawing_is_the_enquirers_own_act()
    {
        Given(Searching).When(state => Close(state, ClosureOutcome.Withdrawn)).ThenRefused(TracingRequestRefusals.OutcomeNotSupported);
        Given(Submitted).When(state => Close(state, ClosureOutcome.Withdrawn)).ThenRefused(TracingRequestRefusals.OutcomeNotSupported);
        Given(Interview).When(state => Close(state, ClosureOutcome.Withdrawn)).ThenRefused(TracingRequestRefusals.NotOpen);
    }

    [Theory, Spec(Refused, nameof(Close))]
    [MemberData(nameof(NotToClose))]
    public void A_draft_or_an_ended_request_is_not_closed(ITracingRequestEvent[] facts) =>
        Given(facts).When(state => Close(state, ClosureOutcome.UnableToSearch)).ThenRefused(TracingRequestRefusals.NotOpen);

    public static TheoryData<ITracingRequestEvent[]> NotToClose => [[], Interview, Declined, Withdrawn];

    /// <summary>Which outcome each release supports; without one, none of them.</summary>
    [Theory]
    [InlineData(ClosureOutcome.ContactRestored, true, false, false)]
    [InlineData(ClosureOutcome.AliveNewsOnly, true, true, false)]
    [InlineData(ClosureOutcome.Detained, true, true, false)]
    [InlineData(ClosureOutcome.Deceased, false, false, true)]
    [InlineData(ClosureOutcome.PartialAnswer, true, true, true)]
    public void An_outcome_that_speaks_of_the_found_person_needs_their_release(ClosureOutcome outcome, bool coordinates, bool aliveOnly, bool dead)
    {
        void Expect(bool supported, params ITracingRequestEvent[] released)
        {
            var answer = Given([.. Searching, .. released]).When(state => Close(state, outcome));
            if (supported)
                answer.Then(new CaseClosed(outcome));
            else
                answer.ThenRefused(TracingRequestRefusals.OutcomeNotSupported);
        }

        Expect(false);
        Expect(coordinates, Located);
        Expect(aliveOnly, LocatedAlive);
        Expect(dead, Fate);
        Expect(false, Located, new DisclosureRetracted(Brother));
    }

    [Theory]
    [InlineData(ClosureOutcome.ContactRestored, false)]
    [InlineData(ClosureOutcome.AliveNewsOnly, false)]
    [InlineData(ClosureOutcome.Detained, false)]
    [InlineData(ClosureOutcome.PartialAnswer, false)]
    [InlineData(ClosureOutcome.Deceased, true)]
    [InlineData(ClosureOutcome.PartialAnswer, true)]
    public void One_of_several_who_was_found_supports_the_outcome(ClosureOutcome outcome, bool dead) =>
        Given([.. Searching, SisterAdded, dead ? Fate : Located]).When(state => Close(state, outcome)).Then(new CaseClosed(outcome));

    [Fact]
    public void A_duplicate_is_linked_to_what_it_repeats()
    {
        Given(Searching).When(state => Close(state, ClosureOutcome.Duplicate)).ThenRefused(TracingRequestRefusals.OutcomeNotSupported);
        Given([.. Searching, new TracingRequestsLinked(OtherRequestId, LinkReason.SameSoughtPerson)])
            .When(state => Close(state, ClosureOutcome.Duplicate)).Then(new CaseClosed(ClosureOutcome.Duplicate));
    }

    [Theory, Spec(Success, nameof(Reopen))]
    [MemberData(nameof(Reopenable))]
    public void Reopening_is_always_possible(ITracingRequestEvent[] facts, Stage back)
    {
        var after = Given(facts).When(state => Reopen(state, ReopeningReason.NewInformation)).Then(new CaseReopened(ReopeningReason.NewInformation));

        Assert.Equal(back, Stages.Of(after.State));
    }

    public static TheoryData<ITracingRequestEvent[], Stage> Reopenable => new()
    {
        { Declined, Stage.Submitted },
        { Closed, Stage.Searching },
        { Withdrawn, Stage.Searching },
        { Suspended, Stage.Searching },
        { Dormant, Stage.Searching },
        { [.. Interview, new TracingRequestWithdrawn()], Stage.Interview },
        { [.. Submitted, new TracingRequestWithdrawn()], Stage.Submitted },
        { [.. Submitted, new CaseClosed(ClosureOutcome.UnableToSearch)], Stage.Submitted },
    };

    [Theory, Spec(Repetition, nameof(Reopen))]
    [MemberData(nameof(Reopenable))]
    public void A_case_is_reopened_once(ITracingRequestEvent[] facts, Stage _) =>
        Given(facts).WhenTwice(state => Reopen(state, ReopeningReason.NewInformation)).ThenNothing();

    [Fact, Spec(Refused, nameof(Reopen))]
    public void What_does_not_exist_is_not_reopened() =>
        Given().When(state => Reopen(state, ReopeningReason.Mistake)).ThenRefused(TracingRequestRefusals.NothingToReopen);

    [Theory, Spec(Success, nameof(Withdraw))]
    [MemberData(nameof(Living))]
    public void The_enquirer_can_withdraw_at_any_time(ITracingRequestEvent[] facts) =>
        Given(facts).When(Withdraw).Then(new TracingRequestWithdrawn());

    public static TheoryData<ITracingRequestEvent[]> Living => [Interview, Submitted, Accepted, Searching, Suspended, Dormant];

    [Fact, Spec(Repetition, nameof(Withdraw))]
    public void Withdrawing_twice_is_withdrawing() => Given(Searching).WhenTwice(Withdraw).ThenNothing();

    [Fact, Spec(Refused, nameof(Withdraw))]
    public void There_is_nothing_to_stop_in_a_request_that_has_ended_or_never_began()
    {
        Given(Closed).When(Withdraw).ThenNothing();
        Given(Declined).When(Withdraw).ThenNothing();
        Given().When(Withdraw).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    [Fact, Spec(Success, nameof(MoveDeadline))]
    public void A_deadline_of_one_case_can_be_moved() => Given(Submitted).When(state => MoveDeadline(state, Acceptance, Due, "holidays"))
        .Then(new DeadlineMoved(Acceptance, Due, Personal.Of(Enquirer, "holidays")));

    [Fact]
    public void One_of_several_open_deadlines_can_be_moved()
    {
        var news = TracingRequestDeadlines.Of(Request(Accepted)).Single(open => open.Key.Kind == DeadlineKind.NewsToEnquirer).Key;

        Given(Accepted).When(state => MoveDeadline(state, news, Due, "she asked to be called in June"))
            .Then(new DeadlineMoved(news, Due, Personal.Of(Enquirer, "she asked to be called in June")));
    }

    [Fact, Spec(Repetition, nameof(MoveDeadline))]
    public void Moving_to_the_same_moment_twice_changes_nothing() =>
        Given(Submitted).WhenTwice(state => MoveDeadline(state, Acceptance, Due, "holidays")).ThenNothing();

    [Fact]
    public void A_deadline_can_be_moved_again() => Given([.. Submitted, new DeadlineMoved(Acceptance, Due, Personal.Of(Enquirer, "holidays"))])
        .When(state => MoveDeadline(state, Acceptance, Due.AddDays(1), "holidays"))
        .Then(new DeadlineMoved(Acceptance, Due.AddDays(1), Personal.Of(Enquirer, "holidays")));

    [Fact, Spec(Refused, nameof(MoveDeadline))]
    public void Only_a_deadline_that_is_ahead_can_be_moved()
    {
        Given(Accepted).When(state => MoveDeadline(state, Acceptance, Due, "holidays")).ThenRefused(TracingRequestRefusals.DeadlineNotOpen);
        Given([.. Submitted, new DeadlinePassed(Acceptance, Due)])
            .When(state => MoveDeadline(state, Acceptance, Due, "holidays")).ThenRefused(TracingRequestRefusals.DeadlineNotOpen);
        Given().When(state => MoveDeadline(state, Acceptance, Due, "holidays")).ThenRefused(TracingRequestRefusals.DeadlineNotOpen);
    }

    [Fact, Spec(Success, nameof(PassDeadline))]
    public void A_deadline_that_fell_is_recorded() =>
        Given(Submitted).When(state => PassDeadline(state, Acceptance, Due)).Then(new DeadlinePassed(Acceptance, Due));

    [Fact, Spec(Repetition, nameof(PassDeadline))]
    public void A_deadline_falls_once() => Given(Submitted).WhenTwice(state => PassDeadline(state, Acceptance, Due)).ThenNothing();

    [Fact, Spec(NeverRefused, nameof(PassDeadline))]
    public void A_deadline_whose_wait_is_over_does_not_fall()
    {
        Given(Accepted).When(state => PassDeadline(state, Acceptance, Due)).ThenNothing();
        Given().When(state => PassDeadline(state, Acceptance, Due)).ThenNothing();
        Given(Submitted).When(state => PassDeadline(state, Acceptance with { Occurrence = 2 }, Due)).ThenNothing();
    }

    [Fact]
    public void Two_years_without_leads_make_a_case_dormant()
    {
        var noLeads = new DeadlineKey(DeadlineKind.NoLeads, "", Days.Morning, 1);

        Given(Searching).When(state => PassDeadline(state, noLeads, Due)).Then(new DeadlinePassed(noLeads, Due), new CaseMadeDormant());
        Given(Searching).WhenTwice(state => PassDeadline(state, noLeads, Due)).ThenNothing();
    }

    [Fact]
    public void An_enquirer_who_stays_unreachable_suspends_the_case()
    {
        var unreachable = new DeadlineKey(DeadlineKind.EnquirerUnreachable, "", Days.Morning, 1);
        ITracingRequestEvent[] facts =
        [
            .. Searching,
            new EnquirerUnreachableRecorded(Id(701), ContactChannel.Phone, Days.Today),
            new EnquirerUnreachableRecorded(Id(702), ContactChannel.Phone, Days.Today),
            new EnquirerUnreachableRecorded(Id(703), ContactChannel.Sms, Days.Today),
        ];

        Given(facts).When(state => PassDeadline(state, unreachable, Due))
            .Then(new DeadlinePassed(unreachable, Due), new CaseSuspended(SuspensionReason.EnquirerUnreachable));
        Given(facts).WhenTwice(state => PassDeadline(state, unreachable, Due)).ThenNothing();
    }

    private static DeadlineKey Acceptance => new(DeadlineKind.AcceptanceDecision, "", Days.Morning, 1);
}
