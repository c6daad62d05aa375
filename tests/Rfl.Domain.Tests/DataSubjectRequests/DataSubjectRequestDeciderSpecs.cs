using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.DataSubjectRequests.DataSubjectRequestDecider;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.DataSubjectRequests;

[SpecsOf(typeof(DataSubjectRequestDecider))]
public sealed class DataSubjectRequestDeciderSpecs
{
    private static readonly Guid Privacy = Id(21);

    private static readonly DataSubjectRequestReceived Received = new(
        Enquirer, DataSubjectRight.Access, Requester.Self, Days.Today, "prs", RequestId, Volunteer, Personal.Of(Enquirer, new RequestAccount("What do you know of me?")));

    private static readonly RequesterIdentityVerified Verified = new(IdentityProof.KnownToStaff, Days.Today, Privacy);
    private static readonly DataSubjectRequestExtended Extended = new(ExtensionReason.Complexity, Privacy);
    private static readonly DataSubjectRequestAnswered Answered = new(DataSubjectAnswer.Granted, Privacy);
    private static readonly RectificationCarriedOut Rectified = new(RequestId.Value, 5);

    private static readonly DeadlineKey FirstMonth = new(DeadlineKind.DataSubjectRequestAnswer, "", Days.Morning, 1);

    private static Story<DataSubjectRequest, IDataSubjectRequestEvent> Given(params IDataSubjectRequestEvent[] facts) =>
        new Story<DataSubjectRequest, IDataSubjectRequestEvent>(StreamKinds.DataSubjectRequest, DataSubjectRequest.Initial).And(facts);

    private static Decision<IDataSubjectRequestEvent> ReceiveNow(
        DataSubjectRequest state, DataSubjectRequestReceived? received = null, IdentityProof? proof = null, bool sought = false) =>
        Receive(state, received ?? Received, proof, sought, Days.Today);

    [Fact, Spec(Success, nameof(Receive))]
    public void A_request_is_received_and_an_own_account_proves_who_asks()
    {
        Given().When(state => ReceiveNow(state)).Then(Received);
        Given().When(state => ReceiveNow(state, proof: IdentityProof.OwnAccount))
            .Then(Received, new RequesterIdentityVerified(IdentityProof.OwnAccount, Days.Today, Volunteer));
    }

