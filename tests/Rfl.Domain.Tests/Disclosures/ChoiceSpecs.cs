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

/// <summary>Rule 11: the found person decides, in writing, and can change it; handbook §9: always two officers.</summary>
[SpecsOf(typeof(DisclosureDecider))]
public sealed class ChoiceSpecs
{
    private static readonly DisclosureConsentWithdrawn TakenBack = new(Days.Today, Officer);

    public static TheoryData<DisclosureChoice, IDisclosureEvent> Choices => new()
    {
        { DisclosureChoice.Coordinates, ChoseCoordinates },
        { DisclosureChoice.AliveOnly, ChoseAliveOnly },
        { DisclosureChoice.Nothing, ChoseNothing },
    };

    [Theory, Spec(Success, nameof(RecordChoice))]
    [MemberData(nameof(Choices))]
    public void A_written_choice_is_recorded(DisclosureChoice choice, IDisclosureEvent expected) =>
        GivenDisclosure(ReadyToChoose).When(state => Choose(state, choice)).Then(expected);

    [Theory, Spec(Repetition, nameof(RecordChoice))]
    [MemberData(nameof(Choices))]
    public void The_same_choice_twice_is_one(DisclosureChoice choice, IDisclosureEvent _) =>
        GivenDisclosure(ReadyToChoose).WhenTwice(state => Choose(state, choice)).ThenNothing();

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_choice_can_be_changed_at_any_time(DisclosureChoice choice, IDisclosureEvent expected)
    {
        var changed = new Dictionary<DisclosureChoice, IDisclosureEvent[]>
        {
            [DisclosureChoice.Coordinates] = Sealed,
            [DisclosureChoice.AliveOnly] = CoordinatesInForce,
            [DisclosureChoice.Nothing] = AliveOnlyInForce,
        };

        GivenDisclosure(changed[choice]).When(state => Choose(state, choice)).Then(expected);
    }

    [Fact]
    public void A_late_repetition_does_not_undo_a_later_choice()
    {
        GivenDisclosure([.. CoordinatesInForce, ChoseNothing]).When(state => Choose(state, DisclosureChoice.Coordinates)).ThenNothing();
        GivenDisclosure([.. CoordinatesInForce, TakenBack]).When(state => Choose(state, DisclosureChoice.Coordinates)).ThenNothing();
    }

    [Fact]
    public void A_choice_is_not_rewritten()
    {
        var chosen = GivenDisclosure([.. ReadyToChoose, ChoseCoordinates]);

        chosen.When(state => RecordChoice(
                state, ChoseCoordinates.ChoiceId, DisclosureChoice.Coordinates, Days.Today, Officer, "Bremen", "signed form", Days.Today))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        chosen.When(state => RecordChoice(
                state, ChoseCoordinates.ChoiceId, DisclosureChoice.Coordinates, Days.Yesterday, Officer, "Hamburg, +49 000", "signed form", Days.Today))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        chosen.When(state => RecordChoice(
                state, ChoseCoordinates.ChoiceId, DisclosureChoice.Nothing, Days.Today, Officer, null, "signed form", Days.Today))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact, Spec(Refused, nameof(RecordChoice))]
    public void Only_an_identified_and_informed_person_chooses()
    {
        GivenDisclosure().When(state => Choose(state, DisclosureChoice.Nothing)).ThenRefused(DisclosureRefusals.NothingFound);
        GivenDisclosure(Found).When(state => Choose(state, DisclosureChoice.Nothing)).ThenRefused(DisclosureRefusals.IdentityNotVerified);
        GivenDisclosure(Found, Identified).When(state => Choose(state, DisclosureChoice.Nothing)).ThenRefused(DisclosureRefusals.PersonNotInformed);
    }

    [Fact]
    public void The_dead_choose_nothing() => GivenDisclosure([.. ReadyToChoose, FoundDead])
        .When(state => Choose(state, DisclosureChoice.Nothing)).ThenRefused(DisclosureRefusals.NothingFound);

