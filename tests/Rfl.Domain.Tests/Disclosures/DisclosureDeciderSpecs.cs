using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Disclosures;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Disclosures.DisclosureDecider;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Disclosures;

/// <summary>From the finding to the informed person; their choice is specified in <see cref="ChoiceSpecs"/>.</summary>
[SpecsOf(typeof(DisclosureDecider))]
public sealed class DisclosureDeciderSpecs
{
    private static readonly ContactAttempted Attempt =
        new(Id(411), ContactChannel.Phone, Days.Today, Personal.Of(Brother, "no answer"));

    private static readonly DateTimeOffset Due = Days.At(2026, 3, 17);

    [Theory, Spec(Success, nameof(RecordFinding))]
    [MemberData(nameof(AfterSubmission))]
    public void A_finding_is_recorded_whatever_became_of_the_request(ITracingRequestEvent[] facts) =>
        GivenDisclosure().When(state => Find(state, Found, facts)).Then(Found);

    public static TheoryData<ITracingRequestEvent[]> AfterSubmission => [Submitted, Searching, Suspended, Dormant, Closed, Withdrawn];

    [Fact, Spec(Repetition, nameof(RecordFinding))]
    public void The_same_finding_twice_is_one() => GivenDisclosure().WhenTwice(state => Find(state, Found)).ThenNothing();

    [Fact]
    public void A_finding_is_not_rewritten() => GivenDisclosure(Found)
        .When(state => Find(state, Found with { Source = FindingSource.Partner })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact]
    public void A_revoked_finding_does_not_come_back_by_repetition() =>
        GivenDisclosure(Found, Revoked).When(state => Find(state, Found)).ThenNothing();

    [Fact]
    public void Another_finding_follows_a_revoked_one() =>
        GivenDisclosure(Found, Revoked).When(state => Find(state, FoundDead)).Then(FoundDead);

    [Fact]
    public void A_later_finding_counts_and_the_earlier_one_is_kept()
    {
        var story = GivenDisclosure(Found).When(state => Find(state, FoundDead)).Then(FoundDead);

        Assert.Equal(FoundDead, Assert.IsType<Disclosure.Found>(story.State).Finding);
        story.When(state => Find(state, Found)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(RecordFinding))]
    public void Nobody_is_found_for_a_draft()
    {
        GivenDisclosure().When(state => Find(state, Found, Interview)).ThenRefused(TracingRequestRefusals.NotSubmitted);
        GivenDisclosure().When(state => Find(state, Found, [])).ThenRefused(TracingRequestRefusals.NotSubmitted);
    }

