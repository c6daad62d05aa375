namespace Rfl.Domain.People.Edtf;

/// <summary>
/// A year of four digits, with or without month and day, each of which may have unspecified digits and a qualification of its own.
/// Levels 0 to 2 of ISO 8601-2; a time of day is kept as written but does not move the day.
/// </summary>
internal sealed record CalendarDate : EdtfExpression
{
    private CalendarDate(LongDay lower, LongDay upper)
    {
        Lower = lower;
        Upper = upper;
    }

    public override LongDay? Lower { get; }

    public override LongDay? Upper { get; }

    public bool IsBeforeYearZero { get; private init; }

    public DigitMask Year { get; private init; }

    public DigitMask? Month { get; private init; }

    public DigitMask? Day { get; private init; }

    /// <summary>The qualification of year, month and day; as many as there are parts.</summary>
    public required Qualification[] Parts { get; init; }

    /// <summary>Time of day with its leading <c>T</c>, empty where none is given.</summary>
    public string Time { get; init; } = "";

    public override Qualification Qualification => Parts.Aggregate(Qualification.None, (all, part) => all | part);

    public override DatePrecision Precision => (Year.UnspecifiedFromRight, Month, Day) switch
    {
        (0, { IsExact: true }, { IsExact: true }) => DatePrecision.Day,
        (0, { IsExact: true }, _) => DatePrecision.Month,
        (0, _, _) => DatePrecision.Year,
        (1, _, _) => DatePrecision.Decade,
        (2, _, _) => DatePrecision.Century,
        _ => DatePrecision.Span,
    };

    /// <summary>The date, or null where no day of the calendar fits.</summary>
    public static CalendarDate? From(bool beforeYearZero, DigitMask year, DigitMask? month, DigitMask? day, Qualification[] parts, string time)
    {
        if (year.IsExact && month?.IsExact != false && day?.IsExact != false)
            return Exact(beforeYearZero ? -(long)year.Lowest : year.Lowest, month?.Lowest, day?.Lowest) is var (first, last)
                ? new CalendarDate(first, last) { IsBeforeYearZero = beforeYearZero, Year = year, Month = month, Day = day, Parts = parts, Time = time }
                : null;
        // Year -0000 does not exist: there is only one year zero.
        var ascending = beforeYearZero ? year.ValuesFromLast(1, 9999).Select(value => -(long)value) : year.Values(0, 9999).Select(value => (long)value);
        var descending = beforeYearZero ? year.Values(1, 9999).Select(value => -(long)value) : year.ValuesFromLast(0, 9999).Select(value => (long)value);
        if (First(ascending, month, day) is not { } lower || Last(descending, month, day) is not { } upper)
            return null;
        return new CalendarDate(lower, upper) { IsBeforeYearZero = beforeYearZero, Year = year, Month = month, Day = day, Parts = parts, Time = time };
    }

    public override string Print()
    {
        var sign = IsBeforeYearZero ? "-" : "";
        string[] parts = [sign + Year.Digits, .. Month is { } month ? [month.Digits] : Array.Empty<string>(), .. Day is { } day ? [day.Digits] : Array.Empty<string>()];
        return Parts.Distinct().Count() == 1
            ? string.Join('-', parts) + Time + Parts[0].Sign()
            : string.Join('-', parts.Zip(Parts, (text, qualification) => qualification.Sign() + text)) + Time;
    }

    private static (LongDay First, LongDay Last)? Exact(long year, int? month, int? day)
    {
        if (month is < 1 or > 12)
            return null;
        var (from, to) = (month ?? 1, month ?? 12);
        var length = LongDay.DaysInMonth(year, to);
        return day < 1 || day > length ? null : (new LongDay(year, from, day ?? 1), new LongDay(year, to, day ?? length));
    }

    private static LongDay? First(IEnumerable<long> years, DigitMask? month, DigitMask? day)
    {
        var days = from year in years
                   from m in month?.Values(1, 12) ?? [1]
                   from d in day?.Values(1, LongDay.DaysInMonth(year, m)) ?? [1]
                   select new LongDay(year, m, d);
        return days.Select(value => (LongDay?)value).FirstOrDefault();
    }

    private static LongDay? Last(IEnumerable<long> yearsFromLast, DigitMask? month, DigitMask? day)
    {
        var days = from year in yearsFromLast
                   from m in month?.ValuesFromLast(1, 12) ?? [12]
                   let length = LongDay.DaysInMonth(year, m)
                   from d in day?.ValuesFromLast(1, length) ?? [length]
                   select new LongDay(year, m, d);
        return days.Select(value => (LongDay?)value).FirstOrDefault();
    }
}
