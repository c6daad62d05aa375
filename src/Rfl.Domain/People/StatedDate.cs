using System.Diagnostics.CodeAnalysis;
using Rfl.Domain.People.Calendars;

namespace Rfl.Domain.People;

/// <summary>
/// A date as somebody stated it: the words as given, the calendar they belong to, and the Gregorian interval that follows (handbook §7).
/// </summary>
/// <param name="Words">As given, never changed.</param>
/// <param name="Interval">The Gregorian days that fit.</param>
/// <param name="Precision">The precision in the calendar of the words: a month of another calendar is a month, though it spans two Gregorian ones.</param>
public sealed record StatedDate(string Words, CalendarKind Calendar, UncertainDate Interval, DatePrecision Precision)
{
    /// <summary>Somebody's birth from the age they had on a day, in completed years.</summary>
    public static StatedDate FromAge(string words, int years, DateOnly on) =>
        new(words, CalendarKind.Gregorian, UncertainDate.BirthFromAge(years, on), DatePrecision.Year);

    /// <summary>
    /// Reads a date in words or numbers: day, month and year, month and year, or a year, with the month as number or name, in digits of any script.
    /// Numbers are read with the day first unless they begin with the year. A Gregorian date may also be written in EDTF.
    /// </summary>
    /// <param name="on">The day of the statement; a year of two digits is the last one that had begun by then.</param>
    /// <param name="isExact">Whether the person says that the day is exact; otherwise a Gregorian 1 January stands for its year (handbook §7).</param>
    /// <param name="why">What is wrong and how to write it, without repeating the words.</param>
    public static bool TryRead(
        string words,
        CalendarKind calendar,
        DateOnly on,
        [NotNullWhen(true)] out StatedDate? date,
        [NotNullWhen(false)] out string? why,
        bool isExact = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        date = null;
        why = null;
        if (words.Length > 200)
        {
            why = "The date is longer than 200 characters.";
            return false;
        }

        if (calendar == CalendarKind.Gregorian && UncertainDate.TryParse(words, out var edtf, out _))
        {
            var interval = edtf.IsFirstOfJanuary && !isExact ? edtf.ToYear() : edtf;
            date = new StatedDate(words, calendar, interval, interval.Precision);
            return true;
        }

        if (DateWords.Split(words) is not { } parts || YearMonthDay.From(parts, calendar, on) is not { } stated)
        {
            why = "Write day, month and year, month and year, or the year alone; the month as a number or by its name.";
            return false;
        }

        if (stated.Interval(calendar, isExact) is not { } found)
        {
            why = "The calendar has no such date.";
            return false;
        }

        date = new StatedDate(words, calendar, found.Interval, found.Precision);
        return true;
    }

    public override string ToString() => "personal";
}
