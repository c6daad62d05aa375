namespace Rfl.Domain.People;

/// <summary>What one person is to another. Where the sex does not matter or is not known there is a word for that, too.</summary>
public enum FamilyRelation
{
    Father,
    Mother,
    Parent,
    Son,
    Daughter,
    Child,
    Brother,
    Sister,
    Sibling,
    Spouse,
    Grandfather,
    Grandmother,
    Grandparent,
    Grandson,
    Granddaughter,
    Grandchild,
    Uncle,
    Aunt,
    UncleOrAunt,
    Nephew,
    Niece,
    NephewOrNiece,
    Cousin,

    /// <summary>Has charge of a child or dependent adult.</summary>
    Guardian,

    /// <summary>Is in somebody's charge.</summary>
    Ward,
    InLaw,

    /// <summary>Travelled or lived together.</summary>
    Companion,
    Other,
}

public static class FamilyRelationExtensions
{
    /// <summary>
    /// The relation read from the other side: if A is the <paramref name="relation"/> of B, what B, of the given sex, is to A.
    /// </summary>
    public static FamilyRelation Inverse(this FamilyRelation relation, Sex sex) => relation switch
    {
        FamilyRelation.Father or FamilyRelation.Mother or FamilyRelation.Parent => For(sex, FamilyRelation.Daughter, FamilyRelation.Son, FamilyRelation.Child),
        FamilyRelation.Son or FamilyRelation.Daughter or FamilyRelation.Child => For(sex, FamilyRelation.Mother, FamilyRelation.Father, FamilyRelation.Parent),
        FamilyRelation.Brother or FamilyRelation.Sister or FamilyRelation.Sibling =>
            For(sex, FamilyRelation.Sister, FamilyRelation.Brother, FamilyRelation.Sibling),
        FamilyRelation.Grandfather or FamilyRelation.Grandmother or FamilyRelation.Grandparent =>
            For(sex, FamilyRelation.Granddaughter, FamilyRelation.Grandson, FamilyRelation.Grandchild),
        FamilyRelation.Grandson or FamilyRelation.Granddaughter or FamilyRelation.Grandchild =>
            For(sex, FamilyRelation.Grandmother, FamilyRelation.Grandfather, FamilyRelation.Grandparent),
        FamilyRelation.Uncle or FamilyRelation.Aunt or FamilyRelation.UncleOrAunt =>
            For(sex, FamilyRelation.Niece, FamilyRelation.Nephew, FamilyRelation.NephewOrNiece),
        FamilyRelation.Nephew or FamilyRelation.Niece or FamilyRelation.NephewOrNiece =>
            For(sex, FamilyRelation.Aunt, FamilyRelation.Uncle, FamilyRelation.UncleOrAunt),
        FamilyRelation.Guardian => FamilyRelation.Ward,
        FamilyRelation.Ward => FamilyRelation.Guardian,
        FamilyRelation.Spouse or FamilyRelation.Cousin or FamilyRelation.InLaw or FamilyRelation.Companion or FamilyRelation.Other => relation,
        _ => throw new ArgumentOutOfRangeException(nameof(relation)),
    };

    private static FamilyRelation For(Sex sex, FamilyRelation female, FamilyRelation male, FamilyRelation either) => sex switch
    {
        Sex.Female => female,
        Sex.Male => male,
        _ => either,
    };
}
