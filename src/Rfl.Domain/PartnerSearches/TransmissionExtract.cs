using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Policies.TransferField;

namespace Rfl.Domain.PartnerSearches;

/// <summary>Cuts a file down to the fields that leave. What is not chosen is absent, not blanked: a recipient cannot tell whether we hold it.</summary>
internal static class TransmissionExtract
{
    public static (Personal<EnquirerExtract>? Enquirer, Personal<SoughtPersonExtract> SoughtPerson) Of(
        CaseFile file, SoughtPersonFile person, ValueList<TransferField> fields)
    {
        var details = person.DetailsForOthers?.Value;
        var extract = new SoughtPersonExtract(
            details is null ? PersonDetails.Empty : Cut(details, fields),
            fields.Contains(Relation) ? person.Relation : null,
            Cut(person.Loss?.Account.Value, fields));
        return (Enquirer(file, fields), Personal.Of(person.Id, extract));
    }

    private static Personal<EnquirerExtract>? Enquirer(CaseFile file, ValueList<TransferField> fields)
    {
        if (file.Enquirer is not { Details.Value: { } enquirer } || !fields.Any(field => field is EnquirerName or EnquirerContacts or EnquirerCountryOfStay))
            return null;
        return Personal.Of(file.Enquirer.Enquirer, new EnquirerExtract(
            fields.Contains(EnquirerName) ? enquirer.Person.Names : [],
            fields.Contains(EnquirerCountryOfStay) ? file.Enquirer.CountryOfStay : null,
            fields.Contains(EnquirerContacts) ? enquirer.Contacts : []));
    }

    private static PersonDetails Cut(PersonDetails details, ValueList<TransferField> fields)
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
            Relatives = all.Contains(SoughtPersonRelatives) ? details.Relatives : [],
        };
    }

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
