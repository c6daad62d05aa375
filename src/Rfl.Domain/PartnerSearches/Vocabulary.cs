using System.Text.Json.Serialization;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.PartnerSearches;

/// <summary>A search that a partner society is asked to make. Equal to the id of the search action planned for it in the request.</summary>
[JsonConverter(typeof(IdJsonConverter<PartnerSearchId>))]
public readonly record struct PartnerSearchId(Guid Value) : IId<PartnerSearchId>
{
    public static PartnerSearchId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What left the house about the enquirer: only the fields that were allowed at the moment of transmission.</summary>
public sealed record EnquirerExtract(ValueList<PersonName> Names, CountryCode? CountryOfStay = null, ValueList<ContactPoint> Contacts = default)
{
    public override string ToString() => "personal";
}

/// <summary>What left the house about the sought person: a person's details with every withheld field left out.</summary>
public sealed record SoughtPersonExtract(
    PersonDetails Details,
    FamilyRelation? Relation = null,
    LossOfContact? LossOfContact = null)
{
    public override string ToString() => "personal";
}

/// <summary>What a transmission consists of, as it was cut out of the file.</summary>
public sealed record TransmissionContent(string OurReference, Personal<EnquirerExtract>? Enquirer, Personal<SoughtPersonExtract> SoughtPerson);

/// <summary>What a partner reads of what was sent to it.</summary>
public sealed record SentExtract(string OurReference, EnquirerExtract? Enquirer, SoughtPersonExtract? SoughtPerson)
{
    public override string ToString() => "personal";
}

/// <summary>What a partner may answer. Located and deceased never stand in the partner search: they are findings and go into the disclosure circle.</summary>
public enum PartnerAnswer
{
    AsksForDetails,
    Negative,
    CannotSearch,
    Located,
    Deceased,
}

public enum RecallReason
{
    EnquirerWithdrew,
    ConsentWithdrawn,
    CaseClosed,
    Security,
    SentByMistake,
    ConsentExpired,

    /// <summary>The person restricted the use of their data, or objected to it.</summary>
    Restricted,
}
