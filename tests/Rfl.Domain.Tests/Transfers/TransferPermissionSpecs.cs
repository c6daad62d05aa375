using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Transfers;

/// <summary>Handbook §8.5 and rules 10 to 17: may this field go to this recipient for this purpose now, and on which ground?</summary>
public sealed class TransferPermissionSpecs
{
    private static readonly PartnerSociety Icrc = new("ICRC", "ICRC", null, IsCentralTracingAgency: true);
    private static readonly ConsentGiven Given = new(TransferConsent);
    private static readonly ITracingRequestEvent[] WithoutConsent = [.. Searching.Except([Given])];

    private static readonly Policy NoHealthToGermany = Policy.Default with
    {
        CountryRules = Policy.Default.CountryRules.Add(
            Germany, new CountryRule(Germany, WithheldFields: [TransferField.SoughtPersonHealth, TransferField.EnquirerName])),
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_leaves_on_the_consent_that_carries_it(TransferField field) =>
        Assert.Equal(new TransferAnswer.Allowed(field, Consented(TransferConsent.ConsentId)), Ask(field, Searching));

    [Theory]
    [MemberData(nameof(Fields))]
    public void No_field_leaves_without_consent(TransferField field) =>
        Assert.Equal(new TransferAnswer.Withheld(field, WithholdingReason.NoConsent), Ask(field, WithoutConsent));

    [Theory]
    [MemberData(nameof(Fields))]
    public void No_field_leaves_after_withdrawal(TransferField field) => Assert.Equal(
        new TransferAnswer.Withheld(field, WithholdingReason.NoConsent),
        Ask(field, [.. Searching, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)]));

    [Theory]
    [MemberData(nameof(Fields))]
    public void No_field_leaves_where_nobody_may_search_or_nobody_assessed_it(TransferField field)
    {
        var withheld = new TransferAnswer.Withheld(field, WithholdingReason.DoNotSearch);

        Assert.Equal(withheld, Ask(field, [.. Searching, new SecurityAssessmentRecorded(AllMeans with { DoNotSearch = true }, null)]));
        Assert.Equal(withheld, Ask(field, [.. Searching.Except([Assessed])]));
    }

    public static TheoryData<TransferField> Fields => [.. Transmitted];

    [Fact]
    public void What_only_an_authority_told_stays_here_the_relation_and_the_enquirers_own_do_not()
    {
        ITracingRequestEvent[] facts = [Started, Registered, BrotherAdded with { Provenance = Provenance.Authority }, .. Searching.Skip(3)];
        TransferField[] free =
            [TransferField.EnquirerName, TransferField.EnquirerContacts, TransferField.EnquirerCountryOfStay, TransferField.Relation];

        foreach (var field in Transmitted)
        {
            Assert.Equal(
                free.Contains(field)
                    ? new TransferAnswer.Allowed(field, Consented(TransferConsent.ConsentId))
                    : new TransferAnswer.Withheld(field, WithholdingReason.KnownFromAuthorityOnly),
                Ask(field, facts));
        }
    }

    [Fact]
    public void A_country_withholds_what_its_rule_says_and_the_ICRC_has_no_country()
    {
        Assert.Equal(
            new TransferAnswer.Withheld(TransferField.SoughtPersonHealth, WithholdingReason.CountryPolicy),
            Ask(TransferField.SoughtPersonHealth, Searching, policy: NoHealthToGermany));
        Assert.Equal(
            new TransferAnswer.Withheld(TransferField.EnquirerName, WithholdingReason.CountryPolicy),
            Ask(TransferField.EnquirerName, Searching, policy: NoHealthToGermany));
        Assert.IsType<TransferAnswer.Allowed>(Ask(TransferField.SoughtPersonMarks, Searching, policy: NoHealthToGermany));
        Assert.IsType<TransferAnswer.Allowed>(Ask(TransferField.SoughtPersonHealth, Searching, Icrc, policy: NoHealthToGermany));
    }