    [Fact]
    public void Nobody_signed_tomorrow() => GivenDisclosure(ReadyToChoose)
        .When(state => RecordChoice(state, Id(503), DisclosureChoice.Nothing, Days.Tomorrow, Officer, null, "signed form", Days.Today))
        .ThenRefused(TracingRequestRefusals.DateInFuture);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Coordinates_to_pass_on_are_given(string? coordinates) => GivenDisclosure(ReadyToChoose)
        .When(state => RecordChoice(state, Id(501), DisclosureChoice.Coordinates, Days.Today, Officer, coordinates, "signed form", Days.Today))
        .ThenRefused(DisclosureRefusals.CoordinatesMissing);

    [Fact]
    public void A_narrower_choice_keeps_no_coordinates() => GivenDisclosure(ReadyToChoose)
        .When(state => RecordChoice(state, ChoseAliveOnly.ChoiceId, DisclosureChoice.AliveOnly, Days.Today, Officer, "Hamburg", "signed form", Days.Today))
        .Then(ChoseAliveOnly);

    /// <summary>Protecting needs no permission; a choice as wide as the one in force, or wider, waits for its second signature.</summary>
    [Fact]
    public void A_narrower_choice_suspends_the_one_in_force_and_no_other_does()
    {
        var again = ChoseAliveOnly with { ChoiceId = Id(504), SignedOn = Days.Tomorrow };

        Assert.Equal(DisclosureChoice.AliveOnly, InForce([.. AliveOnlyInForce, again]));
        Assert.Equal(DisclosureChoice.AliveOnly, InForce([.. AliveOnlyInForce, ChoseCoordinates]));
        Assert.Null(InForce([.. AliveOnlyInForce, ChoseNothing]));
        Assert.Null(InForce([.. CoordinatesInForce, ChoseAliveOnly]));

        static DisclosureChoice? InForce(IDisclosureEvent[] facts) => ((Disclosure.Found)DisclosureOf(facts)).InForce;
    }

