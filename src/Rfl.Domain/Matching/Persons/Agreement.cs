namespace Rfl.Domain.Matching.Persons;

/// <summary>How two values of a field stand to each other; the code is stable and stands for a text in each language.</summary>
public enum Agreement
{
    /// <summary>Not known on one side: neutral.</summary>
    Unknown,

    NameAgrees, NameContradicts, NamePartMissing, GivenNameDiffers,

    /// <summary>A name that the other side does not bear is that of the other side's relative: nobody is their own brother.</summary>
    NamedAmongRelatives,

    FatherAgrees, FatherNear, FatherDiffers, FatherInName, FatherNotInName,

    /// <summary>The father agrees, but stands in both names and has been counted there.</summary>
    FatherRepeated,

    MotherAgrees, MotherNear, MotherDiffers,
    RelativeShared, RelativesDiffer, RelationInverted,
    SexSame, SexDiffers,
    BirthSameDay, BirthSameYear, BirthWithinInterval, BirthDayOrMonthDiffers, BirthDigitDiffers, BirthSwapped,
    BirthYearOff1, BirthYearOff2, BirthYearOff5, BirthEthiopianCalendar, BirthYearOff10, BirthDiffers,

    /// <summary>Two days, both known to the day and neither a slip of the pen of the other.</summary>
    BirthDaysDiffer,

    PlaceSame, PlaceNear, PlaceDiffers,
    OriginSame, OriginNear, OriginDiffers,
    AddressSame, AddressNear, AddressDiffers,
    AddressDetailSame, AddressDetailNear, AddressDetailDiffers,
    StreetNumberSame, StreetNumberDiffers,
    PostcodeSame, PostcodeNear, PostcodeDiffers,
}

/// <summary>One line of the evidence: a field, how the two sides agree, how strongly (1 as a rule; for names, in log-odds of the parts).</summary>
public readonly record struct FieldAgreement(MatchField Field, Agreement Agreement, float Strength);
