using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.Specification;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Transfers;

/// <summary>Handbook §8.5: every transfer outside is in the register: who, what, why, on which consent, and about whom.</summary>
public sealed class DepartureSpecs
{
    private static readonly PartnerSearch Asked = GivenSearch(Sent).State;
    private static readonly TransferRoute ToGermany = new(new Recipient(RecipientKind.PartnerSociety, "DE"), TransferPurpose.PartnerSearch);

    [Fact]
    public void What_a_partner_got_is_told_of_both_where_it_speaks_of_both() => Assert.Equal(
        new Transfer(ToGermany, [TransferField.SoughtPersonNames, TransferField.Relation], [new Ground(GroundKind.Consent, Id(201))], [Brother, Enquirer]),
        Departures.Of(Asked, Transmitted, Enquirer));

    [Fact]
    public void What_speaks_of_the_sought_person_alone_is_told_of_them_alone() => Assert.Equal(
        [Brother], Departures.Of(Asked, Transmitted with { Fields = [TransferField.SoughtPersonNames, TransferField.SoughtPersonBirth] }, Enquirer)!.Persons);

    [Fact]
    public void The_enquirer_whose_name_was_sent_is_told_of_whoever_seeks_now()
    {
        var sent = Transmitted with { Fields = [TransferField.EnquirerName], Enquirer = Personal.Of(Enquirer, new EnquirerExtract([Name("Karim")])) };

        Assert.Equal([Enquirer], Departures.Of(Asked, sent, null)!.Persons);
        Assert.Equal([Enquirer], Departures.Of(Asked, sent, Stranger)!.Persons);
        Assert.Equal([Enquirer], Departures.Of(Asked, sent with { Enquirer = null }, Enquirer)!.Persons);
        Assert.Equal([], Departures.Of(Asked, sent with { Enquirer = null }, null)!.Persons);
    }

    [Fact]
    public void Words_to_a_partner_may_be_about_either_side() => Assert.Equal(
        new Transfer(ToGermany, [TransferField.Message], [new Ground(GroundKind.Consent, Id(204))], [Brother, Enquirer]),
        Departures.Of(Asked, new DetailsProvidedToPartner(Id(901), Personal.Of(Brother, "He limps."), [Id(204)]), Enquirer));

    [Fact]
    public void What_a_partner_told_us_did_not_leave()
    {
        Assert.Null(Departures.Of(Asked, new ReceiptAcknowledged(null), Enquirer));
        Assert.Null(Departures.Of(Asked, new PartnerResponseReceived(Id(901), PartnerAnswer.Negative, null), Enquirer));
        Assert.Null(Departures.Of(PartnerSearch.Initial, Transmitted, Enquirer));
    }

    [Fact]
    public void An_inquiry_tells_an_authority_of_both_on_the_consent_that_carries_it()
    {
        var sent = new AuthorityInquirySent(
            Id(302), Brother, Personal.Of(Brother, "Registrar"), Days.Today, Personal.Of(Brother, "?"), AuthorityKind.CivilRegistry, Id(202), TransferChannel.Email);

        Assert.Equal(
            new Transfer(
                new TransferRoute(
                    new Recipient(RecipientKind.Authority, "Registrar", Authority: AuthorityKind.CivilRegistry), TransferPurpose.AuthorityInquiry, TransferChannel.Email),
                [TransferField.Message],
                [new Ground(GroundKind.Consent, Id(202))],
                [Brother, Enquirer]),
            Departures.Of(sent, Enquirer));
        Assert.Equal(TransferChannel.Post, Departures.Of(sent with { Channel = null }, Enquirer)!.Route.Channel);
        Assert.Equal([], Departures.Of(sent with { Ground = null }, Enquirer)!.Grounds);
        Assert.Equal("", Departures.Of(sent with { Authority = Personal.Erased<string>(Brother) }, Enquirer)!.Route.Recipient.Code);
    }

    [Theory]
    [InlineData(NewsKind.Located, TransferField.Coordinates, GroundKind.FoundPersonsChoice)]
    [InlineData(NewsKind.AliveOnly, TransferField.AliveNews, GroundKind.FoundPersonsChoice)]
    [InlineData(NewsKind.Death, TransferField.DeathNews, GroundKind.SignedOffDeath)]
    public void News_of_a_found_person_is_told_of_them_to_the_enquirer(NewsKind kind, TransferField field, GroundKind ground) => Assert.Equal(
        new Transfer(
            new TransferRoute(Recipient.Enquirer, TransferPurpose.NewsToEnquirer, TransferChannel.InPerson), [field], [new Ground(ground)], [Brother]),
        Departures.Of(News(kind, ContactChannel.InPerson), Enquirer));

    [Fact]
    public void Where_there_is_one_recipient_only_the_register_names_it_by_its_kind()
    {
        Assert.Equal((RecipientKind.Enquirer, "enquirer"), (Recipient.Enquirer.Kind, Recipient.Enquirer.Code));
        Assert.Equal((RecipientKind.Staff, "staff"), (Recipient.Staff.Kind, Recipient.Staff.Code));
    }

