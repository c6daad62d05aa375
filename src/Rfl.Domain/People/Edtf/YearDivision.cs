using System.Globalization;

namespace Rfl.Domain.People.Edtf;

/// <summary>
/// A season or another division of a year, 21 to 41 in the place of the month. ISO 8601-2 leaves the bounds of seasons open; these are the meteorological
/// seasons, and those without a hemisphere (21–24) are northern ones, since nearly everybody in this work speaks of them. A season that spans New Year
/// belongs to the year in which it begins.
/// </summary>
internal sealed record YearDivision(bool IsBeforeYearZero, DigitMask Year, int Division, Qualification YearSureness, Qualification DivisionSureness) : EdtfExpression
{
    public const int First = 21;
    public const int Last = 41;

    public override LongDay? Lower => new LongDay(IsBeforeYearZero ? -Year.Highest : Year.Lowest, FirstMonth, 1);

    public override LongDay? Upper
    {
        get
        {
            var year = IsBeforeYearZero ? -Math.Max(1, Year.Lowest) : Year.Highest;
            var last = FirstMonth + Months - 1;
            return last > 12
                ? new LongDay(year + 1, last - 12, LongDay.DaysInMonth(year + 1, last - 12))
                : new LongDay(year, last, LongDay.DaysInMonth(year, last));
        }
    }

    public override Qualification Qualification => YearSureness | DivisionSureness;

    public override DatePrecision Precision => Year.IsExact ? DatePrecision.Season : DatePrecision.Span;

    private int FirstMonth => Division switch
    {
        <= 24 => 3 + (3 * (Division - 21)),
        <= 28 => 3 + (3 * (Division - 25)),
        29 => 9,
        30 => 12,
        31 => 3,
        32 => 6,
        <= 36 => 1 + (3 * (Division - 33)),
        <= 39 => 1 + (4 * (Division - 37)),
        _ => 1 + (6 * (Division - 40)),
    };

    private int Months => Division switch
    {
        <= 36 => 3,
        <= 39 => 4,
        _ => 6,
    };

    public override string Print()
    {
        var year = (IsBeforeYearZero ? "-" : "") + Year.Digits;
        var division = Division.ToString(CultureInfo.InvariantCulture);
        return YearSureness == DivisionSureness
            ? $"{year}-{division}{YearSureness.Sign()}"
            : $"{YearSureness.Sign()}{year}-{DivisionSureness.Sign()}{division}";
    }
}
