using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Policies.TransferField;

namespace Rfl.Domain.PartnerSearches;

/// <summary>Cuts a file down to the fields that leave. What is not chosen is absent, not blanked: a recipient cannot tell whether we hold it.</summary>
internal static class TransmissionExtract
{
    /// <param name="details">What may be told of the person: what an authority told is not among it before the person consents (rule 10).</param>
    /// <param name="isForbidden">Of relatives and contact persons: who restricted the use of their data does not leave with the sheet that names them.</param>
    public static TransmissionContent Of(CaseFile file, SoughtPersonFile person, PersonDetails? details, ValueList<TransferField> fields, Predicate<PersonId> isForbidden)
    {
        var extract = new SoughtPersonExtract(
            details is null ? PersonDetails.Empty : Cut(details, fields, isForbidden),
            fields.Contains(Relation) ? person.Relation : null,
            Cut(person.Loss?.Account.Value, fields));
        return new TransmissionContent(file.Reference, Enquirer(file, fields, isForbidden), Personal.Of(person.Id, extract));
    }

    /// <summary>The same fields of what was sent before: never more than was sent. Relatives and contact persons have no ids there: a recipient has no use for them.</summary>
    public static SentExtract Again(TransmittedToPartner sent, ValueList<TransferField> fields, Predicate<PersonId> isForbidden) => new(
        sent.OurReference,
        sent.Enquirer?.Value is { } enquirer ? WithoutIds(Cut(enquirer, fields, isForbidden)) : null,
        sent.SoughtPerson.Value is { } person
            ? new SoughtPersonExtract(
                WithoutIds(Cut(person.Details, fields, isForbidden)), fields.Contains(Relation) ? person.Relation : null, Cut(person.LossOfContact, fields))
            : null);

    private static EnquirerExtract WithoutIds(EnquirerExtract enquirer) =>
        enquirer with { Contacts = enquirer.Contacts.Select(contact => contact with { OfPerson = null }).ToValueList() };

    private static PersonDetails WithoutIds(PersonDetails details) => details.Naming((_, _) => null);

    private static Personal<EnquirerExtract>? Enquirer(CaseFile file, ValueList<TransferField> fields, Predicate<PersonId> isForbidden)
    {
        if (file.Enquirer is not { Details.Value: { } enquirer } || !fields.Any(field => field is EnquirerName or EnquirerContacts or EnquirerCountryOfStay))
            return null;
        return Personal.Of(
            file.Enquirer.Enquirer, Cut(new EnquirerExtract(enquirer.Person.Names, file.Enquirer.CountryOfStay, enquirer.Contacts), fields, isForbidden));
    }

    private static EnquirerExtract Cut(EnquirerExtract enquirer, ValueList<TransferField> fields, Predicate<PersonId> isForbidden) => new(
        fields.Contains(EnquirerName) ? enquirer.Names : [],
        fields.Contains(EnquirerCountryOfStay) ? enquirer.CountryOfStay : null,
        fields.Contains(EnquirerContacts) ? MayLeave(enquirer.Contacts, isForbidden) : []);

    private static PersonDetails Cut(PersonDetails details, ValueList<TransferField> fields, Predicate<PersonId> isForbidden)
    {
        var all = fields.ToHashSet();
        return PersonDetails.Empty with
        {
            Names = all.Contains(SoughtPersonNames) ? details.Names : [],
            FatherName = all.Contains(SoughtPersonParents) ? details.FatherName : null,
            MotherName = all.Contains(SoughtPersonParents) ? details.MotherName : null,
            Birth = all.Contains(SoughtPersonBirth) ? details.Birth : null,
            Birthplace = all.Contains(SoughtPersonBirth) ? details.Birthplace : null,
            Sex = all.Contains(SoughtPersonSex) ? details.Sex : Sex.Unknown,
            Nationalities = all.Contains(SoughtPersonNationality) ? details.Nationalities : [],
            Profession = all.Contains(SoughtPersonProfession) ? details.Profession : null,
            DistinguishingMarks = all.Contains(SoughtPersonMarks) ? details.DistinguishingMarks : null,
            HealthOrVulnerability = all.Contains(SoughtPersonHealth) ? details.HealthOrVulnerability : null,
            Relatives = all.Contains(SoughtPersonRelatives) ? MayLeave(details.Relatives, isForbidden) : [],
        };
    }

    /// <summary>Whoever was erased leaves no mark, and whoever cannot be read is left out.</summary>
    private static ValueList<T> MayLeave<T>(ValueList<T> parts, Predicate<PersonId> isForbidden)
        where T : IAboutAnother => parts
            .Where(part => !part.IsErased && !part.IsUnreadable && (part.Subject is not { } person || !isForbidden(person))).ToValueList();

    private static LossOfContact? Cut(LossOfContact? loss, ValueList<TransferField> fields) =>
        loss is null || !fields.Contains(TransferField.LossOfContact)
            ? null
            : loss with
            {
                LastAddress = fields.Contains(LastAddress) ? loss.LastAddress : null,
                Route = fields.Contains(Route) ? loss.Route : [],
                LastContacts = [],
            };
}
