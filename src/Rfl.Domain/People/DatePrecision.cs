namespace Rfl.Domain.People;

/// <summary>The finest unit that is fully known of a date, from fine to coarse.</summary>
public enum DatePrecision
{
    Day,
    Month,

    /// <summary>A season, quarter or other division of a year.</summary>
    Season,
    Year,
    Decade,
    Century,

    /// <summary>Anything wider, or a range or choice between several dates.</summary>
    Span,
}
