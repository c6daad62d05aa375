using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;
using static Rfl.Domain.TracingRequests.InterviewDecider;

namespace Rfl.Domain.Tests.TracingRequests;

/// <summary>Handbook §3: withdrawing is as easy as giving and acts at once.</summary>
[SpecsOf(typeof(InterviewDecider))]
public sealed class ConsentSpecs
{
    [Theory, Spec(Success, nameof(GiveConsent))]
    [MemberData(nameof(AnyTimeOfLife))]
    public void Consent_can_be_given_at_any_time_of_a_requests_life(ITracingRequestEvent[] facts)
    {
        var consent = ConsentTo(ConsentPurpose.Media, 203);

        Given(facts).When(state => GiveConsent(state, consent)).Then(new ConsentGiven(consent));
    }

    public static TheoryData<ITracingRequestEvent[]> AnyTimeOfLife => [Interview, Submitted, Searching, Suspended, Dormant, Declined, Closed, Withdrawn];

    [Fact]
    public void What_proves_a_consent_and_who_interpreted_belong_to_it()
    {
        var consent = ConsentTo(ConsentPurpose.Media, 203);
        var given = new ConsentGiven(consent, Personal.Of(Enquirer, "form 12, safe"), Personal.Of(Enquirer, "Farida"));

        Given(Interview).When(state => GiveConsent(state, consent, "form 12, safe", "Farida")).Then(given);
        Given([.. Interview, given]).When(state => GiveConsent(state, consent, "form 12, safe", "Farida")).ThenNothing();
        Given([.. Interview, given]).When(state => GiveConsent(state, consent)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact]
    public void A_sought_person_can_consent_too()
    {
        var consent = ConsentTo(ConsentPurpose.Media, 203) with { Person = Brother };

        Given(Interview).When(state => GiveConsent(state, consent)).Then(new ConsentGiven(consent));
    }

    [Fact, Spec(Repetition, nameof(GiveConsent))]
    public void The_same_consent_twice_is_one() =>
        Given(Started, Registered).WhenTwice(state => GiveConsent(state, TransferConsent)).ThenNothing();

    [Fact, Spec(Refused, nameof(GiveConsent))]
    public void Consent_comes_from_a_person_of_the_request() =>
        Given(Interview).When(state => GiveConsent(state, ConsentTo(ConsentPurpose.Media, 203) with { Person = Stranger }))
            .ThenRefused(TracingRequestRefusals.ConsentOfUnknownPerson);

    [Fact]
    public void A_given_consent_is_not_rewritten() => Given(Interview)
        .When(state => GiveConsent(state, TransferConsent with { Recipient = "DE" })).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);

    [Fact]
    public void Nobody_consents_to_a_request_that_does_not_exist() =>
        Given().When(state => GiveConsent(state, TransferConsent)).ThenRefused(TracingRequestRefusals.EnquirerMissing);

    [Theory, Spec(Success, nameof(WithdrawConsent))]
    [MemberData(nameof(AnyTimeOfLife))]
    public void Withdrawing_is_never_refused_for_the_state_of_the_request(ITracingRequestEvent[] facts)
    {
        var after = Given(facts).When(state => WithdrawConsent(state, TransferConsent.ConsentId, Days.Today))
            .Then(new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today));

        var consents = Assert.IsType<TracingRequest.Started>(after.State, exactMatch: false).File.Consents;
        Assert.False(consents[0].HoldsOn(Days.Today));
        Assert.True(consents[1].HoldsOn(Days.Today));
    }

    [Fact, Spec(Repetition, nameof(WithdrawConsent))]
    public void Withdrawing_twice_is_withdrawing() =>
        Given(Interview).WhenTwice(state => WithdrawConsent(state, TransferConsent.ConsentId, Days.Today)).ThenNothing();

    [Fact]
    public void A_withdrawal_on_a_later_day_changes_nothing_either() => Given([.. Interview, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)])
        .When(state => WithdrawConsent(state, TransferConsent.ConsentId, Days.Tomorrow)).ThenNothing();

    [Fact, Spec(Refused, nameof(WithdrawConsent))]
    public void A_consent_never_given_cannot_be_withdrawn()
    {
        Given(Started, Registered).When(state => WithdrawConsent(state, Id(1), Days.Today)).ThenRefused(TracingRequestRefusals.ConsentUnknown);
        Given().When(state => WithdrawConsent(state, Id(1), Days.Today)).ThenRefused(TracingRequestRefusals.ConsentUnknown);
    }

    [Fact, Spec(Success, nameof(ReviewConsent))]
    public void A_consent_is_reviewed() => Given(Searching).When(state => ReviewConsent(state, TransferConsent.ConsentId, Days.Today))
        .Then(new ConsentReviewed(TransferConsent.ConsentId, Days.Today));

    [Fact, Spec(Repetition, nameof(ReviewConsent))]
    public void The_same_review_twice_is_one() =>
        Given(Searching).WhenTwice(state => ReviewConsent(state, TransferConsent.ConsentId, Days.Today)).ThenNothing();

    [Fact]
    public void A_consent_is_reviewed_again_on_a_later_day() => Given([.. Searching, new ConsentReviewed(TransferConsent.ConsentId, Days.Yesterday)])
        .When(state => ReviewConsent(state, TransferConsent.ConsentId, Days.Today)).Then(new ConsentReviewed(TransferConsent.ConsentId, Days.Today));

    [Fact, Spec(Refused, nameof(ReviewConsent))]
    public void A_withdrawn_or_unknown_consent_is_not_reviewed()
    {
        Given([.. Searching, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)])
            .When(state => ReviewConsent(state, TransferConsent.ConsentId, Days.Today)).ThenRefused(TracingRequestRefusals.ConsentUnknown);
        Given(Searching).When(state => ReviewConsent(state, Id(1), Days.Today)).ThenRefused(TracingRequestRefusals.ConsentUnknown);
        Given().When(state => ReviewConsent(state, Id(1), Days.Today)).ThenRefused(TracingRequestRefusals.ConsentUnknown);
    }
}
