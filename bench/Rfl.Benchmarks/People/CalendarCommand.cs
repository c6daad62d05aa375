using System.Globalization;
using Rfl.Domain.People.Calendars;

namespace Rfl.Benchmarks.People;

/// <summary><c>calendar FILE</c>: for each line such as <c>persian:1404-1-1</c> the Gregorian day in ISO 8601, or <c>invalid</c>.</summary>
internal static class CalendarCommand
{
    private static readonly Dictionary<string, CalendarKind> calendars = new()
    {
        ["gregorian"] = CalendarKind.Gregorian,
        ["persian"] = CalendarKind.SolarHijri,
        ["umalqura"] = CalendarKind.UmmAlQura,
        ["islamic_civil"] = CalendarKind.IslamicCivil,
        ["ethiopic"] = CalendarKind.Ethiopian,
        ["coptic"] = CalendarKind.Coptic,
    };

    public static int Run(string[] arguments) => LineByLine.Answer("calendar", arguments, Answer);

    public static string Answer(string line)
    {
        var parts = line.Split(':', '-');
        return parts is [var name, var year, var month, var day]
            && calendars.TryGetValue(name.Trim(), out var calendar)
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            && int.TryParse(day.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var d)
            && CalendarYears.Day(calendar, y, m, d) is { } gregorian
                ? gregorian.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : "invalid";
    }
}
