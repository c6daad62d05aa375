using System.Globalization;
using Rfl.Domain.Matching.Persons;
using Rfl.Domain.People;

namespace Rfl.Benchmarks.Matching;

/// <summary>Reads the birth dates of registers.</summary>
internal static class BirthText
{
    /// <summary>EDTF, or eight digits; null for anything else and for dates that are open at both ends.</summary>
    public static BirthInterval? Read(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new BirthInterval(day, day);
        return UncertainDate.TryParse(text, out var date, out _) ? BirthInterval.From(date) : null;
    }
}
