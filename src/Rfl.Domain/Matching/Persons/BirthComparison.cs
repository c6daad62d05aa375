namespace Rfl.Domain.Matching.Persons;

/// <summary>Compares birth dates by overlap, and knows the errors of the field (handbook §7).</summary>
public static class BirthComparison
{
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
