using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.PartnerSearches;

/// <summary>Handbook §8.5: a recipient gets only the fields that were chosen; what was not chosen is absent.</summary>
public sealed class TransmissionExtractSpecs
{
    private static readonly PersonDetails Nothing = PersonDetails.Empty;

    public static TheoryData<TransferField, PersonDetails> PersonFields => new()
    {
        { TransferField.SoughtPersonNames, Nothing with { Names = BrotherDetails.Names } },
        { TransferField.SoughtPersonParents, Nothing with { FatherName = BrotherDetails.FatherName, MotherName = BrotherDetails.MotherName } },
        { TransferField.SoughtPersonBirth, Nothing with { Birth = BrotherDetails.Birth, Birthplace = BrotherDetails.Birthplace } },
        { TransferField.SoughtPersonSex, Nothing with { Sex = BrotherDetails.Sex } },
        { TransferField.SoughtPersonNationality, Nothing with { Nationalities = BrotherDetails.Nationalities } },
        { TransferField.SoughtPersonProfession, Nothing with { Profession = BrotherDetails.Profession } },
        { TransferField.SoughtPersonMarks, Nothing with { DistinguishingMarks = BrotherDetails.DistinguishingMarks } },
        { TransferField.SoughtPersonHealth, Nothing with { HealthOrVulnerability = BrotherDetails.HealthOrVulnerability } },
        { TransferField.SoughtPersonRelatives, Nothing with { Relatives = BrotherDetails.Relatives } },
    };

    [Theory]
    [MemberData(nameof(PersonFields))]
    public void One_field_of_the_sought_person_is_one_field(TransferField field, PersonDetails expected)
    {
        var sent = Send(field);

        Assert.Null(sent.Enquirer);
        Assert.Equal(Personal.Of(Brother, new SoughtPersonExtract(expected)), sent.SoughtPerson);
    }

    [Fact]
    public void The_relation_is_a_field_of_its_own() =>
        Assert.Equal(new SoughtPersonExtract(Nothing, FamilyRelation.Brother), Send(TransferField.Relation).SoughtPerson.Value);

    [Fact]
    public void All_fields_of_the_sought_person_together_are_the_whole_person() => Assert.Equal(
        BrotherDetails, Send([.. PersonFields.Select(row => (TransferField)row[0])]).SoughtPerson.Value!.Details);

    [Fact]
    public void Ethnicity_and_religion_never_leave()
    {
        Assert.True(ReasonedDetail.TryCreate("Hazara", "the ship's list is kept by people", out var ethnicity));
        var details = BrotherDetails with { Ethnicity = ethnicity, Religion = ethnicity };
        var corrected = new SoughtPersonDetailsCorrected(
            Brother, FamilyRelation.Brother, new SoughtPersonCircumstances(), null, Personal.Of(Brother, details));

        var sent = Send([.. Searching, corrected], [.. Enum.GetValues<TransferField>().Where(field => field <= TransferField.Route)]);

        Assert.Equal(BrotherDetails, sent.SoughtPerson.Value!.Details);
    }

    public static TheoryData<TransferField, EnquirerExtract> EnquirerFields => new()
    {
        { TransferField.EnquirerName, new(KarimsDetails.Person.Names) },
        { TransferField.EnquirerCountryOfStay, new([], France) },
        { TransferField.EnquirerContacts, new([], null, [Phone]) },
    };

    [Theory]
    [MemberData(nameof(EnquirerFields))]
    public void One_field_of_the_enquirer_is_one_field(TransferField field, EnquirerExtract expected)
    {
        var sent = Send(field);

        Assert.Equal(Personal.Of(Enquirer, expected), sent.Enquirer);
        Assert.Equal(new SoughtPersonExtract(Nothing), sent.SoughtPerson.Value);
    }

    [Fact]
    public void The_loss_of_contact_goes_without_address_route_and_contacts()
    {
        var loss = BrotherLost.Account.Value!;

        Assert.Equal(loss with { LastAddress = null, Route = [], LastContacts = [] }, Send(TransferField.LossOfContact).SoughtPerson.Value!.LossOfContact);
        Assert.Equal(
            loss with { Route = [], LastContacts = [] },
            Send(TransferField.LossOfContact, TransferField.LastAddress).SoughtPerson.Value!.LossOfContact);
        Assert.Equal(
            loss with { LastAddress = null, LastContacts = [] },
            Send(TransferField.LossOfContact, TransferField.Route).SoughtPerson.Value!.LossOfContact);
    }

