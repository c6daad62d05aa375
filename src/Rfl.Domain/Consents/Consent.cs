using Rfl.Domain.Common;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.Consents;

/// <summary>One person's yes to one purpose and one recipient (handbook §3, §8.1).</summary>
/// <param name="Recipient">Code of the society, authority or organisation; null where the purpose has no recipient or holds for all of them.</param>
/// <param name="Language">BCP 47 tag of the language in which it was explained.</param>
/// <param name="ExpiresOn">Last day on which it holds; null until withdrawn.</param>
/// <param name="Channel">The one channel that it is for; null for all.</param>
public sealed record Consent(
    Guid ConsentId,
    PersonId Person,
    ConsentPurpose Purpose,
    string? Recipient,
    ConsentForm Form,
    string Language,
    bool ThroughInterpreter,
    DateOnly GivenOn,
    DateOnly? ExpiresOn = null,
    TransferChannel? Channel = null)
{
    public bool HoldsOn(DateOnly day) => GivenOn <= day && (ExpiresOn is null || day <= ExpiresOn);

    public bool Covers(ConsentPurpose purpose, string? recipient) =>
        Purpose == purpose && (Recipient is null || string.Equals(Recipient, recipient, StringComparison.OrdinalIgnoreCase));
}

public enum ConsentPurpose
{
    Registration,
    TransferToPartner,
    AuthorityInquiry,
    TraceTheFaceOnline,
    TraceTheFacePoster,
    TraceTheFaceRestrictedGallery,
    PartnerOrganisation,
    Media,
}

public enum ConsentForm
{
    Written,
    Oral,
    Recorded,
    ByLegalRepresentative,
}