    [Fact]
    public void Consent_to_one_society_is_not_consent_to_another()
    {
        ITracingRequestEvent[] facts = [.. WithoutConsent, new ConsentGiven(ConsentTo(ConsentPurpose.TransferToPartner, 204, "icrc"))];

        Assert.Equal(new TransferAnswer.Allowed(TransferField.Relation, Consented(Id(204))), Ask(TransferField.Relation, facts, Icrc));
        Assert.Equal(new TransferAnswer.Withheld(TransferField.Relation, WithholdingReason.NoConsent), Ask(TransferField.Relation, facts));
    }

    [Fact]
    public void Consent_to_another_purpose_carries_no_transfer() => Assert.Equal(
        new TransferAnswer.Withheld(TransferField.Relation, WithholdingReason.NoConsent),
        Ask(TransferField.Relation, [.. WithoutConsent, new ConsentGiven(ConsentTo(ConsentPurpose.PartnerOrganisation, 204))]));

    [Fact]
    public void The_next_consent_that_holds_is_the_ground()
    {
        var expired = TransferConsent with { ConsentId = Id(203), GivenOn = Days.Yesterday, ExpiresOn = Days.Yesterday };
        var fresh = TransferConsent with { ConsentId = Id(204) };

        Assert.Equal(
            new TransferAnswer.Allowed(TransferField.Relation, Consented(Id(204))),
            Ask(TransferField.Relation, [.. WithoutConsent, new ConsentGiven(expired), new ConsentGiven(fresh)]));
    }

    [Fact]
    public void Nothing_is_known_of_a_person_whom_the_request_does_not_seek() => Assert.Equal(
        new TransferAnswer.Withheld(TransferField.Relation, WithholdingReason.PersonUnknown),
        TransferPermission.MayLeave(TransferField.Relation, Stranger, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, Policy.Default));

    [Theory]
    [InlineData(-1, null, false)]
    [InlineData(0, null, true)]
    [InlineData(400, null, true)]
    [InlineData(9, 10, true)]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    public void A_consent_holds_from_its_day_to_its_last(int day, int? expires, bool holds)
    {
        var consent = TransferConsent with { ExpiresOn = expires is { } last ? Days.Today.AddDays(last) : null };

        Assert.Equal(holds, consent.HoldsOn(Days.Today.AddDays(day)));
        Assert.Equal(holds, new ConsentFile(consent, Days.Morning).HoldsOn(Days.Today.AddDays(day)));
        Assert.False(new ConsentFile(consent, Days.Morning, WithdrawnOn: Days.Today.AddDays(500)).HoldsOn(Days.Today.AddDays(day)));
    }

    [Theory]
    [InlineData(null, "DE", true)]
    [InlineData(null, null, true)]
    [InlineData("DE", "de", true)]
    [InlineData("DE", "AT", false)]
    [InlineData("DE", null, false)]
    public void A_consent_covers_its_recipient_or_all(string? given, string? asked, bool covers)
    {
        var consent = TransferConsent with { Recipient = given };

        Assert.Equal(covers, consent.Covers(ConsentPurpose.TransferToPartner, asked));
        Assert.False(consent.Covers(ConsentPurpose.Media, asked));
    }

    private static TransferAnswer Ask(TransferField field, ITracingRequestEvent[] facts, PartnerSociety? society = null, Policy? policy = null) =>
        TransferPermission.MayLeave(field, Brother, ToPartner(society ?? GermanRedCross), FileOf(facts), Days.Today, policy ?? Policy.Default);

    [Fact]
    public void What_the_sought_person_consents_to_may_leave_even_if_an_authority_told_it()
    {
        ITracingRequestEvent[] told = [Started, Registered, BrotherAdded with { Provenance = Provenance.Authority }, .. Searching.Skip(3)];
        ITracingRequestEvent[] consented = [.. told, new ConsentGiven(ConsentTo(ConsentPurpose.TransferToPartner, 204) with { Person = Brother })];

        Assert.Equal(new TransferAnswer.Allowed(TransferField.SoughtPersonNames, Consented(Id(204))), Ask(TransferField.SoughtPersonNames, consented));
        var content = Assert.IsType<Release<TransmissionContent>.Given>(
            TransferPermission.Extract([TransferField.SoughtPersonNames], Brother, ToPartner(GermanRedCross), FileOf(consented), Days.Today, Policy.Default)).Released;
        Assert.Equal(BrotherDetails.Names, content.Value.SoughtPerson.Value!.Details.Names);
    }

