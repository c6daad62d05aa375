using NodaTime;
using NodaTime.Calendars;

namespace Rfl.Domain.People.Calendars;

/// <summary>Gregorian days of years, months and days in the other calendars.</summary>
public static class CalendarYears
{
    /// <summary>Both count the same months; the Ethiopian era began 276 years before the Coptic one.</summary>
    private const int EthiopianYearsBeforeCoptic = 276;

    private static readonly CalendarSystem islamicCivil = CalendarSystem.GetIslamicCalendar(IslamicLeapYearPattern.Base16, IslamicEpoch.Civil);

    /// <summary>The Gregorian day, or null where the calendar has no such day or it lies outside the years 1 to 9999.</summary>
    /// <param name="month">From 1; the Ethiopian and Coptic years have thirteen months.</param>
    public static DateOnly? Day(CalendarKind calendar, int year, int month, int day) =>
        DaysInMonth(calendar, year, month) is { } days && day >= 1 && day <= days ? Convert(calendar, year, month, day) : null;

    /// <summary>The first and last Gregorian day of a month.</summary>
    public static (DateOnly First, DateOnly Last)? Month(CalendarKind calendar, int year, int month) =>
        DaysInMonth(calendar, year, month) is { } days && Convert(calendar, year, month, 1) is { } first && Convert(calendar, year, month, days) is { } last
            ? (first, last)
            : null;

    /// <summary>The first and last Gregorian day of a year.</summary>
    public static (DateOnly First, DateOnly Last)? Year(CalendarKind calendar, int year) =>
        HasYear(calendar, year) && Month(calendar, year, 1) is { } first && Month(calendar, year, MonthsInYear(calendar)) is { } last
            ? (first.First, last.Last)
            : null;

    /// <summary>The year of the calendar in which a Gregorian day falls.</summary>
    public static int YearOf(CalendarKind calendar, DateOnly day)
    {
        var year = LocalDate.FromDateOnly(day).WithCalendar(SystemOf(calendar)).Year;
        return calendar == CalendarKind.Ethiopian ? year + EthiopianYearsBeforeCoptic : year;
    }

    internal static int MonthsInYear(CalendarKind calendar) => calendar is CalendarKind.Ethiopian or CalendarKind.Coptic ? 13 : 12;

    private static int? DaysInMonth(CalendarKind calendar, int year, int month) =>
        HasYear(calendar, year) && month >= 1 && month <= MonthsInYear(calendar)
            ? SystemOf(calendar).GetDaysInMonth(YearInSystem(calendar, year), month)
            : null;

    private static bool HasYear(CalendarKind calendar, int year) =>
        YearInSystem(calendar, year) is var inSystem && inSystem >= Math.Max(1, SystemOf(calendar).MinYear) && inSystem <= SystemOf(calendar).MaxYear;

    private static DateOnly? Convert(CalendarKind calendar, int year, int month, int day)
    {
        var date = new LocalDate(YearInSystem(calendar, year), month, day, SystemOf(calendar)).WithCalendar(CalendarSystem.Iso);
        return date.Year is >= 1 and <= 9999 ? date.ToDateOnly() : null;
    }

    private static int YearInSystem(CalendarKind calendar, int year) => calendar == CalendarKind.Ethiopian ? year - EthiopianYearsBeforeCoptic : year;

    private static CalendarSystem SystemOf(CalendarKind calendar) => calendar switch
    {
        CalendarKind.Gregorian => CalendarSystem.Iso,
        // The arithmetic one is a day off at the end of 1403; the simple one agrees with the official calendars of our time.
        CalendarKind.SolarHijri => CalendarSystem.PersianSimple,
        CalendarKind.UmmAlQura => CalendarSystem.UmAlQura,
        CalendarKind.IslamicCivil => islamicCivil,
        CalendarKind.Ethiopian or CalendarKind.Coptic => CalendarSystem.Coptic,
        _ => throw new ArgumentOutOfRangeException(nameof(calendar)),
    };
}
