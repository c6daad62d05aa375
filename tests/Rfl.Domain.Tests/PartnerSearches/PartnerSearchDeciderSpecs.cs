using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using static Rfl.Domain.PartnerSearches.PartnerSearchDecider;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Outcome;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.PartnerSearches;

[SpecsOf(typeof(PartnerSearchDecider))]
public sealed class PartnerSearchDeciderSpecs
{
    private static readonly DateTimeOffset Due = Days.At(2026, 6, 3);
    private static readonly PartnerResponseReceived Question =
        new(Id(901), PartnerAnswer.AsksForDetails, Personal.Of(Brother, "which quarter?"));

    private static readonly DetailsProvidedToPartner Details =
        new(Id(901), Personal.Of(Brother, "near the mosque"), [TransferConsent.ConsentId]);
    private static readonly TransmissionRecalled Recalled = new(RecallReason.EnquirerWithdrew);

    [Fact, Spec(Success, nameof(Prepare))]
    public void A_transmission_is_prepared_on_its_consents() => GivenSearch().When(state => Prepare(state)).Then(Prepared);

    [Fact, Spec(Repetition, nameof(Prepare))]
    public void The_same_preparation_twice_is_one() => GivenSearch().WhenTwice(state => Prepare(state)).ThenNothing();

    [Fact]
    public void A_society_is_the_same_in_small_letters()
    {
        GivenSearch().When(state => Prepare(state, society: "de")).Then(Prepared);
        GivenSearch().WhenTwice(state => Prepare(state, society: "de")).ThenNothing();
    }

    [Fact]
    public void A_repeated_preparation_is_answered_whatever_became_of_it()
    {
        GivenSearch(Sent).When(state => Prepare(state, request: Withdrawn)).ThenNothing();
        GivenSearch([.. Sent, Recalled]).When(state => Prepare(state)).ThenNothing();
    }

    [Fact]
    public void A_preparation_is_not_rewritten()
    {
        GivenSearch(Prepared).When(state => Prepare(state, society: "AT")).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        GivenSearch(Prepared).When(state => Prepare(state, person: Sister)).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        GivenSearch(Prepared).When(state => Prepare(state, fields: [TransferField.Relation])).ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
        GivenSearch(Prepared with { TracingRequestId = OtherRequestId }).When(state => Prepare(state))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact, Spec(Refused, nameof(Prepare))]
    public void Only_societies_of_the_network_are_asked() =>
        GivenSearch().When(state => Prepare(state, society: "AT")).ThenRefused(PartnerSearchRefusals.SocietyUnknown);

    [Fact]
    public void A_search_that_may_not_go_out_is_not_prepared()
    {
        GivenSearch().When(state => Prepare(state, request: Submitted)).ThenRefused(TracingRequestRefusals.NotOpen);
        GivenSearch().When(state => Prepare(state, request: Suspended)).ThenRefused(TracingRequestRefusals.SearchSuspended);
        GivenSearch().When(state => Prepare(state, person: Stranger)).ThenRefused(TracingRequestRefusals.SoughtPersonUnknown);
        GivenSearch().When(state => Prepare(state, request: [.. Searching, new SecurityAssessmentRecorded(AllMeans with { AllowedMeans = [SearchMeans.Hospital] }, null)]))
            .ThenRefused(TracingRequestRefusals.MeansNotAllowed(SearchMeans.PartnerSociety));
    }

    [Fact]
    public void Something_is_sent() => GivenSearch().When(state => Prepare(state, fields: [])).ThenRefused(PartnerSearchRefusals.NoFieldChosen);

