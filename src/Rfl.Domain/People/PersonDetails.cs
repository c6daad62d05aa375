using System.Text.Json.Serialization;
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
    ReasonedDetail? Religion = null) : ISheet
{
    public static PersonDetails Empty { get; } = new([]);

    public ISheet NameOthers(NamingPerson naming) => NameOthers("", naming);

    /// <param name="below">The path of this sheet within another, with a point at its end.</param>
    internal PersonDetails NameOthers(string below, NamingPerson naming)
    {
        ArgumentNullException.ThrowIfNull(naming);
        return Relatives.Count == 0 ? this : this with
        {
            Relatives = Relatives.Select((relative, i) => relative with { Person = naming($"{below}relatives[{i}].person", relative) }).ToValueList(),
        };
    }

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
/// <param name="Person">Names the relative from now on; null where nobody is kept, as in a search.</param>
public sealed record RelatedPerson(PersonName Name, FamilyRelation Relation, string? Note = null, PersonId? Person = null) : IAboutAnother<RelatedPerson>
{
    /// <summary>Whether the relative was erased: then there is no name, and the relation says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsErased { get; init; }

    /// <summary>Whether what is known of the relative is damaged, or its key not at hand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnreadable { get; init; }

    bool IAboutAnother.IsAboutAnother => true;

    PersonId? IAboutAnother.Subject => Person;

    public static RelatedPerson Erased(PersonId person) => new(new PersonName([]), FamilyRelation.Other, Person: person) { IsErased = true };

    public static RelatedPerson Unreadable(PersonId person) => new(new PersonName([]), FamilyRelation.Other, Person: person) { IsUnreadable = true };

    bool IAboutAnother.IsSamePersonAs(IAboutAnother other) => other is RelatedPerson relative && relative.Name == Name && relative.Relation == Relation;

    public override string ToString() => "personal";
}