    [Fact, Spec(Success, nameof(Countersign))]
    public void A_second_officer_signs() => GivenDisclosure([.. ReadyToChoose, ChoseCoordinates])
        .When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer))
        .Then(new DisclosureCountersigned(ChoseCoordinates.ChoiceId, SecondOfficer));

    [Fact, Spec(Repetition, nameof(Countersign))]
    public void A_second_officer_signs_once() => GivenDisclosure([.. ReadyToChoose, ChoseCoordinates])
        .WhenTwice(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer)).ThenNothing();

    [Fact, Spec(Refused, nameof(Countersign))]
    public void Always_two_officers() => GivenDisclosure([.. ReadyToChoose, ChoseCoordinates])
        .When(state => Countersign(state, ChoseCoordinates.ChoiceId, Officer)).ThenRefused(DisclosureRefusals.SecondOfficerNeeded);

    [Fact]
    public void A_third_officer_has_nothing_to_sign() =>
        GivenDisclosure(CoordinatesInForce).When(state => Countersign(state, ChoseCoordinates.ChoiceId, Supervisor))
            .ThenRefused(DisclosureRefusals.AlreadyCountersigned);

    [Fact]
    public void Only_the_latest_choice_is_signed()
    {
        GivenDisclosure([.. ReadyToChoose, ChoseCoordinates, ChoseNothing])
            .When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
        GivenDisclosure([.. ReadyToChoose, ChoseCoordinates, TakenBack])
            .When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
        GivenDisclosure(ReadyToChoose)
            .When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
        GivenDisclosure()
            .When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
    }

    [Fact]
    public void A_childs_disclosure_needs_the_focal_point_a_childs_refusal_does_not()
    {
        var child = GivenDisclosure(FoundChild, Identified, Informed);

        child.And(ChoseCoordinates).When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer))
            .ThenRefused(DisclosureRefusals.ChildProtectionApprovalMissing);
        child.And(ChoseAliveOnly).When(state => Countersign(state, ChoseAliveOnly.ChoiceId, SecondOfficer))
            .ThenRefused(DisclosureRefusals.ChildProtectionApprovalMissing);
        child.And(ChoseNothing).When(state => Countersign(state, ChoseNothing.ChoiceId, SecondOfficer))
            .Then(new DisclosureCountersigned(ChoseNothing.ChoiceId, SecondOfficer));
        child.And(ChoseCoordinates, new ChildProtectionApprovalGiven(ChoseCoordinates.ChoiceId, FocalPoint))
            .When(state => Countersign(state, ChoseCoordinates.ChoiceId, SecondOfficer))
            .Then(new DisclosureCountersigned(ChoseCoordinates.ChoiceId, SecondOfficer));
    }

    [Fact, Spec(Success, nameof(ApproveForChild))]
    public void The_focal_point_approves_for_a_child() => GivenDisclosure(FoundChild, Identified, Informed, ChoseCoordinates)
        .When(state => ApproveForChild(state, ChoseCoordinates.ChoiceId, FocalPoint))
        .Then(new ChildProtectionApprovalGiven(ChoseCoordinates.ChoiceId, FocalPoint));

    [Fact, Spec(Repetition, nameof(ApproveForChild))]
    public void The_focal_point_approves_once() => GivenDisclosure(FoundChild, Identified, Informed, ChoseCoordinates)
        .WhenTwice(state => ApproveForChild(state, ChoseCoordinates.ChoiceId, FocalPoint)).ThenNothing();

    [Fact, Spec(Refused, nameof(ApproveForChild))]
    public void Only_the_latest_choice_is_approved()
    {
        GivenDisclosure(FoundChild, Identified, Informed, ChoseCoordinates, ChoseAliveOnly)
            .When(state => ApproveForChild(state, ChoseCoordinates.ChoiceId, FocalPoint)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
        GivenDisclosure(FoundChild)
            .When(state => ApproveForChild(state, ChoseCoordinates.ChoiceId, FocalPoint)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
        GivenDisclosure().When(state => ApproveForChild(state, ChoseCoordinates.ChoiceId, FocalPoint)).ThenRefused(DisclosureRefusals.ChoiceUnknown);
    }

    [Theory, Spec(Success, nameof(WithdrawConsent))]
    [MemberData(nameof(Consented))]
    public void Consent_is_taken_back(IDisclosureEvent[] facts) =>
        GivenDisclosure(facts).When(state => WithdrawConsent(state, Days.Today, Officer)).Then(TakenBack);

    public static TheoryData<IDisclosureEvent[]> Consented =>
        [CoordinatesInForce, AliveOnlyInForce, [.. ReadyToChoose, ChoseCoordinates], [.. ReadyToChoose, ChoseAliveOnly]];

    [Fact, Spec(Repetition, nameof(WithdrawConsent))]
    public void Consent_is_taken_back_once()
    {
        GivenDisclosure(CoordinatesInForce).WhenTwice(state => WithdrawConsent(state, Days.Today, Officer)).ThenNothing();
        GivenDisclosure(Sealed).When(state => WithdrawConsent(state, Days.Today, Officer)).ThenNothing();
        GivenDisclosure(Found).When(state => WithdrawConsent(state, Days.Today, Officer)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(WithdrawConsent))]
    public void Where_nobody_was_found_nobody_consented() =>
        GivenDisclosure().When(state => WithdrawConsent(state, Days.Today, Officer)).ThenRefused(DisclosureRefusals.NothingFound);

    private static Decision<IDisclosureEvent> Choose(Disclosure state, DisclosureChoice choice) => choice switch
    {
        DisclosureChoice.Coordinates => RecordChoice(
            state, ChoseCoordinates.ChoiceId, choice, Days.Today, Officer, ChoseCoordinates.Coordinates!.Value, "signed form", Days.Today),
        DisclosureChoice.AliveOnly => RecordChoice(state, ChoseAliveOnly.ChoiceId, choice, Days.Today, Officer, null, "signed form", Days.Today),
        _ => RecordChoice(state, ChoseNothing.ChoiceId, choice, Days.Today, Officer, null, "signed form", Days.Today),
    };
}
