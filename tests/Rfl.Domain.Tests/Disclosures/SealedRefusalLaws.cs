using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Disclosures;

/// <summary>Rule 12 over any course that a disclosure may take, judged from its recorded facts alone and not from the state under test.</summary>
public sealed class SealedRefusalLaws
{
    private static readonly Guid[] Officers = [Officer, SecondOfficer, Caseworker];

    /// <summary>What anybody may try, in any order; most of it is refused.</summary>
    private static readonly Func<Disclosure, int, Decision<IDisclosureEvent>>[] Commands =
    [
        (state, n) => DisclosureDecider.RecordFinding(state, Request(Searching), Found with { FindingId = Id(410 + (n % 3)) }, Days.Today),
        (state, n) => DisclosureDecider.RecordFinding(state, Request(Searching), FoundChild with { FindingId = Id(420 + (n % 3)) }, Days.Today),
        (state, n) => DisclosureDecider.RecordFinding(state, Request(Searching), FoundDead with { FindingId = Id(430 + (n % 3)) }, Days.Today),
        (state, n) => DisclosureDecider.RevokeFinding(
            state, (state as Disclosure.Found)?.Finding.FindingId ?? Guid.Empty, Officers[n % 3], "another Zaman"),
        (state, _) => DisclosureDecider.VerifyIdentity(state, Days.Today, "passport", Days.Today),
        (state, _) => DisclosureDecider.VerifyIdentity(state, Days.Today, "passport", Days.Today),
        (state, _) => DisclosureDecider.Inform(state, Days.Today, "prs", true, "an aunt", Days.Today),
        (state, _) => DisclosureDecider.Inform(state, Days.Today, "prs", true, "an aunt", Days.Today),
        (state, n) => Choose(state, DisclosureChoice.Coordinates, n),
        (state, n) => Choose(state, DisclosureChoice.AliveOnly, n),
        (state, n) => Choose(state, DisclosureChoice.Nothing, n),
        (state, n) => DisclosureDecider.ApproveForChild(state, LatestChoice(state, n), FocalPoint),
        (state, n) => DisclosureDecider.Countersign(state, LatestChoice(state, n), Officers[n % 3]),
        (state, n) => DisclosureDecider.Countersign(state, LatestChoice(state, n), Officers[(n + 1) % 3]),
        (state, n) => DisclosureDecider.WithdrawConsent(state, Days.Today, Officers[n % 3]),
        (state, n) => DisclosureDecider.SignOffDeathNews(state, Officers[n % 3]),
        (state, _) => DisclosureDecider.ExchangeContact(state, Days.Today),
    ];

    private static readonly Arbitrary<int[]> Courses = Gen.Choose(0, 99_999).ArrayOf(60).ToArbitrary();

    [Fact]
    public void Nothing_is_released_but_by_a_choice_of_two_officers_or_a_death_signed_off() =>
        Laws.Hold(Prop.ForAll(Courses, course => Replay(course).All(step => step.Released switch
        {
            SoughtPersonLocated { Extent: DisclosedExtent.Coordinates, Coordinates: not null } => Chosen(step.History, DisclosureChoice.Coordinates),
            SoughtPersonLocated { Extent: DisclosedExtent.AliveOnly, Coordinates: null } => Chosen(step.History, DisclosureChoice.AliveOnly),
            FateEstablished => DeathMayBeTold(step.History),
            DisclosureRetracted => !Chosen(step.History, DisclosureChoice.Coordinates) && !DeathMayBeTold(step.History),
            null => true,
            _ => false,
        })));

    [Fact]
    public void A_history_that_ends_in_a_refusal_releases_nothing() =>
        Laws.Hold(Prop.ForAll(Courses, course =>
        {
            var history = Replay(course).LastOrDefault()?.History ?? [];
            return Enumerable.Range(0, history.Count)
                .Where(end => Choice(history[end]) == DisclosureChoice.Nothing)
                .All(end => DisclosureDecider.Release(DisclosureOf(history.Take(end + 1)), Request(Searching), Brother)
                    is Decision<ITracingRequestEvent>.Unchanged);
        }));

