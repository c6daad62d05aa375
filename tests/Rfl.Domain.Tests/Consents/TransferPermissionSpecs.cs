using Rfl.Domain.Consents;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Consents;

/// <summary>Handbook §8.5 and rules 10, 15, 17: may this field go to this society now, and on which ground?</summary>
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
        Assert.Equal(new TransferAnswer.Allowed(field, TransferConsent.ConsentId), Ask(field, Searching));

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

    public static TheoryData<TransferField> Fields => [.. Enum.GetValues<TransferField>()];

    [Fact]
    public void What_only_an_authority_told_stays_here_the_relation_and_the_enquirers_own_do_not()
    {
        ITracingRequestEvent[] facts = [Started, Registered, BrotherAdded with { Provenance = Provenance.Authority }, .. Searching.Skip(3)];
        TransferField[] free =
            [TransferField.EnquirerName, TransferField.EnquirerContacts, TransferField.EnquirerCountryOfStay, TransferField.Relation];

        foreach (var field in Enum.GetValues<TransferField>())
        {
            Assert.Equal(
                free.Contains(field)
                    ? new TransferAnswer.Allowed(field, TransferConsent.ConsentId)
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

        Assert.Equal(new TransferAnswer.Allowed(TransferField.Relation, Id(204)), Ask(TransferField.Relation, facts, Icrc));
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
            new TransferAnswer.Allowed(TransferField.Relation, Id(204)),
            Ask(TransferField.Relation, [.. WithoutConsent, new ConsentGiven(expired), new ConsentGiven(fresh)]));
    }

    [Fact]
    public void Nothing_is_known_of_a_person_whom_the_request_does_not_seek() => Assert.Equal(
        new TransferAnswer.Withheld(TransferField.Relation, WithholdingReason.PersonUnknown),
        TransferPermission.MayLeave(TransferField.Relation, Stranger, GermanRedCross, FileOf(Searching), Days.Today, Policy.Default));

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
        TransferPermission.MayLeave(field, Brother, society ?? GermanRedCross, FileOf(facts), Days.Today, policy ?? Policy.Default);

    private static CaseFile FileOf(ITracingRequestEvent[] facts) => ((TracingRequest.Started)Request(facts)).File;
}
