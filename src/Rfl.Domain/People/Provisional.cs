using Rfl.Domain.Common;

namespace Rfl.Domain.People;

// Stands in for the types of people as data until they land; replaced as a whole.
public readonly record struct CountryCode(string Value)
{
    public override string ToString() => Value;
}

public enum FamilyRelation
{
    Father,
    Mother,
    Son,
    Daughter,
    Brother,
    Sister,
    Spouse,
    Other,
}

public enum Sex
{
    Unknown,
    Female,
    Male,
    Other,
}

public sealed record UncertainDate(DateOnly? Earliest, DateOnly? Latest);

public sealed record StatedDate(string Words, UncertainDate Interval);

public sealed record Place(string Text);

public sealed record ContactPoint(string Value);

public sealed record RelatedPerson(string Value);

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
    ValueList<RelatedPerson> Relatives = default)
{
    public static PersonDetails Empty { get; } = new([]);
}