    [Fact]
    public void What_an_authority_told_is_not_sent_where_the_enquirer_told_something_else()
    {
        var told = BrotherDetails with { Profession = "farmer" };
        var corrected = new SoughtPersonDetailsCorrected(
            Brother, FamilyRelation.Brother, new SoughtPersonCircumstances(), null, Personal.Of(Brother, told), Provenance.Authority);

        var sent = Send([.. Searching, corrected], TransferField.SoughtPersonProfession);

        Assert.Equal(BrotherDetails.Profession, sent.SoughtPerson.Value!.Details.Profession);
    }

    [Fact]
    public void Relatives_who_were_erased_or_restricted_the_use_of_their_data_do_not_leave_with_the_sheet()
    {
        var spouse = BrotherDetails.Relatives[0] with { Person = Stranger };
        var told = BrotherDetails with { Relatives = [spouse, RelatedPerson.Erased(new PersonId(Id(41))), RelatedPerson.Unreadable(new PersonId(Id(42)))] };
        var corrected = new SoughtPersonDetailsCorrected(Brother, FamilyRelation.Brother, new SoughtPersonCircumstances(), null, Personal.Of(Brother, told));

        Assert.Equal([spouse], Send([.. Searching, corrected], TransferField.SoughtPersonRelatives).SoughtPerson.Value!.Details.Relatives);

        var prepared = Specification.GivenSearch(Prepared with { Fields = [TransferField.SoughtPersonRelatives] }).State;
        var restricted = Request([.. Searching, corrected]).Restricting([Stranger]);
        var decision = PartnerSearchDecider.Transmit(prepared, restricted, Days.Today, PolicyWithPartner);
        var sent = Assert.IsType<TransmittedToPartner>(Assert.Single(Assert.IsType<Decision<IPartnerSearchEvent>.Accepted>(decision).Events));
        Assert.Empty(sent.SoughtPerson.Value!.Details.Relatives);
    }

    [Fact]
    public void Fields_of_both_are_sent_together()
    {
        var sent = Send(TransferField.SoughtPersonNames, TransferField.EnquirerName);

        Assert.Equal(Personal.Of(Enquirer, new EnquirerExtract(KarimsDetails.Person.Names)), sent.Enquirer);
        Assert.Equal(new SoughtPersonExtract(Nothing with { Names = BrotherDetails.Names }), sent.SoughtPerson.Value);
    }

    /// <summary>Rule 10: the relation is the enquirer's own word, whoever told the rest.</summary>
    [Fact]
    public void The_relation_to_somebody_whom_only_an_authority_described_is_sent_alone()
    {
        ITracingRequestEvent[] told = [Started, Registered, BrotherAdded with { Provenance = Provenance.Authority }, .. Searching.Skip(3)];

        Assert.Equal(new SoughtPersonExtract(Nothing, FamilyRelation.Brother), Send(told, TransferField.Relation).SoughtPerson.Value);
    }

    [Fact]
    public void What_the_enquirer_corrected_is_sent_as_corrected()
    {
        var corrected = new SoughtPersonDetailsCorrected(
            Brother, FamilyRelation.Brother, new SoughtPersonCircumstances(), null, Personal.Of(Brother, BrotherDetails with { Profession = "farmer" }), Provenance.Enquirer);

        Assert.Equal("farmer", Send([.. Searching, corrected], TransferField.SoughtPersonProfession).SoughtPerson.Value!.Details.Profession);
    }

    [Fact]
    public void Of_a_person_who_was_erased_nothing_is_left_to_send()
    {
        var erased = BrotherAdded with { Details = Personal.Erased<PersonDetails>(Brother) };

        Assert.Equal(
            new SoughtPersonExtract(Nothing), Send([Started, Registered, erased, .. Searching.Skip(3)], TransferField.SoughtPersonNames).SoughtPerson.Value);
    }

    private static TransmittedToPartner Send(params TransferField[] fields) => Send(Searching, fields);

    private static TransmittedToPartner Send(ITracingRequestEvent[] request, params TransferField[] fields)
    {
        var prepared = Specification.GivenSearch(Prepared with { Fields = fields.ToValueList() }).State;
        var decision = PartnerSearchDecider.Transmit(prepared, Request(request), Days.Today, PolicyWithPartner);
        var sent = Assert.IsType<TransmittedToPartner>(Assert.Single(Assert.IsType<Decision<IPartnerSearchEvent>.Accepted>(decision).Events));
        Assert.Equal(fields.ToValueList(), sent.Fields);
        return sent;
    }
}
