using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Transfers;

/// <summary>Who may stand at the other end of a way out of the house.</summary>
public enum RecipientKind
{
    PartnerSociety,
    Authority,
    Enquirer,

    /// <summary>Our own staff, where the way to them leads through other hands (mail).</summary>
    Staff,

    /// <summary>Everybody: a gallery, a poster.</summary>
    Public,
    PartnerOrganisation,
}

/// <summary>Whom it goes to.</summary>
/// <param name="Code">Of the society, authority or organisation; the kind in a word where there is only one such recipient.</param>
/// <param name="Country">Where a society works, so that the country's policy holds; null where none does.</param>
/// <param name="Authority">What an authority is there for (rule 16).</param>
public sealed record Recipient(RecipientKind Kind, string Code, CountryCode? Country = null, AuthorityKind Authority = AuthorityKind.Other)
{
    public static Recipient Enquirer { get; } = new(RecipientKind.Enquirer, "enquirer");

    public static Recipient Staff { get; } = new(RecipientKind.Staff, "staff");

    public static Recipient Of(PartnerSociety society) => new(RecipientKind.PartnerSociety, society.Code, society.Country);

    public static Recipient Of(string authority, AuthorityKind kind) => new(RecipientKind.Authority, authority, Authority: kind);
}

/// <summary>What it leaves for. Each purpose has its fields: nothing else serves it (handbook §8.5).</summary>
public enum TransferPurpose
{
    /// <summary>A partner society is asked to search.</summary>
    PartnerSearch,
    AuthorityInquiry,

    /// <summary>A society follows the request that it sent.</summary>
    AnswerToSender,

    /// <summary>The enquirer hears what became of their request.</summary>
    NewsToEnquirer,

    /// <summary>A society asks whether there is a candidate; people decide on the answer.</summary>
    BlindQuery,

    /// <summary>Staff are told that something is due.</summary>
    Notice,
    TraceTheFaceOnline,
    TraceTheFacePoster,
    TraceTheFaceRestrictedGallery,
    Referral,
}

/// <summary>How it goes. A consent may be given for one channel only.</summary>
public enum TransferChannel
{
    /// <summary>This service's own interface.</summary>
    Interface,
    Email,
    Post,
    Phone,
    InPerson,
    Online,
    Print,
}

/// <summary>One way out of the house.</summary>
public sealed record TransferRoute(Recipient Recipient, TransferPurpose Purpose, TransferChannel Channel = TransferChannel.Interface)
{
    /// <summary>The consent that carries this purpose; null where another ground does.</summary>
    internal ConsentPurpose? Consent => Purpose switch
    {
        TransferPurpose.PartnerSearch => ConsentPurpose.TransferToPartner,
        TransferPurpose.AuthorityInquiry => ConsentPurpose.AuthorityInquiry,
        TransferPurpose.TraceTheFaceOnline => ConsentPurpose.TraceTheFaceOnline,
        TransferPurpose.TraceTheFacePoster => ConsentPurpose.TraceTheFacePoster,
        TransferPurpose.TraceTheFaceRestrictedGallery => ConsentPurpose.TraceTheFaceRestrictedGallery,
        TransferPurpose.Referral => ConsentPurpose.PartnerOrganisation,
        _ => null,
    };

    /// <summary>The means of search that it is part of; a security assessment may forbid it (rule 17).</summary>
    internal SearchMeans? Means => Purpose switch
    {
        TransferPurpose.PartnerSearch => SearchMeans.PartnerSociety,
        TransferPurpose.AuthorityInquiry => SearchMeans.AuthorityInquiry,
        TransferPurpose.TraceTheFaceOnline or TransferPurpose.TraceTheFacePoster or TransferPurpose.TraceTheFaceRestrictedGallery => SearchMeans.TraceTheFace,
        _ => null,
    };

    internal bool Serves(TransferField field) => Purpose switch
    {
        TransferPurpose.PartnerSearch => field <= TransferField.Route || field == TransferField.Message,
        TransferPurpose.AuthorityInquiry => field is TransferField.Message,
        TransferPurpose.AnswerToSender => field is TransferField.Question or TransferField.Coordinates or TransferField.AliveNews,
        TransferPurpose.NewsToEnquirer =>
            field is TransferField.Question or TransferField.Coordinates or TransferField.AliveNews or TransferField.DeathNews,
        // Never a name, never a place (handbook §2).
        TransferPurpose.TraceTheFaceOnline or TransferPurpose.TraceTheFacePoster or TransferPurpose.TraceTheFaceRestrictedGallery =>
            field is TransferField.EnquirerPhoto or TransferField.Relation,
        TransferPurpose.Referral => field is TransferField.EnquirerName or TransferField.EnquirerContacts or TransferField.Message,
        _ => false,
    };
}

/// <summary>What carries a transfer.</summary>
public enum GroundKind
{
    Consent,

    /// <summary>The request itself: whoever made it hears about it.</summary>
    OwnRequest,

    /// <summary>The found person's written choice under two signatures (rule 11).</summary>
    FoundPersonsChoice,

    /// <summary>A supervisor's sign-off (rule 13).</summary>
    SignedOffDeath,

    /// <summary>People looked at it and decided.</summary>
    Review,

    /// <summary>It tells nothing of any person.</summary>
    NotPersonal,
}

/// <param name="Id">The consent, or the account that decided.</param>
public sealed record Ground(GroundKind Kind, Guid? Id = null);

/// <summary>
/// A data subject's restriction or objection: nothing of them goes to this recipient for this purpose. What is left open holds for all.
/// </summary>
public sealed record TransferRestriction(PersonId Person, TransferPurpose? Purpose = null, string? Recipient = null)
{
    internal bool Forbids(PersonId person, TransferRoute route) =>
        Person == person
        && (Purpose is null || Purpose == route.Purpose)
        && (Recipient is null || string.Equals(Recipient, route.Recipient.Code, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What the register of transfers says of one: names of fields, never values.</summary>
/// <param name="Persons">About whom it tells.</param>
public sealed record Transfer(TransferRoute Route, ValueList<TransferField> Fields, ValueList<Ground> Grounds, ValueList<PersonId> Persons);

public abstract record TransferAnswer(TransferField Field)
{
    public sealed record Allowed(TransferField Field, Ground Ground) : TransferAnswer(Field);

    public sealed record Withheld(TransferField Field, WithholdingReason Reason) : TransferAnswer(Field);
}

public enum WithholdingReason
{
    NoConsent,
    CountryPolicy,
    DoNotSearch,
    KnownFromAuthorityOnly,
    PersonUnknown,

    /// <summary>The purpose has no need of it.</summary>
    NotForThisPurpose,

    /// <summary>The person restricted the use of their data, or objected to it.</summary>
    Restricted,

    /// <summary>The person took back the consent to be registered.</summary>
    RegistrationWithdrawn,

    /// <summary>The security assessment allows no search by these means.</summary>
    MeansNotAllowed,

    /// <summary>A child is never shown in public (handbook §2).</summary>
    ConcernsMinor,

    /// <summary>The found person has not decided, or decided otherwise; or a death is not signed off.</summary>
    NotReleased,

    /// <summary>A death is told by a person, face to face (rule 13).</summary>
    ToldInPersonOnly,
}
