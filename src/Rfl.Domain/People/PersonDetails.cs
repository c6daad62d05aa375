using Rfl.Domain.Common;

namespace Rfl.Domain.People;

/// <summary>What is known of a person (handbook §3). Nothing is mandatory but a name, and even that may be a nickname.</summary>
public sealed record PersonDetails(
    ValueList<PersonName> Names,
    PersonName? FatherName = null,
    PersonName? MotherName = null,
    Sex Sex = Sex.Unknown,
    StatedDate? Birth = null,
    Place? Birthplace = null,
    ValueList<CountryCode> Nationalities = default,
    string? Profession = null,
    string? DistinguishingMarks = null,
    string? HealthOrVulnerability = null,
    ValueList<RelatedPerson> Relatives = default,
    ReasonedDetail? Ethnicity = null,
    ReasonedDetail? Religion = null)
{
    public static PersonDetails Empty { get; } = new([]);

    public override string ToString() => "personal";
}

public enum Sex
{
    Unknown,
    Female,
    Male,
    Other,
}

/// <summary>Somebody of the family or on the way.</summary>
/// <param name="Relation">What they are to the person described: <see cref="FamilyRelation.Brother"/> is the person's brother.</param>
public sealed record RelatedPerson(PersonName Name, FamilyRelation Relation, string? Note = null)
{
    public override string ToString() => "personal";
}
