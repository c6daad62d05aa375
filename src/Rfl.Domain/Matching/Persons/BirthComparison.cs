namespace Rfl.Domain.Matching.Persons;

/// <summary>Compares birth dates by overlap, and knows the errors of the field (handbook §7).</summary>
public static class BirthComparison
{
    // Conversions between lunar calendars, or a birth at night, move a day by one or two.
    private const int DaysOfConversion = 2;

    // In about so many years most of those were born whom a register holds: agreement in any of them says nothing.
    private const double YearsOfBirth = 75;

    /// <summary>How much an agreement says: one in an interval the less, the wider it is.</summary>
    public static float Strength(Agreement agreement, PersonForm a, PersonForm b)
    {
        if (agreement != Agreement.BirthWithinInterval || a.Birth is not { } one || b.Birth is not { } other)
            return 1;
        var years = one.Latest.Year - one.Earliest.Year + other.Latest.Year - other.Earliest.Year + 1;
        return (float)Math.Clamp(Math.Log(YearsOfBirth / years) / Math.Log(YearsOfBirth), 0.05, 1);
    }

    /// <summary>Null where one side is not known.</summary>
    public static Agreement? Compare(PersonForm a, PersonForm b)
    {
        if (a.BirthDigits.Length == 8 && b.BirthDigits.Length == 8 && CompareDigits(a.BirthDigits, b.BirthDigits) is { } slip)
            return slip;
        if (a.Birth is not { } birthA || b.Birth is not { } birthB)
            return a.BirthDigits.Length == 8 && b.BirthDigits.Length == 8 ? Agreement.BirthDiffers : null;
        return Compare(birthA, birthB);
    }

    public static Agreement Compare(BirthInterval a, BirthInterval b)
    {
        if (a == b && a.IsDay && a.WithoutDefaultDay() == a)
            return Agreement.BirthSameDay;
        (a, b) = (a.WithoutDefaultDay(), b.WithoutDefaultDay());
        if (a.Earliest <= b.Latest && b.Earliest <= a.Latest)
        {
            var loose = a.Approximate || b.Approximate || a.Earliest.Year != a.Latest.Year || b.Earliest.Year != b.Latest.Year;
            return loose ? Agreement.BirthWithinInterval : Agreement.BirthSameYear;
        }
        var years = a.Latest < b.Earliest ? b.Earliest.Year - a.Latest.Year : a.Earliest.Year - b.Latest.Year;
        if (a.IsDay && b.IsDay && !a.Approximate && !b.Approximate && CompareDays(a.Earliest, b.Earliest) is { } days)
            return days;
        if (years == 0)
            return a.Earliest.Month == b.Earliest.Month || a.Earliest.Day == b.Earliest.Day ? Agreement.BirthDayOrMonthDiffers : Agreement.BirthYearOff1;
        return years switch
        {
            1 => Agreement.BirthYearOff1,
            2 => Agreement.BirthYearOff2,
            <= 5 => Agreement.BirthYearOff5,
            // An Ethiopian year read as a Gregorian one is seven or eight years short.
            7 or 8 => Agreement.BirthEthiopianCalendar,
            <= 10 => Agreement.BirthYearOff10,
            _ => Agreement.BirthDiffers,
        };
    }

    private static Agreement? CompareDays(DateOnly a, DateOnly b)
    {
        if (Math.Abs(a.DayNumber - b.DayNumber) <= DaysOfConversion)
            return Agreement.BirthDayOrMonthDiffers;
        var (year, month, day) = (a.Year == b.Year, a.Month == b.Month, a.Day == b.Day);
        // Where two of year, month and day are the same the third may be wrong; an Ethiopian year is wrong in a known way.
        return (year && (month || day)) || (month && day) || Math.Abs(a.Year - b.Year) is 7 or 8 ? null : Agreement.BirthDaysDiffer;
    }

    // Slips of the pen in eight digits, also such that leave no date.
    private static Agreement? CompareDigits(string a, string b)
    {
        if (a == b)
            return a.EndsWith("0101", StringComparison.Ordinal) ? null : Agreement.BirthSameDay;
        if (a.AsSpan(0, 4).SequenceEqual(b.AsSpan(0, 4)) && a.AsSpan(4, 2).SequenceEqual(b.AsSpan(6, 2)) && a.AsSpan(6, 2).SequenceEqual(b.AsSpan(4, 2)))
            return Agreement.BirthSwapped;
        return TextDistance.IsOneSlip(a, b) && !IsDefault(a) && !IsDefault(b) ? Agreement.BirthDigitDiffers : null;
    }

    private static bool IsDefault(string digits) => digits.EndsWith("0101", StringComparison.Ordinal);
}