    [Fact]
    public void The_sought_person_consents_for_themselves_and_not_for_the_enquirer()
    {
        ITracingRequestEvent[] facts = [.. WithoutConsent, new ConsentGiven(ConsentTo(ConsentPurpose.TransferToPartner, 204) with { Person = Brother })];

        Assert.Equal(new TransferAnswer.Withheld(TransferField.EnquirerName, WithholdingReason.NoConsent), Ask(TransferField.EnquirerName, facts));
        Assert.Equal(new TransferAnswer.Allowed(TransferField.SoughtPersonNames, Consented(Id(204))), Ask(TransferField.SoughtPersonNames, facts));
    }

    [Fact]
    public void A_purpose_gets_what_it_needs_and_nothing_else()
    {
        foreach (var field in Enum.GetValues<TransferField>().Except(Transmitted).Except([TransferField.Message]))
            Assert.Equal(new TransferAnswer.Withheld(field, WithholdingReason.NotForThisPurpose), Ask(field, Searching));
        var poster = new TransferRoute(new Recipient(RecipientKind.Public, "poster"), TransferPurpose.TraceTheFacePoster, TransferChannel.Print);
        foreach (var field in Enum.GetValues<TransferField>().Except([TransferField.EnquirerPhoto, TransferField.Relation]))
            Assert.Equal(new TransferAnswer.Withheld(field, WithholdingReason.NotForThisPurpose), Ask(field, poster, Published));
    }

    [Fact]
    public void A_face_is_shown_on_its_own_consent_and_never_a_childs()
    {
        var poster = new TransferRoute(new Recipient(RecipientKind.Public, "poster"), TransferPurpose.TraceTheFacePoster, TransferChannel.Print);
        var child = new SoughtPersonDetailsCorrected(
            Brother, Domain.People.FamilyRelation.Brother, new SoughtPersonCircumstances(IsMinor: true), null, Personal.Of(Brother, ChildDetails));

        Assert.Equal(new TransferAnswer.Allowed(TransferField.EnquirerPhoto, Consented(Id(205))), Ask(TransferField.EnquirerPhoto, poster, Published));
        Assert.Equal(
            new TransferAnswer.Withheld(TransferField.EnquirerPhoto, WithholdingReason.ConcernsMinor), Ask(TransferField.EnquirerPhoto, poster, [.. Published, child]));
        Assert.Equal(
            new TransferAnswer.Withheld(TransferField.EnquirerPhoto, WithholdingReason.MeansNotAllowed),
            Ask(TransferField.EnquirerPhoto, poster, [.. Published, Assessed]));
    }

    [Fact]
    public void A_consent_may_be_for_one_channel_only()
    {
        ITracingRequestEvent[] byPost = [.. WithoutConsent, new ConsentGiven(TransferConsent with { Channel = TransferChannel.Post })];
        ITracingRequestEvent[] byInterface = [.. WithoutConsent, new ConsentGiven(TransferConsent with { Channel = TransferChannel.Interface })];

        Assert.Equal(new TransferAnswer.Withheld(TransferField.Relation, WithholdingReason.NoConsent), Ask(TransferField.Relation, byPost));
        Assert.IsType<TransferAnswer.Allowed>(Ask(TransferField.Relation, byInterface));
    }

