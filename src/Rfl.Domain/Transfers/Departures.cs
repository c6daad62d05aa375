using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Transfers;

/// <summary>A fact by which something left the house. It is made by <see cref="Departures"/> alone, out of what was released.</summary>
public interface IDeparture : IDomainEvent;

/// <summary>From what was released to the fact that it left, and from the fact to what the register of transfers says of it.</summary>
public static class Departures
{
    public static TransmittedToPartner Transmission(Released<TransmissionContent> released) => new(
        released.Value.OurReference, released.Transfer.Fields, ConsentsOf(released.Transfer), released.Value.Enquirer, released.Value.SoughtPerson);

    public static DetailsProvidedToPartner Details(Guid responseId, Released<Personal<string>> message) =>
        new(responseId, message.Value, ConsentsOf(message.Transfer));

    public static AuthorityInquirySent Inquiry(
        Guid inquiryId, PersonId soughtPerson, Personal<string> authority, AuthorityKind kind, DateOnly sentOn, Released<Personal<string>> question) =>
        new(
            inquiryId,
            soughtPerson,
            authority,
            sentOn,
            question.Value,
            kind,
            ConsentsOf(question.Transfer)[0],
            question.Transfer.Route.Channel == TransferChannel.Post ? null : question.Transfer.Route.Channel);

    public static EnquirerInformed News(
        Guid newsId, Released<NewsKind> kind, PersonId? soughtPerson, ContactChannel channel, DateOnly on, Personal<string>? note) =>
        new(newsId, kind.Value, soughtPerson, channel, on, note);

    public static BlindQueryAnswered BlindAnswer(Released<BlindAnswer> answer, Guid by) => new(answer.Value, by);

    /// <summary>What the register says of a fact in a partner search.</summary>
    /// <param name="enquirer">Who seeks, in the request for which the partner was asked.</param>
    /// <returns>Null where nothing left.</returns>
    public static Transfer? Of(PartnerSearch state, IPartnerSearchEvent happened, PersonId? enquirer)
    {
        if (state is not PartnerSearch.Existing { File.Preparation: var prepared })
            return null;
        var route = new TransferRoute(new Recipient(RecipientKind.PartnerSociety, prepared.Society), TransferPurpose.PartnerSearch);
        return happened switch
        {
            TransmittedToPartner sent => new Transfer(
                route,
                sent.Fields,
                Consented(sent.Grounds),
                Concerned(sent.Fields, prepared.SoughtPerson, sent.Enquirer?.Subject ?? enquirer)),
            DetailsProvidedToPartner provided => new Transfer(
                route, [TransferField.Message], Consented(provided.Grounds), Concerned([TransferField.Message], prepared.SoughtPerson, enquirer)),
            _ => null,
        };
    }

    /// <summary>What the register says of a fact in a request.</summary>
    /// <inheritdoc cref="Of(PartnerSearch, IPartnerSearchEvent, PersonId?)"/>
    public static Transfer? Of(ITracingRequestEvent happened, PersonId? enquirer) => happened switch
    {
        AuthorityInquirySent sent => new Transfer(
            new TransferRoute(Recipient.Of(sent.Authority.Value ?? "", sent.Kind), TransferPurpose.AuthorityInquiry, sent.Channel ?? TransferChannel.Post),
            [TransferField.Message],
            sent.Ground is { } ground ? [new Ground(GroundKind.Consent, ground)] : [],
            Concerned([TransferField.Message], sent.SoughtPerson, enquirer)),
        EnquirerInformed { SoughtPerson: { } person } news when TransferPermission.FieldOf(news.Kind) is { } field => new Transfer(
            new TransferRoute(Recipient.Enquirer, TransferPurpose.NewsToEnquirer, ChannelOf(news.Channel)),
            [field],
            [new Ground(field == TransferField.DeathNews ? GroundKind.SignedOffDeath : GroundKind.FoundPersonsChoice)],
            Concerned([field], person, enquirer)),
        _ => null,
    };

    /// <summary>Which fields of a transfer tell of one of the two; as the permission sees it, and the register.</summary>
    public static ValueList<TransferField> FieldsAbout(PersonId person, Transfer transfer, PersonId soughtPerson, PersonId? enquirer) =>
        transfer.Fields.Where(field => TransferPermission.Concerned(field, soughtPerson, enquirer).Contains(person)).ToValueList();

    /// <summary>What the register says of a fact in a blind query.</summary>
    /// <returns>Null where nothing left.</returns>
    public static Transfer? Of(BlindQuery state, IBlindQueryEvent happened) =>
        (state, happened) is (BlindQuery.Existing { Question: var question }, BlindQueryAnswered answered)
            ? TransferPermission.Answer(question, answered.Answer, answered.AnsweredBy).Transfer
            : null;

    internal static TransferChannel ChannelOf(ContactChannel channel) => channel switch
    {
        ContactChannel.InPerson or ContactChannel.ThirdPerson => TransferChannel.InPerson,
        ContactChannel.Phone or ContactChannel.Sms or ContactChannel.MessagingApp => TransferChannel.Phone,
        ContactChannel.Email => TransferChannel.Email,
        ContactChannel.Post => TransferChannel.Post,
        _ => TransferChannel.Interface,
    };

    private static ValueList<PersonId> Concerned(ValueList<TransferField> fields, PersonId soughtPerson, PersonId? enquirer) =>
        fields.SelectMany(field => TransferPermission.Concerned(field, soughtPerson, enquirer)).Distinct().ToValueList();

    private static ValueList<Guid> ConsentsOf(Transfer transfer) =>
        transfer.Grounds.Where(ground => ground.Kind == GroundKind.Consent).Select(ground => ground.Id!.Value).ToValueList();

    private static ValueList<Ground> Consented(ValueList<Guid> consents) =>
        consents.Select(consent => new Ground(GroundKind.Consent, consent)).ToValueList();
}