    [Fact]
    public void A_finding_speaks_of_a_person_of_the_request() => GivenDisclosure()
        .When(state => Find(state, Found with { SoughtPerson = Stranger })).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);

    [Fact]
    public void Nobody_was_found_tomorrow()
    {
        var today = Found with { FoundOn = Days.Today };

        GivenDisclosure().When(state => Find(state, Found with { FoundOn = Days.Tomorrow })).ThenRefused(TracingRequestRefusals.DateInFuture);
        GivenDisclosure().When(state => Find(state, today)).Then(today);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_death_is_confirmed_by_an_authority(string? authority) => GivenDisclosure()
        .When(state => Find(state, FoundDead with { ConfirmingAuthority = authority is null ? null : Personal.Of(Brother, authority) })).ThenRefused(DisclosureRefusals.ConfirmingAuthorityMissing);

    [Fact, Spec(Success, nameof(RevokeFinding))]
    public void A_wrong_finding_is_revoked() => GivenDisclosure(ReadyToChoose).When(Revoke).Then(Revoked);

    [Fact]
    public void A_sealed_or_unsigned_finding_can_still_be_revoked()
    {
        GivenDisclosure(Sealed).When(Revoke).Then(Revoked);
        GivenDisclosure([.. ReadyToChoose, ChoseCoordinates]).When(Revoke).Then(Revoked);
    }

    [Fact, Spec(Repetition, nameof(RevokeFinding))]
    public void A_finding_is_revoked_once()
    {
        GivenDisclosure(Found).WhenTwice(Revoke).ThenNothing();
        GivenDisclosure().When(Revoke).ThenNothing();
    }

    [Theory, Spec(Refused, nameof(RevokeFinding))]
    [MemberData(nameof(Released))]
    public void What_was_released_cannot_be_revoked(IDisclosureEvent[] facts) =>
        GivenDisclosure(facts)
        .When(state => RevokeFinding(state, ((Disclosure.Found)state).Finding.FindingId, Officer, "another Zaman"))
        .ThenRefused(DisclosureRefusals.AlreadyReleased);

    [Fact]
    public void Only_the_finding_that_was_meant_is_revoked() =>
        GivenDisclosure(Found).When(state => RevokeFinding(state, Id(499), Officer, "another Zaman")).ThenRefused(DisclosureRefusals.NothingFound);

    [Fact]
    public void Nothing_is_signed_while_a_death_is_reported() => GivenDisclosure([.. ReadyToChoose, ChoseAliveOnly, FoundDead])
        .When(state => Countersign(state, ((Disclosure.Found)state).Choice!.ChoiceId, SecondOfficer)).ThenRefused(DisclosureRefusals.DeathReported);

    public static TheoryData<IDisclosureEvent[]> Released => [CoordinatesInForce, AliveOnlyInForce, DeathSignedOff];

    [Fact, Spec(Success, nameof(AttemptContact))]
    public void An_attempt_to_reach_the_found_person_is_recorded()
    {
        GivenDisclosure(Found).When(state => AttemptContact(state, Id(411), ContactChannel.Phone, Days.Today, "no answer", Days.Today)).Then(Attempt);
        GivenDisclosure(Found).When(state => AttemptContact(state, Id(411), ContactChannel.Phone, Days.Today, null, Days.Today))
            .Then(Attempt with { Note = null });
    }

    [Fact, Spec(Repetition, nameof(AttemptContact))]
    public void The_same_attempt_twice_is_one() => GivenDisclosure(Found)
        .WhenTwice(state => AttemptContact(state, Id(411), ContactChannel.Phone, Days.Today, "no answer", Days.Today)).ThenNothing();

    [Fact, Spec(Refused, nameof(AttemptContact))]
    public void An_attempt_has_somebody_to_reach_a_past_day_and_is_not_rewritten()
    {
        GivenDisclosure().When(state => AttemptContact(state, Id(411), ContactChannel.Phone, Days.Today, null, Days.Today))
            .ThenRefused(DisclosureRefusals.NothingFound);
        GivenDisclosure(Found).When(state => AttemptContact(state, Id(411), ContactChannel.Phone, Days.Tomorrow, null, Days.Today))
            .ThenRefused(TracingRequestRefusals.DateInFuture);
        GivenDisclosure(Found, Attempt).When(state => AttemptContact(state, Id(411), ContactChannel.Sms, Days.Today, "no answer", Days.Today))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact, Spec(Success, nameof(VerifyIdentity))]
    public void The_identity_is_verified_and_can_be_verified_better()
    {
        var better = Identified with { How = Personal.Of(Brother, "photo shown to the mother") };

        GivenDisclosure(Found).When(state => VerifyIdentity(state, Days.Today, "passport and mother's name", Days.Today)).Then(Identified);
        GivenDisclosure(Found, Identified).When(state => VerifyIdentity(state, Days.Today, "photo shown to the mother", Days.Today)).Then(better);
    }

    [Fact, Spec(Repetition, nameof(VerifyIdentity))]
    public void The_same_verification_twice_is_one() => GivenDisclosure(Found)
        .WhenTwice(state => VerifyIdentity(state, Days.Today, "passport and mother's name", Days.Today)).ThenNothing();

    [Fact, Spec(Refused, nameof(VerifyIdentity))]
    public void Only_somebody_found_has_an_identity_to_verify_and_not_tomorrow()
    {
        GivenDisclosure().When(state => VerifyIdentity(state, Days.Today, "passport", Days.Today)).ThenRefused(DisclosureRefusals.NothingFound);
        GivenDisclosure(Found).When(state => VerifyIdentity(state, Days.Tomorrow, "passport", Days.Today)).ThenRefused(TracingRequestRefusals.DateInFuture);
    }

    [Fact, Spec(Success, nameof(Inform))]
    public void The_found_person_is_informed() => GivenDisclosure(Found, Identified).When(state => Tell(state)).Then(Informed);

    [Fact, Spec(Repetition, nameof(Inform))]
    public void Informing_twice_is_informing() => GivenDisclosure(Found, Identified).WhenTwice(state => Tell(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(Inform))]
    public void Nobody_is_informed_before_their_identity_is_verified() =>
        GivenDisclosure(Found).When(state => Tell(state)).ThenRefused(DisclosureRefusals.IdentityNotVerified);

    [Fact]
    public void There_is_nobody_to_inform_where_nobody_or_a_death_was_found()
    {
        GivenDisclosure().When(state => Tell(state)).ThenRefused(DisclosureRefusals.NothingFound);
        GivenDisclosure(FoundDead, Identified).When(state => Tell(state)).ThenRefused(DisclosureRefusals.NothingFound);
    }

    [Fact]
    public void Nobody_was_informed_tomorrow() =>
        GivenDisclosure(Found, Identified).When(state => Tell(state, on: Days.Tomorrow)).ThenRefused(TracingRequestRefusals.DateInFuture);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_child_is_informed_accompanied(string? nobody)
    {
        GivenDisclosure(FoundChild, Identified).When(state => Tell(state, accompaniedBy: nobody)).ThenRefused(DisclosureRefusals.ChildNotAccompanied);
        GivenDisclosure(FoundChild, Identified).When(state => Tell(state, accompaniedBy: "her aunt"))
            .Then(Informed with { AccompaniedBy = Personal.Of(Brother, "her aunt") });
    }

    [Fact, Spec(Success, nameof(SignOffDeathNews))]
    public void A_supervisor_signs_off_the_news_of_a_death() =>
        GivenDisclosure(FoundDead).When(state => SignOffDeathNews(state, Supervisor)).Then(new DeathNewsSignedOff(Supervisor));

    [Fact, Spec(Repetition, nameof(SignOffDeathNews))]
    public void A_death_is_signed_off_once()
    {
        GivenDisclosure(FoundDead).WhenTwice(state => SignOffDeathNews(state, Supervisor)).ThenNothing();
        GivenDisclosure(DeathSignedOff).When(state => SignOffDeathNews(state, SecondOfficer)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(SignOffDeathNews))]
    public void Whoever_reported_a_death_does_not_sign_it_off() =>
        GivenDisclosure(FoundDead).When(state => SignOffDeathNews(state, Caseworker)).ThenRefused(DisclosureRefusals.SecondOfficerNeeded);

    [Fact]
    public void There_is_no_death_to_sign_off_where_none_was_found()
    {
        GivenDisclosure().When(state => SignOffDeathNews(state, Supervisor)).ThenRefused(DisclosureRefusals.NoDeathFound);
        GivenDisclosure(Found).When(state => SignOffDeathNews(state, Supervisor)).ThenRefused(DisclosureRefusals.NoDeathFound);
        GivenDisclosure([.. DeathSignedOff, Found]).When(state => SignOffDeathNews(state, Supervisor)).ThenRefused(DisclosureRefusals.NoDeathFound);
    }

    [Fact]
    public void Another_account_of_a_death_is_signed_off_anew()
    {
        var second = FoundDead with { FindingId = Id(403) };

        GivenDisclosure([.. DeathSignedOff, second]).When(state => SignOffDeathNews(state, Supervisor)).Then(new DeathNewsSignedOff(Supervisor));
    }

    [Fact, Spec(Success, nameof(ExchangeContact))]
    public void Contact_is_exchanged_where_coordinates_may_be_passed_on() =>
        GivenDisclosure(CoordinatesInForce).When(state => ExchangeContact(state, Days.Today)).Then(new ContactExchanged(Days.Today));

    [Fact, Spec(Repetition, nameof(ExchangeContact))]
    public void Contact_is_exchanged_once() => GivenDisclosure(CoordinatesInForce).WhenTwice(state => ExchangeContact(state, Days.Today)).ThenNothing();

    [Theory, Spec(Refused, nameof(ExchangeContact))]
    [MemberData(nameof(WithoutCoordinates))]
    public void Contact_is_exchanged_on_no_other_ground(IDisclosureEvent[] facts) =>
        GivenDisclosure(facts).When(state => ExchangeContact(state, Days.Today)).ThenRefused(DisclosureRefusals.NotReleased);

    public static TheoryData<IDisclosureEvent[]> WithoutCoordinates =>
        [[], ReadyToChoose, [.. ReadyToChoose, ChoseCoordinates], AliveOnlyInForce, Sealed, DeathSignedOff];

    [Fact, Spec(Success, nameof(PassDeadline))]
    public void The_deadline_of_the_first_attempt_falls() =>
        GivenDisclosure(Found).When(state => PassDeadline(state, FirstAttempt, Due)).Then(new DisclosureDeadlinePassed(FirstAttempt, Due));

    [Fact, Spec(Repetition, nameof(PassDeadline))]
    public void The_deadline_of_the_first_attempt_falls_once() =>
        GivenDisclosure(Found).WhenTwice(state => PassDeadline(state, FirstAttempt, Due)).ThenNothing();

    [Fact, Spec(NeverRefused, nameof(PassDeadline))]
    public void After_an_attempt_the_deadline_does_not_fall()
    {
        GivenDisclosure(Found, Attempt).When(state => PassDeadline(state, FirstAttempt, Due)).ThenNothing();
        GivenDisclosure(ReadyToChoose).When(state => PassDeadline(state, FirstAttempt, Due)).ThenNothing();
        GivenDisclosure(FoundDead).When(state => PassDeadline(state, FirstAttempt, Due)).ThenNothing();
        GivenDisclosure().When(state => PassDeadline(state, FirstAttempt, Due)).ThenNothing();
    }

    private static DeadlineKey FirstAttempt => new(DeadlineKind.LocatedPersonContact, "found-person", Days.Morning, 1);

    private static FindingRevoked Revoked => new(Found.FindingId, Officer, Personal.Of(Brother, "another Zaman"));

    private static Decision<IDisclosureEvent> Find(Disclosure state, FindingRecorded finding, ITracingRequestEvent[]? request = null) =>
        RecordFinding(state, Request(request ?? Searching), finding, Days.Today);

    private static Decision<IDisclosureEvent> Revoke(Disclosure state) => RevokeFinding(state, Found.FindingId, Officer, "another Zaman");

    private static Decision<IDisclosureEvent> Tell(Disclosure state, DateOnly? on = null, string? accompaniedBy = null) =>
        Inform(state, on ?? Days.Today, "prs", throughInterpreter: true, accompaniedBy, Days.Today);
}