    [Fact]
    public void Each_withheld_field_is_named_with_its_reason()
    {
        var policy = PolicyWithPartner with
        {
            CountryRules = PolicyWithPartner.CountryRules.Add(Germany, new CountryRule(Germany, WithheldFields: [TransferField.SoughtPersonHealth])),
        };

        GivenSearch().When(state => Prepare(state, fields: [TransferField.SoughtPersonNames, TransferField.SoughtPersonHealth], policy: policy))
            .ThenRefused(new Refusal("fields-withheld", "fields", ["SoughtPersonHealth: CountryPolicy"]));
        GivenSearch().When(state => Prepare(state, request: [.. Searching, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)]))
            .ThenRefused(new Refusal("fields-withheld", "fields", ["SoughtPersonNames: NoConsent", "Relation: NoConsent"]));
    }

    [Fact]
    public void A_childs_or_an_urgent_search_is_urgent()
    {
        var child = new SoughtPersonDetailsCorrected(
            Brother, FamilyRelation.Brother, new SoughtPersonCircumstances(IsMinor: true), null, Personal.Of(Brother, BrotherDetails));
        var judged = new PriorityAssigned(Priority.AtRisk, PriorityReason.Judgement);

        GivenSearch().When(state => Prepare(state, request: [.. Searching, child])).Then(Prepared with { Urgent = true });
        GivenSearch().When(state => Prepare(state, request: [.. Searching, judged])).Then(Prepared with { Urgent = true });
    }

    [Fact, Spec(Success, nameof(Transmit))]
    public void Exactly_the_chosen_fields_leave_the_house() => GivenSearch(Prepared).When(state => Transmit(state)).Then(Transmitted);

    [Fact, Spec(Repetition, nameof(Transmit))]
    public void A_transmission_is_sent_once() => GivenSearch(Prepared).WhenTwice(state => Transmit(state)).ThenNothing();

    [Fact, Spec(Refused, nameof(Transmit))]
    public void Only_what_was_prepared_is_sent()
    {
        GivenSearch().When(state => Transmit(state)).ThenRefused(PartnerSearchRefusals.NotPrepared);
        GivenSearch(Prepared, Recalled).When(state => Transmit(state)).ThenRefused(PartnerSearchRefusals.NotPrepared);
    }

    [Fact]
    public void Permission_is_asked_again_at_the_moment_of_sending()
    {
        GivenSearch(Prepared).When(state => Transmit(state, [.. Searching, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)]))
            .ThenRefused(new Refusal("fields-withheld", null, ["SoughtPersonNames: NoConsent", "Relation: NoConsent"]));
        GivenSearch(Prepared).When(state => Transmit(state, Withdrawn)).ThenRefused(TracingRequestRefusals.NotOpen);
        GivenSearch(Prepared).When(state => PartnerSearchDecider.Transmit(state, Request(Searching), Days.Today, Policy.Default))
            .ThenRefused(PartnerSearchRefusals.SocietyUnknown);
    }

    [Fact, Spec(Success, nameof(Acknowledge))]
    public void A_partner_acknowledges_with_or_without_a_reference()
    {
        GivenSearch(Sent).When(state => Acknowledge(state, "DRK 5")).Then(new ReceiptAcknowledged(Personal.Of(Brother, "DRK 5")));
        GivenSearch(Sent).When(state => Acknowledge(state, null)).Then(new ReceiptAcknowledged(null));
    }

    [Fact, Spec(Repetition, nameof(Acknowledge))]
    public void A_partner_acknowledges_once()
    {
        GivenSearch(Sent).WhenTwice(state => Acknowledge(state, "DRK 5")).ThenNothing();
        GivenSearch([.. Sent, Question]).When(state => Acknowledge(state, "DRK 5")).ThenNothing();
    }

    [Fact, Spec(Refused, nameof(Acknowledge))]
    public void Only_what_was_sent_is_acknowledged()
    {
        GivenSearch(Prepared).When(state => Acknowledge(state, null)).ThenRefused(PartnerSearchRefusals.NotTransmitted);
        GivenSearch().When(state => Acknowledge(state, null)).ThenRefused(PartnerSearchRefusals.NotTransmitted);
        GivenSearch([.. Sent, Recalled]).When(state => Acknowledge(state, null)).ThenRefused(PartnerSearchRefusals.Recalled);
    }

    [Theory, Spec(Success, nameof(Answer))]
    [InlineData(PartnerAnswer.AsksForDetails)]
    [InlineData(PartnerAnswer.Negative)]
    [InlineData(PartnerAnswer.CannotSearch)]
    public void A_partner_answers(PartnerAnswer answer)
    {
        GivenSearch(Sent).When(state => Answer(state, Id(902), answer, "asked in Kassel"))
            .Then(new PartnerResponseReceived(Id(902), answer, Personal.Of(Brother, "asked in Kassel")));
        GivenSearch([.. Sent, Question]).When(state => Answer(state, Id(902), answer, null)).Then(new PartnerResponseReceived(Id(902), answer, null));
    }

    [Fact, Spec(Repetition, nameof(Answer))]
    public void The_same_answer_twice_is_one() =>
        GivenSearch(Sent).WhenTwice(state => Answer(state, Id(902), PartnerAnswer.Negative, "asked in Kassel")).ThenNothing();

    [Fact, Spec(Refused, nameof(Answer))]
    public void A_partner_answers_what_was_sent_and_does_not_rewrite_an_answer()
    {
        GivenSearch(Prepared).When(state => Answer(state, Id(902), PartnerAnswer.Negative, null)).ThenRefused(PartnerSearchRefusals.NotTransmitted);
        GivenSearch([.. Sent, Recalled]).When(state => Answer(state, Id(902), PartnerAnswer.Negative, null)).ThenRefused(PartnerSearchRefusals.Recalled);
        GivenSearch([.. Sent, Question]).When(state => Answer(state, Id(901), PartnerAnswer.Negative, "which quarter?"))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    /// <summary>Rule 12: a finding stands inside the circle; whoever sends it here has a bug.</summary>
    [Theory]
    [InlineData(PartnerAnswer.Located)]
    [InlineData(PartnerAnswer.Deceased)]
    public void A_finding_never_stands_in_a_partner_search(PartnerAnswer answer)
    {
        foreach (var facts in new IPartnerSearchEvent[][] { [], [Prepared], Sent, [.. Sent, Recalled] })
            Assert.Throws<ArgumentException>(() => Answer(GivenSearch(facts).State, Id(902), answer, null));
    }

    [Fact]
    public void A_partner_can_answer_once_it_has_the_search()
    {
        Assert.Null(Refuse(GivenSearch(Sent).State));
        Assert.Equal(PartnerSearchRefusals.Recalled, Refuse(GivenSearch([.. Sent, Recalled]).State));
        Assert.Equal(PartnerSearchRefusals.NotTransmitted, Refuse(GivenSearch(Prepared).State));
    }

    [Fact, Spec(Success, nameof(ProvideDetails))]
    public void A_partners_question_is_answered() =>
        GivenSearch([.. Sent, Question]).When(state => Provide(state, "near the mosque")).Then(Details);

    [Fact, Spec(Repetition, nameof(ProvideDetails))]
    public void A_partners_question_is_answered_once() =>
        GivenSearch([.. Sent, Question]).WhenTwice(state => Provide(state, "near the mosque")).ThenNothing();

    [Fact, Spec(Refused, nameof(ProvideDetails))]
    public void Details_answer_a_question_and_are_not_rewritten()
    {
        GivenSearch(Sent).When(state => Provide(state, "near the mosque")).ThenRefused(PartnerSearchRefusals.NoQuestion);
        GivenSearch(Prepared).When(state => Provide(state, "near the mosque")).ThenRefused(PartnerSearchRefusals.NoQuestion);
        GivenSearch([.. Sent, Question with { Answer = PartnerAnswer.Negative }])
            .When(state => Provide(state, "near the mosque")).ThenRefused(PartnerSearchRefusals.NoQuestion);
        GivenSearch([.. Sent, Question, Details]).When(state => Provide(state, "near the river"))
            .ThenRefused(TracingRequestRefusals.AlreadyRecordedDifferently);
    }

    [Fact]
    public void Words_leave_on_a_consent_that_holds_now()
    {
        var withdrawn = Request([.. Searching, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)]);

        GivenSearch([.. Sent, Question]).When(state => Provide(state, "near the mosque", withdrawn)).ThenRefused(
            TransferRefusals.FieldsWithheld([new TransferAnswer.Withheld(TransferField.Message, WithholdingReason.NoConsent)], "message"));
        GivenSearch([.. Sent, Question]).When(state => Provide(state, "near the mosque", Request(Suspended)))
            .ThenRefused(TracingRequestRefusals.SearchSuspended);
    }

    [Fact]
    public void What_rests_on_a_consent_comes_back_with_it_and_whatever_may_not_leave_now()
    {
        var (search, other) = (new PartnerSearchFile(Prepared) { Sent = Transmitted }, ConsentTo(ConsentPurpose.TransferToPartner, 209));
        var file = ((TracingRequest.Started)Request(Searching)).File;
        var covered = ((TracingRequest.Started)Request([.. Searching, new ConsentGiven(other)])).File;

        Assert.False(MustComeBack(search, null, file, Days.Today, PolicyWithPartner));
        Assert.True(MustComeBack(search, TransferConsent.ConsentId, covered, Days.Today, PolicyWithPartner));
        Assert.False(MustComeBack(search, other.ConsentId, covered, Days.Today, PolicyWithPartner));
        Assert.True(MustComeBack(search with { Sent = Transmitted with { Grounds = [other.ConsentId] } }, other.ConsentId, covered, Days.Today, PolicyWithPartner));
        Assert.True(MustComeBack(search, null, file with { Restrictions = [new TransferRestriction(Brother)] }, Days.Today, PolicyWithPartner));
        Assert.True(MustComeBack(search, null, file with { Consents = [] }, Days.Today, PolicyWithPartner));
    }

    [Fact]
    public void What_only_a_country_or_an_authority_withholds_by_now_was_sent_rightly()
    {
        var search = new PartnerSearchFile(Prepared with { Fields = [TransferField.SoughtPersonNames] }) { Sent = Transmitted };
        var strict = PolicyWithPartner with
        {
            CountryRules = PolicyWithPartner.CountryRules.Add(Germany, new CountryRule(Germany, WithheldFields: [TransferField.SoughtPersonNames])),
        };
        var told = ((TracingRequest.Started)Request([Started, Registered, BrotherAdded with { Provenance = Provenance.Authority }, .. Searching.Skip(3)])).File;

        Assert.False(MustComeBack(search, null, ((TracingRequest.Started)Request(Searching)).File, Days.Today, strict));
        Assert.False(MustComeBack(search, null, told, Days.Today, PolicyWithPartner));
    }

    [Fact]
    public void One_field_that_may_not_be_there_any_more_brings_back_all()
    {
        var search = new PartnerSearchFile(Prepared with { Fields = [TransferField.SoughtPersonNames, TransferField.EnquirerName] }) { Sent = Transmitted };
        var file = ((TracingRequest.Started)Request(Searching)).File with { Restrictions = [new TransferRestriction(Enquirer)] };

        Assert.True(MustComeBack(search, null, file, Days.Today, PolicyWithPartner));
    }

    [Fact]
    public void What_was_answered_on_a_consent_comes_back_with_it_too()
    {
        var other = ConsentTo(ConsentPurpose.TransferToPartner, 209);
        var search = new PartnerSearchFile(Prepared) { Sent = Transmitted };
        var answered = search with { Provided = search.Provided.Add(Id(901), Details with { Grounds = [other.ConsentId] }) };
        var covered = ((TracingRequest.Started)Request([.. Searching, new ConsentGiven(other)])).File;

        Assert.True(MustComeBack(answered, other.ConsentId, covered, Days.Today, PolicyWithPartner));
        Assert.True(MustComeBack(answered, TransferConsent.ConsentId, covered, Days.Today, PolicyWithPartner));
        Assert.True(MustComeBack(new PartnerSearchFile(Prepared), TransferConsent.ConsentId, covered, Days.Today, PolicyWithPartner));
    }

    /// <summary>A last address and a route are parts of the loss of contact.</summary>
    [Theory]
    [InlineData(TransferField.LastAddress)]
    [InlineData(TransferField.Route)]
    public void Where_a_person_was_last_seen_goes_with_how_contact_was_lost(TransferField field)
    {
        GivenSearch().When(state => Prepare(state, fields: [TransferField.SoughtPersonNames, field])).ThenRefused(PartnerSearchRefusals.LossOfContactNeeded);
        GivenSearch().When(state => Prepare(state, fields: [TransferField.SoughtPersonNames, TransferField.LossOfContact, field]))
            .Then(Prepared with { Fields = [TransferField.SoughtPersonNames, TransferField.LossOfContact, field] });
    }

    /// <summary>Of a society that left the Network nothing can be judged; only the consent itself brings its search back.</summary>
    [Fact]
    public void Nothing_comes_back_from_a_society_that_is_not_known_but_with_its_consent()
    {
        var search = new PartnerSearchFile(Prepared) { Sent = Transmitted };
        var file = ((TracingRequest.Started)Request(Searching)).File with { Consents = [] };

        Assert.False(MustComeBack(search, null, file, Days.Today, Policy.Default));
        Assert.True(MustComeBack(search, TransferConsent.ConsentId, file, Days.Today, Policy.Default));
    }

    [Theory, Spec(Success, nameof(Recall))]
    [InlineData(RecallReason.EnquirerWithdrew)]
    [InlineData(RecallReason.Security)]
    public void A_transmission_is_recalled_before_and_after_sending(RecallReason reason)
    {
        var before = GivenSearch(Prepared).When(state => Recall(state, reason)).Then(new TransmissionRecalled(reason));
        var after = GivenSearch([.. Sent, Question]).When(state => Recall(state, reason)).Then(new TransmissionRecalled(reason));

        Assert.False(Assert.IsType<PartnerSearch.Recalled>(before.State).WasTransmitted);
        Assert.True(Assert.IsType<PartnerSearch.Recalled>(after.State).WasTransmitted);
    }

    [Fact, Spec(Repetition, nameof(Recall))]
    public void A_transmission_is_recalled_once() =>
        GivenSearch(Sent).WhenTwice(state => Recall(state, RecallReason.EnquirerWithdrew)).ThenNothing();

    [Fact, Spec(Refused, nameof(Recall))]
    public void What_was_never_prepared_is_not_recalled() =>
        GivenSearch().When(state => Recall(state, RecallReason.CaseClosed)).ThenRefused(PartnerSearchRefusals.NotPrepared);

    [Fact, Spec(Success, nameof(PassDeadline))]
    public void Each_deadline_has_its_consequence()
    {
        GivenSearch(Prepared).When(state => PassDeadline(state, Key(DeadlineKind.Transmission), Due))
            .Then(new TransmissionOverdue(Key(DeadlineKind.Transmission), Due));
        GivenSearch(Sent).When(state => PassDeadline(state, Key(DeadlineKind.PartnerAcknowledgement), Due))
            .Then(new ReminderSent(Key(DeadlineKind.PartnerAcknowledgement), Due));
        GivenSearch(Sent).When(state => PassDeadline(state, Key(DeadlineKind.PartnerAnswer), Due))
            .Then(new ReminderSent(Key(DeadlineKind.PartnerAnswer), Due));
        GivenSearch(Sent).When(state => PassDeadline(state, Key(DeadlineKind.EscalationToCentralTracingAgency), Due))
            .Then(new EscalatedToCentralTracingAgency(Key(DeadlineKind.EscalationToCentralTracingAgency), Due));
    }

    [Fact, Spec(Repetition, nameof(PassDeadline))]
    public void A_reminder_is_sent_once_per_deadline()
    {
        GivenSearch(Prepared).WhenTwice(state => PassDeadline(state, Key(DeadlineKind.Transmission), Due)).ThenNothing();
        GivenSearch(Sent).WhenTwice(state => PassDeadline(state, Key(DeadlineKind.PartnerAnswer), Due)).ThenNothing();
        GivenSearch(Sent).WhenTwice(state => PassDeadline(state, Key(DeadlineKind.EscalationToCentralTracingAgency), Due)).ThenNothing();
    }

    [Fact, Spec(NeverRefused, nameof(PassDeadline))]
    public void What_is_no_longer_waited_for_does_not_fall()
    {
        GivenSearch().When(state => PassDeadline(state, Key(DeadlineKind.Transmission), Due)).ThenNothing();
        GivenSearch(Sent).When(state => PassDeadline(state, Key(DeadlineKind.Transmission), Due)).ThenNothing();
        GivenSearch([.. Sent, new ReceiptAcknowledged(null)])
            .When(state => PassDeadline(state, Key(DeadlineKind.PartnerAcknowledgement), Due)).ThenNothing();
        GivenSearch([.. Sent, Question with { Answer = PartnerAnswer.Negative }])
            .When(state => PassDeadline(state, Key(DeadlineKind.PartnerAnswer), Due)).ThenNothing();
        GivenSearch([.. Sent, Recalled]).When(state => PassDeadline(state, Key(DeadlineKind.PartnerAnswer), Due)).ThenNothing();
    }

    private static DeadlineKey Key(DeadlineKind kind) => new(kind, "DE", Days.Morning, 1);

    private static Decision<IPartnerSearchEvent> Prepare(
        PartnerSearch state,
        ITracingRequestEvent[]? request = null,
        PersonId? person = null,
        string society = "DE",
        ValueList<TransferField>? fields = null,
        Policy? policy = null) =>
        PartnerSearchDecider.Prepare(
            state, RequestId, Request(request ?? Searching), person ?? Brother, society, fields ?? Prepared.Fields, Days.Today, policy ?? PolicyWithPartner);

    private static Decision<IPartnerSearchEvent> Provide(PartnerSearch state, string message, TracingRequest? request = null) =>
        ProvideDetails(state, request ?? Request(Searching), Id(901), message, Days.Today, PolicyWithPartner);

    private static Decision<IPartnerSearchEvent> Transmit(PartnerSearch state, ITracingRequestEvent[]? request = null) =>
        PartnerSearchDecider.Transmit(state, Request(request ?? Searching), Days.Today, PolicyWithPartner);
}
