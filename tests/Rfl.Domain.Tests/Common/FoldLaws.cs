using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Common;

/// <summary>The laws of folding: what was decided is what is remembered, and what cannot have happened is refused loudly.</summary>
public sealed class FoldLaws
{
    private static readonly Func<TracingRequest, int, Decision<ITracingRequestEvent>>[] Commands =
    [
        (state, _) => InterviewDecider.Start(state, Started),
        (state, n) => InterviewDecider.ReceiveDocument(state, $"f{n % 2}"),
        (state, n) => InterviewDecider.RegisterEnquirer(state, Registered with { IsMinor = n % 5 == 0 }),
        (state, n) => InterviewDecider.PutSoughtPerson(
            state, Person(n), Domain.People.FamilyRelation.Brother, new SoughtPersonCircumstances(IsAlone: n % 3 == 0), BrotherDetails, (Provenance)(n % 2), Policy.Default),
        (state, n) => InterviewDecider.RecordLossOfContact(state, Lost(Person(n))),
        (state, n) => InterviewDecider.RecordSecurityAssessment(state, AllMeans with { DoNotSearch = n % 11 == 0 }, null),
        (state, n) => InterviewDecider.GiveConsent(state, TransferConsent with { ConsentId = Id(200 + (n % 4)) }),
        (state, n) => InterviewDecider.WithdrawConsent(state, Id(200 + (n % 4)), Days.Today),
        (state, n) => InterviewDecider.ReviewConsent(state, Id(200 + (n % 4)), Days.Today.AddDays(n % 2)),
        (state, _) => InterviewDecider.Submit(state, Policy.Default),
        (state, _) => InterviewDecider.Submit(state, Policy.Default),
        (state, _) => AssessmentDecider.Accept(state),
        (state, _) => AssessmentDecider.Accept(state),
        (state, n) => n % 7 == 0 ? AssessmentDecider.Decline(state, DeclineReason.Other, "elsewhere") : Decision.Unchanged,
        (state, n) => AssessmentDecider.AssignPriority(state, (Priority)(1 + (n % 5)), "judged"),
        (state, n) => AssessmentDecider.Assign(state, Id(n % 3)),
        (state, n) => AssessmentDecider.RequestInformation(state, Id(600 + (n % 3)), "which?"),
        (state, n) => AssessmentDecider.ProvideInformation(state, Id(600 + (n % 3)), "this"),
        (state, n) => AssessmentDecider.Link(state, RequestId, new TracingRequestId(Id(100 + (n % 3))), LinkReason.SameFamily),
        (state, n) => AssessmentDecider.Unlink(state, new TracingRequestId(Id(100 + (n % 3)))),
        (state, n) => SearchDecider.Plan(state, Id(300 + (n % 4)), Person(n), (SearchMeans)(n % 10), null, "look", Policy.Default),
        (state, n) => SearchDecider.CarryOut(state, Id(300 + (n % 4)), Days.Today, (SearchResult)(n % 4), Provenance.OwnStaff, "looked", Days.Today),
        (state, n) => SearchDecider.ReceiveLead(state, Id(330 + (n % 4)), Person(n), Provenance.Partner, "heard"),
        (state, n) => LifeDecider.InformEnquirer(state, Id(800 + (n % 4)), (NewsKind)(n % 8), Person(n), ContactChannel.InPerson, Days.Today, null, Days.Today, Policy.Default),
        (state, n) => LifeDecider.RecordUnreachable(state, Id(700 + (n % 4)), (ContactChannel)(n % 3), Days.Today, Days.Today),
        (state, n) => LifeDecider.Suspend(state, (SuspensionReason)(n % 2)),
        (state, _) => LifeDecider.MakeDormant(state),
        (state, n) => LifeDecider.ReviewDormant(state, Days.Today.AddDays(n % 2), "nothing"),
        (state, n) => n % 3 == 0 ? LifeDecider.Close(state, (ClosureOutcome)(n % 12)) : Decision.Unchanged,
        (state, n) => LifeDecider.Reopen(state, (ReopeningReason)(n % 6)),
        (state, n) => n % 7 == 0 ? LifeDecider.Withdraw(state) : Decision.Unchanged,
        (state, n) => LifeDecider.ReleaseLocation(state, Person(n), (DisclosedExtent)(n % 2), null),
        (state, n) => LifeDecider.ReleaseFate(state, Person(n), Personal.Of(Person(n), "Registrar"), Death),
        (state, n) => LifeDecider.Retract(state, Person(n)),
    ];

