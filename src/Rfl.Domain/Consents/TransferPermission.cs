using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Consents;

/// <summary>
/// The one place that answers: may this field of this file go to this society now, and on which ground? (handbook §8.5; rules 10, 15, 17)
/// Every way out of the house asks here.
/// </summary>
public static class TransferPermission
{
    public static TransferAnswer MayLeave(TransferField field, PersonId soughtPerson, PartnerSociety recipient, CaseFile file, DateOnly today, Policy policy)
    {
        if (file.Find(soughtPerson) is not { } person)
            return new TransferAnswer.Withheld(field, WithholdingReason.PersonUnknown);
        if (file.Security is not { Assessment.DoNotSearch: false })
            return new TransferAnswer.Withheld(field, WithholdingReason.DoNotSearch);
        if (recipient.Country is { } country && policy.RuleFor(country).WithheldFields.Contains(field))
            return new TransferAnswer.Withheld(field, WithholdingReason.CountryPolicy);
        if (!IsAboutEnquirer(field) && person.DetailsForOthers is null && field != TransferField.Relation)
            return new TransferAnswer.Withheld(field, WithholdingReason.KnownFromAuthorityOnly);
        var consent = file.Consents.Find(consent =>
            consent.HoldsOn(today) && consent.Consent.Covers(ConsentPurpose.TransferToPartner, recipient.Code));
        return consent is null
            ? new TransferAnswer.Withheld(field, WithholdingReason.NoConsent)
            : new TransferAnswer.Allowed(field, consent.Consent.ConsentId);
    }

    private static bool IsAboutEnquirer(TransferField field) =>
        field is TransferField.EnquirerName or TransferField.EnquirerContacts or TransferField.EnquirerCountryOfStay;
}

public abstract record TransferAnswer(TransferField Field)
{
    /// <param name="Ground">The consent that carries the transfer.</param>
    public sealed record Allowed(TransferField Field, Guid Ground) : TransferAnswer(Field);

    public sealed record Withheld(TransferField Field, WithholdingReason Reason) : TransferAnswer(Field);
}

public enum WithholdingReason
{
    NoConsent,
    CountryPolicy,
    DoNotSearch,
    KnownFromAuthorityOnly,
    PersonUnknown,
}