    [Fact]
    public void A_restriction_beats_every_consent()
    {
        var whole = Restricted(new TransferRestriction(Brother));
        Assert.Equal(WithholdingReason.Restricted, Reason(TransferField.SoughtPersonNames, whole));
        Assert.Equal(WithholdingReason.Restricted, Reason(TransferField.Message, whole));
        Assert.Null(Reason(TransferField.EnquirerName, whole));

        Assert.Equal(WithholdingReason.Restricted, Reason(TransferField.EnquirerName, Restricted(new TransferRestriction(Enquirer))));
        Assert.Null(Reason(TransferField.EnquirerName, Restricted(new TransferRestriction(Enquirer, TransferPurpose.AuthorityInquiry))));
        Assert.Null(Reason(TransferField.EnquirerName, Restricted(new TransferRestriction(Enquirer, Recipient: "ET"))));
        Assert.Equal(WithholdingReason.Restricted, Reason(TransferField.EnquirerName, Restricted(new TransferRestriction(Enquirer, TransferPurpose.PartnerSearch, "de"))));

        WithholdingReason? Reason(TransferField field, CaseFile file) =>
            (TransferPermission.MayLeave(field, Brother, ToPartner(GermanRedCross), file, Days.Today, Policy.Default) as TransferAnswer.Withheld)?.Reason;

        static CaseFile Restricted(TransferRestriction restriction) => FileOf(Searching) with { Restrictions = [restriction] };
    }

    [Fact]
    public void Whoever_took_back_the_registration_is_passed_on_to_nobody()
    {
        var registration = ConsentTo(ConsentPurpose.Registration, 206);
        ITracingRequestEvent[] withdrawn = [.. Searching, new ConsentGiven(registration), new ConsentWithdrawn(Id(206), Days.Today)];

        Assert.Equal(
            new TransferAnswer.Withheld(TransferField.EnquirerName, WithholdingReason.RegistrationWithdrawn), Ask(TransferField.EnquirerName, withdrawn));
        Assert.IsType<TransferAnswer.Allowed>(Ask(TransferField.EnquirerName, [.. Searching, new ConsentGiven(registration)]));
    }

    /// <summary>Rule 16.</summary>
    [Fact]
    public void An_asylum_authority_hears_only_what_the_person_asked_for_by_name()
    {
        var asylum = new TransferRoute(Recipient.Of("OFPRA", AuthorityKind.MigrationOrAsylum), TransferPurpose.AuthorityInquiry, TransferChannel.Post);

        Assert.Equal(new TransferAnswer.Withheld(TransferField.Message, WithholdingReason.NoConsent), Ask(TransferField.Message, asylum, Searching));
        Assert.Equal(
            new TransferAnswer.Allowed(TransferField.Message, Consented(Id(207))),
            Ask(TransferField.Message, asylum, [.. Searching, new ConsentGiven(ConsentTo(ConsentPurpose.AuthorityInquiry, 207, "OFPRA"))]));
    }

    /// <summary>Rules 11 to 13: what of a found person may be told follows from the release, by whichever way it goes.</summary>
    [Fact]
    public void News_of_a_found_person_rests_on_their_choice_and_a_death_is_told_in_person()
    {
        var inPerson = new TransferRoute(Recipient.Enquirer, TransferPurpose.NewsToEnquirer, TransferChannel.InPerson);
        var toSender = new TransferRoute(Recipient.Of(GermanRedCross), TransferPurpose.AnswerToSender);

        foreach (var route in new[] { inPerson, toSender })
        {
            Assert.Null(TransferPermission.Coordinates(Brother, route, FileOf(Searching), Days.Today, Policy.Default));
            Assert.Null(TransferPermission.Coordinates(Brother, route, FileOf([.. Searching, LocatedAlive]), Days.Today, Policy.Default));
            var coordinates = TransferPermission.Coordinates(Brother, route, FileOf([.. Searching, Located]), Days.Today, Policy.Default)!;
            Assert.Equal(Located.Coordinates!.Value, coordinates.Value);
            Assert.Equal([new Ground(GroundKind.FoundPersonsChoice)], coordinates.Transfer.Grounds);
            Assert.Equal([Brother], coordinates.Transfer.Persons);
            Assert.Null(TransferPermission.Coordinates(Brother, route, FileOf([.. Searching, Located, new DisclosureRetracted(Brother)]), Days.Today, Policy.Default));
        }

        ITracingRequestEvent[] dead = [.. Searching, Fate];
        Assert.Equal(new TransferAnswer.Allowed(TransferField.DeathNews, new Ground(GroundKind.SignedOffDeath)), Ask(TransferField.DeathNews, inPerson, dead));
        Assert.Equal(
            new TransferAnswer.Withheld(TransferField.DeathNews, WithholdingReason.ToldInPersonOnly),
            Ask(TransferField.DeathNews, inPerson with { Channel = TransferChannel.Email }, dead));
        Assert.Equal(new TransferAnswer.Withheld(TransferField.DeathNews, WithholdingReason.NotForThisPurpose), Ask(TransferField.DeathNews, toSender, dead));
    }

