using System.Globalization;

namespace Rfl.Domain.People.Edtf;

/// <summary>
/// A year alone, written with significant digits (<c>1950S2</c>), with more than four digits (<c>Y170000002</c>) or with an exponent (<c>Y17E7</c>).
/// </summary>
/// <param name="Year">The year stated or estimated.</param>
/// <param name="Written">The year as EDTF writes it, without significant digits and qualification.</param>
/// <param name="SignificantDigits">How many digits of the year from the left are sure, 1 to 9; null where all are.</param>
internal sealed record EstimatedYear(long Year, string Written, int? SignificantDigits, Qualification Sureness) : EdtfExpression
{
    public override LongDay? Lower => new LongDay(Year, 1, 1);

    public override LongDay? Upper => new LongDay(Year, 12, 31);

    public override LongDay? PossibleLower => new LongDay(Year < 0 ? -(Base + Open) : Base, 1, 1);

    public override LongDay? PossibleUpper => new LongDay(Year < 0 ? -Base : Base + Open, 12, 31);

    public override Qualification Qualification => Sureness;

    public override DatePrecision Precision => Open switch
    {
        0 => DatePrecision.Year,
        9 => DatePrecision.Decade,
        99 => DatePrecision.Century,
        _ => DatePrecision.Span,
    };

    private long Magnitude => Math.Abs(Year);

    /// <summary>The highest number that the digits which are not significant can hold.</summary>
    private long Open
    {
        get
        {
            // Leading zeros count as digits of a four-digit year.
            var length = Math.Max(4, Magnitude.ToString(CultureInfo.InvariantCulture).Length);
            var open = 1L;
            for (var digit = SignificantDigits ?? length; digit < length; digit++)
                open *= 10;
            return open - 1;
        }
    }

    private long Base => Magnitude - (Magnitude % (Open + 1));

    public override string Print() =>
        string.Create(CultureInfo.InvariantCulture, $"{Written}{(SignificantDigits is { } digits ? $"S{digits}" : "")}{Sureness.Sign()}");
}
