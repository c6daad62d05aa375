using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Disclosures.DisclosureDecider;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Disclosures;

/// <summary>Rules 11 to 13: what the request may learn from the disclosure.</summary>
[SpecsOf(typeof(DisclosureDecider))]
public sealed class ReleaseSpecs
{
    private static readonly DisclosureConsentWithdrawn TakenBack = new(Days.Today, Officer);

    [Theory, Spec(Success, nameof(Release))]
    [MemberData(nameof(Releasing))]
    public void Two_signatures_or_a_sign_off_release(IDisclosureEvent[] disclosure, ITracingRequestEvent released) =>
        Given(Searching).When(request => ReleaseOf(request, disclosure)).Then(released);

    public static TheoryData<IDisclosureEvent[], ITracingRequestEvent> Releasing => new()
    {
        { CoordinatesInForce, Located },
        { AliveOnlyInForce, LocatedAlive },
        { DeathSignedOff, Fate },
        { [.. CoordinatesInForce, .. DeathSignedOff], Fate },
        { [.. AliveOnlyInForce, ChoseCoordinates], LocatedAlive },
    };

    [Theory, Spec(Repetition, nameof(Release))]
    [MemberData(nameof(Releasing))]
    public void What_was_released_is_released_once(IDisclosureEvent[] disclosure, ITracingRequestEvent _) =>
        Given(Searching).WhenTwice(request => ReleaseOf(request, disclosure)).ThenNothing();

    [Theory]
    [MemberData(nameof(NotReleasing))]
    public void Without_them_nothing_is_released(IDisclosureEvent[] disclosure) =>
        Given(Searching).When(request => ReleaseOf(request, disclosure)).ThenNothing();

    [Theory]
    [MemberData(nameof(NotReleasing))]
    public void Without_them_what_was_released_before_is_retracted(IDisclosureEvent[] disclosure)
    {
        foreach (var released in new ITracingRequestEvent[] { Located, LocatedAlive, Fate })
            Given([.. Searching, released]).When(request => ReleaseOf(request, disclosure)).Then(new DisclosureRetracted(Brother));
    }

    public static TheoryData<IDisclosureEvent[]> NotReleasing =>
    [
        [],
        [Found],
        ReadyToChoose,
        [.. ReadyToChoose, ChoseCoordinates],
        [.. ReadyToChoose, ChoseAliveOnly],
        [.. ReadyToChoose, ChoseNothing],
        Sealed,
        [.. Sealed, ChoseCoordinates],
        [.. CoordinatesInForce, TakenBack],
        [.. AliveOnlyInForce, TakenBack],
        [.. CoordinatesInForce, ChoseAliveOnly],
        [.. CoordinatesInForce, ChoseNothing],
        [.. AliveOnlyInForce, ChoseNothing],
        [FoundDead],
        [.. DeathSignedOff, Found],
        [.. DeathSignedOff, .. Sealed],
        [.. CoordinatesInForce, new FindingRevoked(Found.FindingId, Officer, Personal.Of(Brother, "another Zaman"))],
    ];

    [Fact]
    public void A_narrowing_choice_suspends_the_wider_one_before_anybody_signs()
    {
        var after = Given([.. Searching, Located]).When(request => ReleaseOf(request, [.. CoordinatesInForce, ChoseAliveOnly]))
            .Then(new DisclosureRetracted(Brother));

        after.When(request => ReleaseOf(
                request, [.. CoordinatesInForce, ChoseAliveOnly, new DisclosureCountersigned(ChoseAliveOnly.ChoiceId, SecondOfficer)]))
            .Then(LocatedAlive);
    }

    [Fact]
    public void A_widening_choice_waits_for_its_second_signature()
    {
        IDisclosureEvent[] widened = [.. AliveOnlyInForce, ChoseCoordinates];

        Given([.. Searching, LocatedAlive]).When(request => ReleaseOf(request, widened)).ThenNothing();
        Given([.. Searching, LocatedAlive])
            .When(request => ReleaseOf(request, [.. widened, new DisclosureCountersigned(ChoseCoordinates.ChoiceId, SecondOfficer)])).Then(Located);
    }

    [Fact]
    public void A_second_account_of_a_death_is_not_told_on_the_first_ones_signature()
    {
        var second = FoundDead with { FindingId = Id(403), Finding = Personal.Of(Brother, new FindingAccount("a letter", Burial: "Samos")) };

        Given(Searching).When(request => ReleaseOf(request, [.. DeathSignedOff, second])).Then(Fate);
        Given([.. Searching, Fate]).When(request => ReleaseOf(request, [.. DeathSignedOff, second, new DeathNewsSignedOff(Supervisor)]))
            .Then(Fate with { News = Personal.Of(Brother, new DeathNews(null, "Samos")) });
    }

    /// <summary>After an erasure, or where a record is damaged: what was told stays told, and nothing new is.</summary>
    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_releases_nothing_and_takes_nothing_back(IDisclosureEvent[] disclosure)
    {
        Given(Searching).When(request => ReleaseOf(request, disclosure)).ThenNothing();
        foreach (var released in new ITracingRequestEvent[] { Located, LocatedAlive, Fate })
            Given([.. Searching, released]).When(request => ReleaseOf(request, disclosure)).ThenNothing();
    }

    public static TheoryData<IDisclosureEvent[]> Unreadable =>
    [
        [Found with { Finding = Personal.Erased<FindingAccount>(Brother) }],
        [.. ReadyToChoose, Erased(ChoseNothing)],
        [.. ReadyToChoose, Erased(ChoseCoordinates), new DisclosureCountersigned(ChoseCoordinates.ChoiceId, SecondOfficer)],
        [.. CoordinatesInForce, Erased(ChoseNothing)],
        [.. CoordinatesInForce, ChoseNothing with { Choice = Personal.Unreadable<DisclosureChoice>(Brother) }],
    ];

    [Fact]
    public void A_choice_that_cannot_be_read_suspends_the_one_before_it()
    {
        var found = Assert.IsType<Disclosure.Found>(DisclosureOf([.. CoordinatesInForce, Erased(ChoseAliveOnly)]));

        Assert.Equal((null, false, true), (found.InForce, found.IsReadable, found.IsErased));
        Assert.Equal((DisclosureChoice.Coordinates, true, false), DisclosureOf(CoordinatesInForce) is Disclosure.Found whole
            ? (whole.InForce!.Value, whole.IsReadable, whole.IsErased)
            : default);
    }

    [Fact, Spec(Refused, nameof(Release))]
    public void Nothing_is_released_to_a_request_that_seeks_somebody_else() => Given(Searching)
        .When(request => Release(DisclosureOf(CoordinatesInForce), request, Stranger)).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);

    private static ChoiceRecorded Erased(ChoiceRecorded chosen) => chosen with
    {
        Choice = Personal.Erased<DisclosureChoice>(Brother),
        Coordinates = chosen.Coordinates is null ? null : Personal.Erased<string>(Brother),
        Evidence = Personal.Erased<string>(Brother),
    };

    private static Decision<ITracingRequestEvent> ReleaseOf(TracingRequest request, IDisclosureEvent[] disclosure) =>
        Release(DisclosureOf(disclosure), request, Brother);
}