    private static readonly Arbitrary<int[]> Courses = Gen.Choose(0, 99_999).ArrayOf(120).ToArbitrary();

    [Fact]
    public void Every_decided_fact_folds_and_the_same_command_again_changes_nothing() => Laws.Hold(Prop.ForAll(Courses, course =>
    {
        var state = TracingRequest.Initial;
        foreach (var number in course)
        {
            var command = Commands[number % Commands.Length];
            if (command(state, number / Commands.Length) is not Decision<ITracingRequestEvent>.Accepted accepted)
                continue;
            foreach (var happened in accepted.Events)
                state = TracingRequest.Evolve(state, happened, Days.Morning);
            if (command(state, number / Commands.Length) is not Decision<ITracingRequestEvent>.Unchanged)
                return false;
        }

        return true;
    }));

    [Fact]
    public void A_stream_read_at_once_is_the_state_reached_step_by_step() => Laws.Hold(Prop.ForAll(Courses, course =>
    {
        var facts = new List<(ITracingRequestEvent Event, DateTimeOffset At)>();
        var state = TracingRequest.Initial;
        foreach (var number in course)
        {
            if (Commands[number % Commands.Length](state, number / Commands.Length) is not Decision<ITracingRequestEvent>.Accepted accepted)
                continue;
            foreach (var happened in accepted.Events)
            {
                facts.Add((happened, Days.Morning.AddHours(facts.Count)));
                state = TracingRequest.Evolve(state, happened, facts[^1].At);
            }
        }

        var again = StreamKinds.TracingRequest.Fold(facts);
        return state.GetType() == again.GetType()
            && (state is not TracingRequest.Started || Stages.Of(state) == Stages.Of(again))
            && TracingRequestDeadlines.Of(state).SequenceEqual(TracingRequestDeadlines.Of(again));
    }));

    public static TheoryData<ITracingRequestEvent[], ITracingRequestEvent> ImpossibleForRequests => new()
    {
        { [], Registered },
        { [], new TracingRequestSubmitted() },
        { [Started], Started },
        { [Started], Received },
        { Interview, new TracingRequestAccepted() },
        { Interview, new TracingRequestDeclined(DeclineReason.Other, Personal.Of(Enquirer, "elsewhere")) },
        { Interview, new CaseClosed(ClosureOutcome.Transferred) },
        { Interview, new CaseReopened(ReopeningReason.Mistake) },
        { Interview, Lost(Stranger) },
        { Interview, new ConsentWithdrawn(Id(999), Days.Today) },
        { Interview, new ConsentReviewed(Id(999), Days.Today) },
        { Submitted, new TracingRequestSubmitted() },
        { Submitted, new CaseSuspended(SuspensionReason.Security) },
        { Submitted, new CaseMadeDormant() },
        { Accepted, new TracingRequestAccepted() },
        { Accepted, new DormantCaseReviewed(Days.Today, Personal.Of(Enquirer, "nothing")) },
        { Accepted, new CaseReopened(ReopeningReason.Mistake) },
        { Searching, Located with { SoughtPerson = Stranger } },
        { Searching, Fate with { SoughtPerson = Stranger } },
        { Searching, new DisclosureRetracted(Stranger) },
        { Closed, new CaseClosed(ClosureOutcome.Transferred) },
        { Closed, new TracingRequestWithdrawn() },
        { Withdrawn, new CaseMadeDormant() },
    };