    [Fact]
    public void What_was_sent_is_read_again_only_as_far_as_it_may_be_now()
    {
        ValueList<TransferField> fields = [TransferField.SoughtPersonNames, TransferField.SoughtPersonHealth];
        var sent = Departures.Transmission(Assert.IsType<Release<TransmissionContent>.Given>(
            TransferPermission.Extract(fields, Brother, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, Policy.Default)).Released);

        var all = TransferPermission.SentBefore(sent, Brother, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, Policy.Default)!;
        Assert.Equal(sent.SoughtPerson.Value, all.Value.SoughtPerson);
        Assert.Equal(fields, all.Transfer.Fields);
        var less = TransferPermission.SentBefore(sent, Brother, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, NoHealthToGermany)!;
        Assert.Null(less.Value.SoughtPerson!.Details.HealthOrVulnerability);
        Assert.Equal([TransferField.SoughtPersonNames], less.Transfer.Fields);
        Assert.Null(TransferPermission.SentBefore(
            sent, Brother, ToPartner(GermanRedCross), FileOf([.. Searching, new ConsentWithdrawn(TransferConsent.ConsentId, Days.Today)]), Days.Today, Policy.Default));
    }

    [Fact]
    public void The_relation_is_read_again_where_it_was_sent_and_may_still_be_told()
    {
        ValueList<TransferField> fields = [TransferField.SoughtPersonNames, TransferField.Relation];
        var sent = Departures.Transmission(Assert.IsType<Release<TransmissionContent>.Given>(
            TransferPermission.Extract(fields, Brother, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, Policy.Default)).Released);
        var noRelation = Policy.Default with
        {
            CountryRules = Policy.Default.CountryRules.Add(Germany, new CountryRule(Germany, WithheldFields: [TransferField.Relation])),
        };

        Assert.Equal(
            Domain.People.FamilyRelation.Brother,
            TransferPermission.SentBefore(sent, Brother, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, Policy.Default)!.Value.SoughtPerson!.Relation);
        Assert.Null(TransferPermission.SentBefore(sent, Brother, ToPartner(GermanRedCross), FileOf(Searching), Days.Today, noRelation)!.Value.SoughtPerson!.Relation);
    }

    [Fact]
    public void What_tells_of_both_stays_where_one_of_them_took_back_the_registration()
    {
        ITracingRequestEvent[] withdrawn = [.. Searching, new ConsentGiven(ConsentTo(ConsentPurpose.Registration, 206)), new ConsentWithdrawn(Id(206), Days.Today)];

        Assert.Equal(new TransferAnswer.Withheld(TransferField.Relation, WithholdingReason.RegistrationWithdrawn), Ask(TransferField.Relation, withdrawn));
        Assert.Equal(new TransferAnswer.Withheld(TransferField.Message, WithholdingReason.RegistrationWithdrawn), Ask(TransferField.Message, withdrawn));
        Assert.IsType<TransferAnswer.Allowed>(Ask(TransferField.SoughtPersonNames, withdrawn));
    }

