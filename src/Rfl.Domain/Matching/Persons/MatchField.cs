namespace Rfl.Domain.Matching.Persons;

/// <summary>What the evidence is about.</summary>
public enum MatchField
{
    Name,
    Father,
    Mother,
    Relatives,
    Sex,
    Birth,
    Birthplace,
    Origin,
    Address,
    StreetNumber,
    Postcode,
}