    [Theory]
    [MemberData(nameof(ImpossibleForRequests))]
    public void What_cannot_have_happened_to_a_request_is_refused(ITracingRequestEvent[] facts, ITracingRequestEvent impossible)
    {
        var state = Request(facts);

        Assert.Throws<InvalidOperationException>(() => TracingRequest.Evolve(state, impossible, Days.Morning));
    }

    public static TheoryData<IPartnerSearchEvent[], IPartnerSearchEvent> ImpossibleForPartnerSearches => new()
    {
        { [], Transmitted },
        { [], new TransmissionRecalled(RecallReason.Security) },
        { [Prepared], Prepared },
        { [Prepared], new ReceiptAcknowledged(null) },
        { [Prepared], new PartnerResponseReceived(Id(901), PartnerAnswer.Negative, null) },
        { Sent, Transmitted },
        { [.. Sent, new TransmissionRecalled(RecallReason.Security)], new ReceiptAcknowledged(null) },
    };

    [Theory]
    [MemberData(nameof(ImpossibleForPartnerSearches))]
    public void What_cannot_have_happened_to_a_partner_search_is_refused(IPartnerSearchEvent[] facts, IPartnerSearchEvent impossible)
    {
        var state = Specification.GivenSearch(facts).State;

        Assert.Throws<InvalidOperationException>(() => PartnerSearch.Evolve(state, impossible, Days.Morning));
    }

    public static TheoryData<IDisclosureEvent[], IDisclosureEvent> ImpossibleForDisclosures => new()
    {
        { [], Identified },
        { [], ChoseNothing },
        { [], new FindingRevoked(Found.FindingId, Officer, Personal.Of(Brother, "another Zaman")) },
        { ReadyToChoose, new DisclosureCountersigned(ChoseNothing.ChoiceId, SecondOfficer) },
        { ReadyToChoose, new ChildProtectionApprovalGiven(ChoseNothing.ChoiceId, FocalPoint) },
        { [.. ReadyToChoose, ChoseNothing], new DisclosureCountersigned(ChoseCoordinates.ChoiceId, SecondOfficer) },
        { [.. ReadyToChoose, ChoseNothing], new ChildProtectionApprovalGiven(ChoseCoordinates.ChoiceId, FocalPoint) },
        { [Found], new DeathNewsSignedOff(Supervisor) },
    };

    [Theory]
    [MemberData(nameof(ImpossibleForDisclosures))]
    public void What_cannot_have_happened_to_a_disclosure_is_refused(IDisclosureEvent[] facts, IDisclosureEvent impossible)
    {
        var state = DisclosureOf(facts);

        Assert.Throws<InvalidOperationException>(() => Disclosure.Evolve(state, impossible, Days.Morning));
    }

    /// <summary>No fold lets an event of its family pass in silence that it does not know.</summary>
    [Fact]
    public void An_unknown_fact_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => TracingRequest.Evolve(Request(Searching), new UnknownFact(), Days.Morning));
        Assert.Throws<InvalidOperationException>(() => PartnerSearch.Evolve(Specification.GivenSearch(Sent).State, new UnknownFact(), Days.Morning));
        Assert.Throws<InvalidOperationException>(() => Disclosure.Evolve(DisclosureOf(Found), new UnknownFact(), Days.Morning));
        Assert.Throws<InvalidOperationException>(() => Policy.Evolve(Policy.Default, new UnknownFact()));
    }

    [Fact]
    public void Every_event_has_a_stored_name_of_its_own()
    {
        var names = typeof(IDomainEvent).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDomainEvent)))
            .Select(type => type.GetCustomAttribute<EventTypeAttribute>()?.Name)
            .ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches("^[a-z-]+\\.v[1-9]$", name));
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    private static PersonId Person(int number) => number % 3 == 0 ? Sister : Brother;

    private sealed record UnknownFact : ITracingRequestEvent, IPartnerSearchEvent, IDisclosureEvent, IPolicyEvent;
}
