namespace Rfl.Domain.People.Calendars;

/// <summary>A full or partial date in some calendar.</summary>
internal readonly record struct YearMonthDay(int Year, int? Month, int? Day)
{
    /// <summary>Umm al-Qura tables agree from here on; before, they differ by a day.</summary>
    private const int FirstCertainGregorianYear = 2000;

    public static YearMonthDay? From(DateWords words, CalendarKind calendar, DateOnly on)
    {
        if (words.MonthName != "")
        {
            if (MonthNames.Find(calendar, words.MonthName) is not { } month)
                return null;
            return words.Numbers switch
            {
                [var year] => Of(calendar, on, year, month, null),
                // 1990 May 17, May 17 1990, 17 May 1990
                [{ Digits: > 2 } year, var day] => Of(calendar, on, year, month, day.Value),
                [var day, var year] => Of(calendar, on, year, month, day.Value),
                _ => null,
            };
        }

        return words.Numbers switch
        {
            [var year] => Of(calendar, on, year, null, null),
            [{ Digits: > 2 } year, var month] => Of(calendar, on, year, month.Value, null),
            [var month, { Digits: > 2 } year] => Of(calendar, on, year, month.Value, null),
            [{ Digits: > 2 } year, var month, var day] => Of(calendar, on, year, month.Value, day.Value),
            // Only the American order can have a second number above the months of a year.
            [var month, var day, var year] when day.Value > CalendarYears.MonthsInYear(calendar) => Of(calendar, on, year, month.Value, day.Value),
            [var day, var month, var year] => Of(calendar, on, year, month.Value, day.Value),
            _ => null,
        };
    }

    /// <summary>The Gregorian days, or null where the calendar has no such date.</summary>
    public (UncertainDate Interval, DatePrecision Precision)? Interval(CalendarKind calendar, bool isExact)
    {
        if (Month is not { } month)
            return CalendarYears.Year(calendar, Year) is { } year ? (Between(calendar, year.First, year.Last), DatePrecision.Year) : null;
        if (Day is not { } day)
            return CalendarYears.Month(calendar, Year, month) is { } days ? (Between(calendar, days.First, days.Last), DatePrecision.Month) : null;
        if (CalendarYears.Day(calendar, Year, month, day) is not { } gregorian)
            return null;
        return calendar == CalendarKind.Gregorian && (month, day) == (1, 1) && !isExact
            ? (UncertainDate.InYear(Year), DatePrecision.Year)
            : (Between(calendar, gregorian, gregorian), DatePrecision.Day);
    }

    private static YearMonthDay? Of(CalendarKind calendar, DateOnly on, (int Value, int Digits) year, int? month, int? day) => year.Digits switch
    {
        3 or 4 => new YearMonthDay(year.Value, month, day),
        // Islamic lunar and Coptic years are not shortened.
        2 when calendar is CalendarKind.Gregorian or CalendarKind.SolarHijri or CalendarKind.Ethiopian =>
            new YearMonthDay(LastEndingIn(year.Value, CalendarYears.YearOf(calendar, on)), month, day),
        _ => null,
    };

    private static int LastEndingIn(int ending, int thisYear) => thisYear - ((((thisYear - ending) % 100) + 100) % 100);

    private static UncertainDate Between(CalendarKind calendar, DateOnly first, DateOnly last)
    {
        if (calendar == CalendarKind.UmmAlQura && first.Year < FirstCertainGregorianYear)
            (first, last) = (first.AddDays(-1), last.AddDays(1));
        return (calendar, first.Day, last.Month - first.Month) switch
        {
            (CalendarKind.Gregorian, 1, 11) => UncertainDate.InYear(first.Year),
            (CalendarKind.Gregorian, 1, 0) when last != first => UncertainDate.InMonth(first.Year, first.Month),
            _ => UncertainDate.OneDayBetween(first, last),
        };
    }
}