    [Fact]
    public void A_referral_gets_the_name_the_ways_to_reach_the_person_and_words()
    {
        var referral = new TransferRoute(new Recipient(RecipientKind.PartnerOrganisation, "MDM"), TransferPurpose.Referral);
        ITracingRequestEvent[] consented = [.. Searching, new ConsentGiven(ConsentTo(ConsentPurpose.PartnerOrganisation, 208))];

        foreach (var field in Enum.GetValues<TransferField>())
        {
            TransferAnswer expected = field is TransferField.EnquirerName or TransferField.EnquirerContacts or TransferField.Message
                ? new TransferAnswer.Allowed(field, Consented(Id(208)))
                : new TransferAnswer.Withheld(field, WithholdingReason.NotForThisPurpose);
            Assert.Equal(expected, Ask(field, referral, consented));
        }
    }

    [Theory]
    [InlineData(TransferPurpose.BlindQuery)]
    [InlineData(TransferPurpose.Notice)]
    public void Nothing_of_a_file_leaves_with_a_notice_or_the_answer_to_a_blind_query(TransferPurpose purpose)
    {
        var route = new TransferRoute(Recipient.Staff, purpose);

        foreach (var field in Enum.GetValues<TransferField>())
            Assert.Equal(new TransferAnswer.Withheld(field, WithholdingReason.NotForThisPurpose), Ask(field, route, Searching));
    }

    [Fact]
    public void A_count_for_a_report_is_told_to_everybody_and_about_nobody() => Assert.Equal(
        new Transfer(
            new TransferRoute(new Recipient(RecipientKind.Public, "report"), TransferPurpose.Notice),
            [TransferField.CaseReference],
            [new Ground(GroundKind.NotPersonal)],
            []),
        TransferPermission.Count(5)!.Transfer);

    [Fact]
    public void A_blind_answer_stands_on_whoever_reviewed_it_and_small_counts_are_not_told()
    {
        var question = new BlindQueryReceived("DE", Stranger, Personal.Of(Stranger, BrotherDetails));
        var answer = TransferPermission.Answer(question, BlindAnswer.ContactUs, Supervisor);

        Assert.Equal([new Ground(GroundKind.Review, Supervisor)], answer.Transfer.Grounds);
        Assert.Equal(BlindQueryStatus.UnderReview, TransferPermission.Status(new BlindQuery.UnderReview(question)).Value);
        Assert.Null(TransferPermission.Count(4));
        Assert.Equal(5, TransferPermission.Count(5)!.Value);
    }

    [Theory]
    [InlineData("20 3 9", "20 - -")]
    [InlineData("20 3 9 4", "20 - 9 -")]
    [InlineData("3", "-")]
    [InlineData("5 6", "5 6")]
    [InlineData("2 5 5", "- - 5")]
    [InlineData("", "")]
    public void A_single_small_count_is_not_told_by_the_others(string counts, string told) => Assert.Equal(
        told,
        string.Join(' ', TransferPermission.Counts([.. counts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]).Select(count => count is null ? "-" : $"{count.Value}")));

    private static readonly TransferField[] Transmitted = [.. Enum.GetValues<TransferField>().Where(field => field <= TransferField.Route)];

    private static readonly ITracingRequestEvent[] Published =
    [
        .. Searching,
        new ConsentGiven(ConsentTo(ConsentPurpose.TraceTheFacePoster, 205)),
        new SecurityAssessmentRecorded(AllMeans with { AllowedMeans = [SearchMeans.TraceTheFace] }, null),
    ];

    private static Ground Consented(Guid consent) => new(GroundKind.Consent, consent);

    private static TransferRoute ToPartner(PartnerSociety society) => PartnerSearchDecider.RouteTo(society);

    private static TransferAnswer Ask(TransferField field, TransferRoute route, ITracingRequestEvent[] facts) =>
        TransferPermission.MayLeave(field, Brother, route, FileOf(facts), Days.Today, Policy.Default);

    private static CaseFile FileOf(ITracingRequestEvent[] facts) => ((TracingRequest.Started)Request(facts)).File;
}