    /// <summary>The laws above say something only if the courses reach releases, refusals and retractions.</summary>
    [Fact]
    public void The_courses_reach_every_kind_of_release()
    {
        var steps = new List<Step>();
        Laws.Hold(Prop.ForAll(Courses, course => steps.AddRange(Replay(course))));

        Assert.Contains(steps, step => step.Released is SoughtPersonLocated { Extent: DisclosedExtent.Coordinates });
        Assert.Contains(steps, step => step.Released is SoughtPersonLocated { Extent: DisclosedExtent.AliveOnly });
        Assert.Contains(steps, step => step.Released is FateEstablished);
        Assert.Contains(steps, step => step.Released is DisclosureRetracted);
        Assert.Contains(steps, step => Choice(step.History[^1]) == DisclosureChoice.Nothing);
    }

    private static List<Step> Replay(int[] course)
    {
        var steps = new List<Step>();
        var (disclosure, request) = (Disclosure.Initial, Request(Searching));
        var history = new List<IDisclosureEvent>();
        foreach (var number in course)
        {
            if (Commands[number % Commands.Length](disclosure, number / Commands.Length) is not Decision<IDisclosureEvent>.Accepted accepted)
                continue;
            foreach (var happened in accepted.Events)
                disclosure = Disclosure.Evolve(disclosure, happened, Days.Morning);
            history.AddRange(accepted.Events);
            var released = DisclosureDecider.Release(disclosure, request, Brother) is Decision<ITracingRequestEvent>.Accepted { Events: [var only] } ? only : null;
            if (released is not null)
                request = TracingRequest.Evolve(request, released, Days.Morning);
            steps.Add(new Step([.. history], released));
        }

        return steps;
    }

    /// <summary>The choice stands, countersigned by another officer, and nothing narrower, no withdrawal and no revocation came after it.</summary>
    private static bool Chosen(IReadOnlyList<IDisclosureEvent> history, DisclosureChoice choice)
    {
        var (happened, index) = history.Select((happened, index) => (happened, index))
            .LastOrDefault(fact => Choice(fact.happened) == choice && IsCountersigned(history, fact.index));
        return happened is not null && !history.Skip(index + 1).Any(later => later is DisclosureConsentWithdrawn or FindingRevoked || Choice(later) > choice);
    }

    private static DisclosureChoice? Choice(IDisclosureEvent happened) => (happened as ChoiceRecorded)?.Choice.Value;

    private static bool IsCountersigned(IReadOnlyList<IDisclosureEvent> history, int index)
    {
        var choice = (ChoiceRecorded)history[index];
        return history.Skip(index).Any(later => later is DisclosureCountersigned signed && signed.ChoiceId == choice.ChoiceId && signed.Officer != choice.RecordedBy);
    }

    private static bool DeathMayBeTold(IReadOnlyList<IDisclosureEvent> history)
    {
        var signed = history.Select((happened, index) => (happened, index)).LastOrDefault(fact => fact.happened is DeathNewsSignedOff);
        return signed.happened is DeathNewsSignedOff signature
            && history.Take(signed.index).Last(earlier => earlier is FindingRecorded) is FindingRecorded { Kind: FindingKind.Deceased } death
            && death.ReportedBy != signature.Supervisor
            && !history.Skip(signed.index).Any(later => later is FindingRevoked or FindingRecorded { Kind: FindingKind.Located });
    }

    private static Decision<IDisclosureEvent> Choose(Disclosure state, DisclosureChoice choice, int number) => DisclosureDecider.RecordChoice(
        state, Id(510 + (number % 40)), choice, Days.Today, Officers[number % 3], "Hamburg", "signed form", Days.Today);

    private static Guid LatestChoice(Disclosure state, int number) =>
        state is Disclosure.Found { Choice: { } choice } ? choice.ChoiceId : Id(510 + (number % 40));

    private sealed record Step(IReadOnlyList<IDisclosureEvent> History, ITracingRequestEvent? Released);
}
