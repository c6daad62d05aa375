using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.DataSubjects.DataSubjectDecider;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.DataSubjects;

[SpecsOf(typeof(DataSubjectDecider))]
public sealed class DataSubjectDeciderSpecs
{
    private static readonly Guid Privacy = Id(21);
    private static readonly Guid Asked = Id(31);
    private static readonly ProcessingRestricted Restricted = new(Enquirer, RestrictionGround.Objection, Asked);
    private static readonly LegalHoldPlaced Held = new(Enquirer, Id(41), LegalHoldReason.LegalClaim, Privacy, Personal.Of(Enquirer, "A court asked."));
    private static readonly PersonErased Erased = new(Enquirer, ErasureGround.DataSubjectRequest, Asked);

    private static Story<DataSubject, IDataSubjectEvent> Given(params IDataSubjectEvent[] facts) =>
        new Story<DataSubject, IDataSubjectEvent>(StreamKinds.DataSubject, DataSubject.Initial).And(facts);

    private static Decision<IDataSubjectEvent> EraseNow(DataSubject state, bool sought = false) =>
        Erase(state, Enquirer, ErasureGround.DataSubjectRequest, Asked, sought);

    [Fact, Spec(Success, nameof(Restrict)), Spec(Repetition, nameof(Restrict))]
    public void Processing_is_restricted() => Given().When(state => Restrict(state, Enquirer, RestrictionGround.Objection, Asked)).Then(Restricted)
        .When(state => Restrict(state, Enquirer, RestrictionGround.Objection, Asked)).ThenNothing();

    [Fact, Spec(Refused, nameof(Restrict))]
    public void Nothing_is_restricted_twice_or_after_the_erasure()
    {
        Given(Restricted).When(state => Restrict(state, Enquirer, RestrictionGround.Restriction, Id(32))).ThenRefused(DataSubjectRefusals.AlreadyRestricted);
        Given(Erased).When(state => Restrict(state, Enquirer, RestrictionGround.Restriction, Asked)).ThenRefused(DataSubjectRefusals.PersonErased);
    }

    [Fact, Spec(Success, nameof(LiftRestriction)), Spec(Repetition, nameof(LiftRestriction))]
    public void A_restriction_is_lifted_and_may_come_back() => Given(Restricted).When(state => LiftRestriction(state, Privacy)).Then(new ProcessingRestrictionLifted(Privacy))
        .When(state => LiftRestriction(state, Privacy)).ThenNothing();

    [Fact, Spec(Refused, nameof(LiftRestriction))]
    public void An_erased_person_stays_as_they_are() => Given(Erased).When(state => LiftRestriction(state, Privacy)).ThenRefused(DataSubjectRefusals.PersonErased);

    [Fact, Spec(Success, nameof(PlaceHold)), Spec(Repetition, nameof(PlaceHold))]
    public void A_hold_is_placed() => Given().When(state => PlaceHold(state, Enquirer, Held.HoldId, Held.Reason, "A court asked.", Privacy)).Then(Held)
        .When(state => PlaceHold(state, Enquirer, Held.HoldId, Held.Reason, "A court asked.", Privacy)).ThenNothing();

    [Fact, Spec(Refused, nameof(PlaceHold))]
    public void A_hold_has_one_content_and_does_not_come_back()
    {
        Given(Held).When(state => PlaceHold(state, Enquirer, Held.HoldId, LegalHoldReason.CourtOrder, null, Privacy)).ThenRefused(DataSubjectRefusals.HoldRecordedDifferently);
        Given(Held, new LegalHoldLifted(Held.HoldId, Privacy)).When(state => PlaceHold(state, Enquirer, Held.HoldId, Held.Reason, "A court asked.", Privacy))
            .ThenRefused(DataSubjectRefusals.HoldRecordedDifferently);
        Given(Erased).When(state => PlaceHold(state, Enquirer, Held.HoldId, Held.Reason, null, Privacy)).ThenRefused(DataSubjectRefusals.PersonErased);
    }

    [Fact, Spec(Success, nameof(LiftHold)), Spec(Repetition, nameof(LiftHold))]
    public void A_hold_is_lifted() => Given(Held).When(state => LiftHold(state, Held.HoldId, Privacy)).Then(new LegalHoldLifted(Held.HoldId, Privacy))
        .When(state => LiftHold(state, Held.HoldId, Privacy)).ThenNothing();

    [Fact, Spec(Refused, nameof(LiftHold))]
    public void Only_a_hold_that_is_there_is_lifted() => Given().When(state => LiftHold(state, Held.HoldId, Privacy)).ThenRefused(DataSubjectRefusals.HoldUnknown);

    [Fact, Spec(Success, nameof(Erase)), Spec(Repetition, nameof(Erase))]
    public void A_person_is_erased_once() => Given().When(state => EraseNow(state)).Then(Erased).When(state => EraseNow(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(Erase))]
    public void Holds_and_an_open_search_stop_an_erasure()
    {
        Given(Held).When(state => EraseNow(state)).ThenRefused(DataSubjectRefusals.OnHold([Held]));
        Given(Held, new LegalHoldLifted(Held.HoldId, Privacy)).When(state => EraseNow(state)).Then(Erased);
        Given().When(state => EraseNow(state, sought: true)).ThenRefused(DataSubjectRefusals.SoughtInOpenRequest);
    }

    [Fact]
    public void What_cannot_have_happened_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Given(Erased, Erased));
        Assert.Throws<InvalidOperationException>(() => Given(new ProcessingRestrictionLifted(Privacy)));
        Assert.Throws<InvalidOperationException>(() => Given(new LegalHoldLifted(Held.HoldId, Privacy)));
    }

    [Fact]
    public void The_stream_of_a_person_is_not_their_registration() => Assert.NotEqual(Enquirer.Value, DataSubject.StreamOf(Enquirer));

    [Fact]
    public void The_refusal_names_every_reason_of_the_holds_once_and_in_order()
    {
        var other = Held with { HoldId = Id(42), Reason = LegalHoldReason.CourtOrder };

        Given(Held, other, other with { HoldId = Id(43) }).When(state => EraseNow(state))
            .ThenRefused(new Refusal("person-on-legal-hold", Values: ["CourtOrder", "LegalClaim"]));
    }

    [Fact]
    public void A_hold_needs_no_explanation() => Given().When(state => PlaceHold(state, Enquirer, Held.HoldId, Held.Reason, null, Privacy))
        .Then(Held with { Explanation = null });
}
