using System.Globalization;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Benchmarks.Matching;

/// <summary>Reads the birth dates of registers.</summary>
internal static class BirthText
{
    /// <summary>A year, month or day, an interval of them, each perhaps approximate (~) or uncertain (?), or eight digits; null for anything else.</summary>
    public static BirthInterval? Read(string text)
    {
        if (text.Split('/') is [var start, var end] && Read(start) is { } first && Read(end) is { } last && first.Earliest <= last.Latest)
            return new BirthInterval(first.Earliest, last.Latest, first.Approximate || last.Approximate);
        var plain = text.TrimEnd('~', '?', '%');
        var approximate = plain.Length < text.Length;
        foreach (var (format, span) in new[] { ("yyyy-MM-dd", 0), ("yyyyMMdd", 0), ("yyyy-MM", 1), ("yyyy", 12) })
        {
            if (!DateOnly.TryParseExact(plain, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                continue;
            return new BirthInterval(day, span == 0 ? day : day.AddMonths(span).AddDays(-1), approximate);
        }
        return null;
    }
}