    [Theory]
    [InlineData(NewsKind.NoNews)]
    [InlineData(NewsKind.Accepted)]
    [InlineData(NewsKind.Declined)]
    [InlineData(NewsKind.Progress)]
    [InlineData(NewsKind.Closed)]
    public void News_of_the_request_tells_of_nobody(NewsKind kind) => Assert.Null(Departures.Of(News(kind, ContactChannel.InPerson), Enquirer));

    [Fact]
    public void Other_facts_of_a_request_stay_in_the_house()
    {
        Assert.Null(Departures.Of(News(NewsKind.Located, ContactChannel.Phone) with { SoughtPerson = null }, Enquirer));
        Assert.Null(Departures.Of(VisitPlanned, Enquirer));
    }

    [Theory]
    [InlineData(ContactChannel.InPerson, TransferChannel.InPerson)]
    [InlineData(ContactChannel.ThirdPerson, TransferChannel.InPerson)]
    [InlineData(ContactChannel.Phone, TransferChannel.Phone)]
    [InlineData(ContactChannel.Sms, TransferChannel.Phone)]
    [InlineData(ContactChannel.MessagingApp, TransferChannel.Phone)]
    [InlineData(ContactChannel.Email, TransferChannel.Email)]
    [InlineData(ContactChannel.Post, TransferChannel.Post)]
    [InlineData(ContactChannel.Portal, TransferChannel.Interface)]
    [InlineData(ContactChannel.PartnerSociety, TransferChannel.Interface)]
    public void The_register_says_how_news_went(ContactChannel channel, TransferChannel way) =>
        Assert.Equal(way, Departures.Of(News(NewsKind.Located, channel), Enquirer)!.Route.Channel);

    [Fact]
    public void Each_of_the_two_is_told_which_fields_were_about_them()
    {
        var transfer = new Transfer(
            ToGermany, [TransferField.EnquirerName, TransferField.SoughtPersonNames, TransferField.Relation, TransferField.Message], [], [Brother, Enquirer]);

        Assert.Equal(
            [TransferField.EnquirerName, TransferField.Relation, TransferField.Message], Departures.FieldsAbout(Enquirer, transfer, Brother, Enquirer));
        Assert.Equal(
            [TransferField.SoughtPersonNames, TransferField.Relation, TransferField.Message], Departures.FieldsAbout(Brother, transfer, Brother, Enquirer));
        Assert.Equal([], Departures.FieldsAbout(Stranger, transfer, Brother, Enquirer));
        Assert.Equal([], Departures.FieldsAbout(Enquirer, transfer, Brother, null));
    }

    [Theory]
    [InlineData(TransferField.EnquirerName, true, false)]
    [InlineData(TransferField.EnquirerContacts, true, false)]
    [InlineData(TransferField.EnquirerCountryOfStay, true, false)]
    [InlineData(TransferField.EnquirerPhoto, true, false)]
    [InlineData(TransferField.Question, true, false)]
    [InlineData(TransferField.Relation, true, true)]
    [InlineData(TransferField.Message, true, true)]
    [InlineData(TransferField.SoughtPersonNames, false, true)]
    [InlineData(TransferField.LastAddress, false, true)]
    [InlineData(TransferField.Coordinates, false, true)]
    [InlineData(TransferField.DeathNews, false, true)]
    public void A_field_tells_of_the_one_whom_it_is_about(TransferField field, bool ofEnquirer, bool ofSoughtPerson)
    {
        var transfer = new Transfer(ToGermany, [field], [], []);

        Assert.Equal(ofEnquirer, Departures.FieldsAbout(Enquirer, transfer, Brother, Enquirer).Count == 1);
        Assert.Equal(ofSoughtPerson, Departures.FieldsAbout(Brother, transfer, Brother, Enquirer).Count == 1);
    }

    [Fact]
    public void The_answer_to_a_blind_query_rests_on_whoever_looked()
    {
        var question = new BlindQueryReceived("DE", Stranger, Personal.Of(Stranger, BrotherDetails));
        var answered = new BlindQueryAnswered(BlindAnswer.ContactUs, Supervisor);

        Assert.Equal(
            new Transfer(
                new TransferRoute(new Recipient(RecipientKind.PartnerSociety, "DE"), TransferPurpose.BlindQuery),
                [TransferField.CandidateExists],
                [new Ground(GroundKind.Review, Supervisor)],
                [Stranger]),
            Departures.Of(new BlindQuery.UnderReview(question), answered));
        Assert.Null(Departures.Of(new BlindQuery.UnderReview(question), question));
        Assert.Null(Departures.Of(BlindQuery.Initial, answered));
    }

    private static EnquirerInformed News(NewsKind kind, ContactChannel channel) => new(Id(801), kind, Brother, channel, Days.Today, null);
}
