using System.Globalization;

namespace Rfl.Domain.People;

/// <summary>
/// A day of the proleptic Gregorian calendar in any year, since uncertain dates reach beyond what <see cref="DateOnly"/> can hold.
/// Years are counted astronomically as in ISO 8601: year 0 comes before year 1.
/// </summary>
public readonly record struct LongDay(long Year, int Month, int Day) : IComparable<LongDay>
{
    public static bool IsLeapYear(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    /// <param name="month">1 to 12.</param>
    public static int DaysInMonth(long year, int month) => month switch
    {
        2 => IsLeapYear(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    public static LongDay From(DateOnly day) => new(day.Year, day.Month, day.Day);

    /// <summary>The same day where <see cref="DateOnly"/> has it (years 1 to 9999), otherwise null.</summary>
    public DateOnly? ToDateOnly() => Year is >= 1 and <= 9999 ? new DateOnly((int)Year, Month, Day) : null;

    public int CompareTo(LongDay other) => (Year, Month, Day).CompareTo((other.Year, other.Month, other.Day));

    /// <summary>ISO 8601, with a minus sign before year 0 and as many digits as the year needs, at least four.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Year < 0 ? "-" : "")}{Math.Abs(Year):0000}-{Month:00}-{Day:00}");

    public static bool operator <(LongDay left, LongDay right) => left.CompareTo(right) < 0;

    public static bool operator >(LongDay left, LongDay right) => left.CompareTo(right) > 0;

    public static bool operator <=(LongDay left, LongDay right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LongDay left, LongDay right) => left.CompareTo(right) >= 0;
}