    [Fact, Spec(Repetition, nameof(Receive))]
    public void The_same_request_again_is_one_request()
    {
        Given().WhenTwice(state => ReceiveNow(state)).ThenNothing();
        Given(Received, Verified, Answered).When(state => ReceiveNow(state)).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(Receive))]
    public void A_request_has_one_content_and_a_day_that_has_come()
    {
        Given(Received).When(state => ReceiveNow(state, Received with { Right = DataSubjectRight.Erasure })).ThenRefused(DataSubjectRequestRefusals.RecordedDifferently);
        Given().When(state => ReceiveNow(state, Received with { ReceivedOn = Days.Tomorrow })).ThenRefused(DataSubjectRequestRefusals.ReceivedInFuture);
    }

    [Fact]
    public void Whoever_is_sought_is_heard_inside_the_circle_and_only_the_enquirer_may_ask_about_them_outside()
    {
        Given().When(state => ReceiveNow(state, Received, sought: true)).ThenRefused(DataSubjectRequestRefusals.HeardByOfficers);
        Given().When(state => ReceiveNow(state, Received with { Requester = Requester.LegalRepresentative }, sought: true))
            .ThenRefused(DataSubjectRequestRefusals.HeardByOfficers);
        var byEnquirer = Received with { Requester = Requester.Enquirer };
        Given().When(state => ReceiveNow(state, byEnquirer, sought: true)).Then(byEnquirer);
    }

    [Fact, Spec(Success, nameof(VerifyIdentity)), Spec(Repetition, nameof(VerifyIdentity))]
    public void Who_asks_is_verified() =>
        Given(Received).When(state => VerifyIdentity(state, IdentityProof.KnownToStaff, Days.Today, Privacy, Days.Today)).Then(Verified)
            .When(state => VerifyIdentity(state, IdentityProof.KnownToStaff, Days.Today, Privacy, Days.Today)).ThenNothing();

    [Fact]
    public void Another_proof_or_another_day_is_written_down()
    {
        Given(Received, Verified).When(state => VerifyIdentity(state, IdentityProof.IdentityDocument, Days.Today, Privacy, Days.Today))
            .Then(Verified with { Proof = IdentityProof.IdentityDocument });
        Given(Received, Verified).When(state => VerifyIdentity(state, IdentityProof.KnownToStaff, Days.Yesterday, Privacy, Days.Today))
            .Then(Verified with { VerifiedOn = Days.Yesterday });
    }

    /// <summary>Where a Society chases a request more often, each reminder falls once.</summary>
    [Fact]
    public void A_second_reminder_falls_after_the_first()
    {
        var second = FirstMonth with { Occurrence = 2 };

        Given(Received, new DataSubjectRequestOverdue(FirstMonth, Days.At(2026, 4, 3, 8))).When(state => PassDeadline(state, second, Days.At(2026, 5, 3, 8)))
            .Then(new DataSubjectRequestOverdue(second, Days.At(2026, 5, 3, 8)));
    }

    [Fact, Spec(Refused, nameof(VerifyIdentity))]
    public void Nobody_is_verified_tomorrow_or_after_the_end()
    {
        Given(Received).When(state => VerifyIdentity(state, IdentityProof.KnownToStaff, Days.Tomorrow, Privacy, Days.Today))
            .ThenRefused(DataSubjectRequestRefusals.VerifiedInFuture);
        Given().When(state => VerifyIdentity(state, IdentityProof.KnownToStaff, Days.Today, Privacy, Days.Today)).ThenRefused(DataSubjectRequestRefusals.NotReceived);
        Given(Received, new DataSubjectRequestWithdrawn(Days.Today)).When(state => VerifyIdentity(state, IdentityProof.KnownToStaff, Days.Today, Privacy, Days.Today))
            .ThenRefused(DataSubjectRequestRefusals.Ended);
    }

    [Fact, Spec(Success, nameof(Extend)), Spec(Repetition, nameof(Extend))]
    public void The_month_becomes_three_once() =>
        Given(Received).When(state => Extend(state, ExtensionReason.Complexity, Privacy, Days.NextMorning, Policy.Default)).Then(Extended)
            .When(state => Extend(state, ExtensionReason.Complexity, Privacy, Days.NextMorning, Policy.Default)).ThenNothing();

    [Fact, Spec(Refused, nameof(Extend))]
    public void Nothing_is_extended_twice_or_after_the_month()
    {
        Given(Received, Extended).When(state => Extend(state, ExtensionReason.NumberOfRequests, Privacy, Days.NextMorning, Policy.Default))
            .ThenRefused(DataSubjectRequestRefusals.AlreadyExtended);
        Given(Received).When(state => Extend(state, ExtensionReason.Complexity, Privacy, Days.At(2026, 4, 3, 8), Policy.Default))
            .ThenRefused(DataSubjectRequestRefusals.ExtensionTooLate);
        Given(Received, new DataSubjectRequestOverdue(FirstMonth, Days.At(2026, 4, 3, 8)))
            .When(state => Extend(state, ExtensionReason.Complexity, Privacy, Days.NextMorning, Policy.Default)).ThenRefused(DataSubjectRequestRefusals.ExtensionTooLate);
        Given().When(state => Extend(state, ExtensionReason.Complexity, Privacy, Days.NextMorning, Policy.Default)).ThenRefused(DataSubjectRequestRefusals.NotReceived);
    }

    [Fact]
    public void The_deadline_is_a_calendar_month_and_an_extended_one_three()
    {
        var last = Given().And(Days.At(2026, 1, 31), Received).State;
        Assert.Equal(Days.At(2026, 2, 28), Policy.Default.DueAt(Assert.Single(DataSubjectRequestDeadlines.Of(last))));
        // Summer time begins between: nine UTC in winter is eight in summer.
        Assert.Equal(Days.At(2026, 6, 3, 8), Policy.Default.DueAt(Assert.Single(DataSubjectRequestDeadlines.Of(Given(Received, Extended).State))));
        Assert.Empty(DataSubjectRequestDeadlines.Of(Given(Received, Verified, Answered).State));
    }

    [Fact, Spec(Success, nameof(PassDeadline)), Spec(Repetition, nameof(PassDeadline)), Spec(NeverRefused, nameof(PassDeadline))]
    public void A_deadline_that_falls_makes_the_request_overdue_once()
    {
        var dueAt = Days.At(2026, 4, 3, 8);
        var overdue = Given(Received).When(state => PassDeadline(state, FirstMonth, dueAt)).Then(new DataSubjectRequestOverdue(FirstMonth, dueAt));
        Assert.True(((DataSubjectRequest.Open)overdue.State).File.IsOverdue);
        overdue.When(state => PassDeadline(state, FirstMonth, dueAt)).ThenNothing();
        Given(Received, Verified, Answered).When(state => PassDeadline(state, FirstMonth, dueAt)).ThenNothing();
        Given(Received, Extended).When(state => PassDeadline(state, FirstMonth, dueAt)).ThenNothing();
    }

    [Fact, Spec(Success, nameof(NoteRectification)), Spec(Repetition, nameof(NoteRectification))]
    public void A_correction_is_noted_with_the_request_that_led_to_it() =>
        Given(Received with { Right = DataSubjectRight.Rectification }).When(state => NoteRectification(state, RequestId.Value, 5, true)).Then(Rectified)
            .When(state => NoteRectification(state, RequestId.Value, 5, true)).ThenNothing();

    [Fact, Spec(Refused, nameof(NoteRectification))]
    public void Only_corrections_are_noted_and_only_for_a_rectification()
    {
        Given(Received with { Right = DataSubjectRight.Rectification }).When(state => NoteRectification(state, RequestId.Value, 5, false))
            .ThenRefused(DataSubjectRequestRefusals.NoCorrection);
        Given(Received).When(state => NoteRectification(state, RequestId.Value, 5, true)).ThenRefused(DataSubjectRequestRefusals.OtherRight);
        Given().When(state => NoteRectification(state, RequestId.Value, 5, true)).ThenRefused(DataSubjectRequestRefusals.NotReceived);
    }

    [Fact, Spec(Success, nameof(Answer)), Spec(Repetition, nameof(Answer))]
    public void A_request_is_answered_once()
    {
        Given(Received, Verified).When(state => Answer(state, DataSubjectAnswer.Granted, Privacy, false)).Then(Answered)
            .When(state => Answer(state, DataSubjectAnswer.Granted, Privacy, false)).ThenNothing();
        Given(Received with { Right = DataSubjectRight.Rectification }, Verified, Rectified).When(state => Answer(state, DataSubjectAnswer.Granted, Privacy, false)).Then(Answered);
        Given(Received with { Right = DataSubjectRight.Erasure }, Verified).When(state => Answer(state, DataSubjectAnswer.Granted, Privacy, true)).Then(Answered);
    }

    [Fact, Spec(Refused, nameof(Answer))]
    public void A_yes_needs_a_known_requester_and_its_effect()
    {
        Given(Received).When(state => Answer(state, DataSubjectAnswer.Granted, Privacy, false)).ThenRefused(DataSubjectRequestRefusals.IdentityNotVerified);
        Given(Received with { Right = DataSubjectRight.Rectification }, Verified).When(state => Answer(state, DataSubjectAnswer.Granted, Privacy, false))
            .ThenRefused(DataSubjectRequestRefusals.RectificationMissing);
        foreach (var right in new[] { DataSubjectRight.Erasure, DataSubjectRight.Restriction, DataSubjectRight.Objection })
        {
            Given(Received with { Right = right }, Verified).When(state => Answer(state, DataSubjectAnswer.PartlyGranted, Privacy, false))
                .ThenRefused(DataSubjectRequestRefusals.EffectMissing);
            Given(Received with { Right = right }, Verified).When(state => Answer(state, DataSubjectAnswer.NothingHeld, Privacy, false))
                .Then(new DataSubjectRequestAnswered(DataSubjectAnswer.NothingHeld, Privacy));
        }

        Given(Received, Verified, Answered).When(state => Answer(state, DataSubjectAnswer.PartlyGranted, Privacy, false)).ThenRefused(DataSubjectRequestRefusals.Ended);
    }

    [Fact, Spec(Success, nameof(Refuse)), Spec(Repetition, nameof(Refuse))]
    public void A_request_is_refused_with_a_reason() =>
        Given(Received).When(state => Refuse(state, RequestRefusalReason.IdentityNotVerified, "Nobody knew her.", Privacy))
            .Then(new DataSubjectRequestRefused(RequestRefusalReason.IdentityNotVerified, Privacy, Personal.Of(Enquirer, "Nobody knew her.")))
            .When(state => Refuse(state, RequestRefusalReason.IdentityNotVerified, "Nobody knew her.", Privacy)).ThenNothing();

    [Fact, Spec(Refused, nameof(Refuse))]
    public void A_refusal_is_explained_and_comes_before_the_end()
    {
        Given(Received).When(state => Refuse(state, RequestRefusalReason.Excessive, " ", Privacy)).ThenRefused(DataSubjectRequestRefusals.ExplanationMissing);
        Given(Received, Verified, Answered).When(state => Refuse(state, RequestRefusalReason.Excessive, "no", Privacy)).ThenRefused(DataSubjectRequestRefusals.Ended);
    }

    [Fact, Spec(Success, nameof(Withdraw)), Spec(Repetition, nameof(Withdraw))]
    public void A_request_is_withdrawn() =>
        Given(Received).When(state => Withdraw(state, Days.Today)).Then(new DataSubjectRequestWithdrawn(Days.Today))
            .When(state => Withdraw(state, Days.Tomorrow)).ThenNothing();

    [Fact, Spec(Refused, nameof(Withdraw))]
    public void What_was_answered_is_not_withdrawn()
    {
        Given(Received, Verified, Answered).When(state => Withdraw(state, Days.Today)).ThenRefused(DataSubjectRequestRefusals.Ended);
        Given().When(state => Withdraw(state, Days.Today)).ThenRefused(DataSubjectRequestRefusals.NotReceived);
    }

    [Fact]
    public void What_cannot_have_happened_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Given(Answered));
        Assert.Throws<InvalidOperationException>(() => Given(Received, Received));
        Assert.Throws<InvalidOperationException>(() => Given(Received, Verified, Answered, Extended));
    }
}
