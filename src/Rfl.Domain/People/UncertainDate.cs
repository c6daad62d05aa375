using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.People.Edtf;

namespace Rfl.Domain.People;

/// <summary>
/// A date as far as it is known, written in EDTF: levels 0 and 1 of ISO 8601-2, and of level 2 sets, significant digits, exponential years, all divisions
/// of a year, qualification of parts and unspecified digits anywhere (handbook §7). Two dates are equal when they are written alike.
/// </summary>
[JsonConverter(typeof(UncertainDateJsonConverter))]
public sealed class UncertainDate : IEquatable<UncertainDate>
{
    private readonly EdtfExpression expression;
    private readonly string text;

    private UncertainDate(EdtfExpression expression)
    {
        this.expression = expression;
        text = expression.Print();
    }

    /// <summary>
    /// The earliest day that cannot be excluded. Null where it is open, unknown or outside the years 1 to 9999; see <see cref="Lower"/> for those.
    /// Significant digits widen it: <c>1950S2</c> begins in 1900.
    /// </summary>
    public DateOnly? Earliest => expression.PossibleLower?.ToDateOnly();

    /// <summary>The latest day that cannot be excluded. Null where it is open, unknown or outside the years 1 to 9999.</summary>
    public DateOnly? Latest => expression.PossibleUpper?.ToDateOnly();

    /// <summary>The first day of the date as stated, in any year; null where it is open or unknown. Significant digits do not widen it.</summary>
    public LongDay? Lower => expression.Lower;

    /// <summary>The last day of the date as stated, in any year; null where it is open or unknown.</summary>
    public LongDay? Upper => expression.Upper;

    public DatePrecision Precision => expression.Precision;

    /// <summary>Whether any part is marked as uncertain (<c>?</c> or <c>%</c>).</summary>
    public bool IsUncertain => expression.Qualification.HasFlag(Qualification.Uncertain);

    /// <summary>Whether any part is marked as approximate (<c>~</c> or <c>%</c>).</summary>
    public bool IsApproximate => expression.Qualification.HasFlag(Qualification.Approximate);

    /// <summary>Whether the date is 1 January of a known year, the usual stand-in for an unknown birthday (handbook §7).</summary>
    public bool IsFirstOfJanuary => Precision == DatePrecision.Day && Lower is { Month: 1, Day: 1 };

    public static UncertainDate On(DateOnly day) => Parse(Iso(day));

    /// <param name="year">0 to 9999.</param>
    public static UncertainDate InYear(int year) => Parse(year.ToString("0000", CultureInfo.InvariantCulture));

    /// <param name="year">0 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    public static UncertainDate InMonth(int year, int month) => Parse(string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}"));

    /// <summary>One unknown day from <paramref name="earliest"/> to <paramref name="latest"/>, both included.</summary>
    public static UncertainDate OneDayBetween(DateOnly earliest, DateOnly latest) =>
        earliest == latest ? On(earliest) : Parse($"[{Iso(earliest)}..{Iso(latest)}]");

    /// <summary>The birthdays of somebody whose age was <paramref name="years"/> on a day.</summary>
    /// <param name="years">Completed years, 0 to 150.</param>
    public static UncertainDate BirthFromAge(int years, DateOnly on) => BirthFromAge(years, years, on);

    /// <summary>The birthdays of somebody whose age was between two numbers of completed years on a day.</summary>
    public static UncertainDate BirthFromAge(int youngest, int oldest, DateOnly on)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(youngest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldest, 150);
        ArgumentOutOfRangeException.ThrowIfLessThan(oldest, youngest);
        return OneDayBetween(on.AddYears(-(oldest + 1)).AddDays(1), on.AddYears(-youngest));
    }

    /// <exception cref="FormatException">The text is not EDTF; the message says why and does not repeat it.</exception>
    public static UncertainDate Parse(string text) => TryParse(text, out var date, out var why) ? date : throw new FormatException(why);

    /// <param name="why">What is wrong and how to write it, without repeating the text; null where the text is a date.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out UncertainDate? date, [NotNullWhen(false)] out string? why)
    {
        date = EdtfReader.Read(text ?? "", out why) is { } expression ? new UncertainDate(expression) : null;
        return date is not null;
    }

    /// <summary>The year of the first day, marked like the date.</summary>
    /// <exception cref="InvalidOperationException">The start is open or unknown.</exception>
    internal UncertainDate ToYear()
    {
        var first = Lower ?? throw new InvalidOperationException("A date without start has no year.");
        return Parse(first.ToString()[..^"-01-01".Length] + expression.Qualification.Sign());
    }

    /// <summary>Whether some day fits both dates. An open or unknown end fits everything on its side.</summary>
    public bool Overlaps(UncertainDate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return !(expression.PossibleLower > other.expression.PossibleUpper) && !(other.expression.PossibleLower > expression.PossibleUpper);
    }

    public bool Equals([NotNullWhen(true)] UncertainDate? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as UncertainDate);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The date in EDTF, always written in the same way.</summary>
    public override string ToString() => text;

    public static bool operator ==(UncertainDate? left, UncertainDate? right) => Equals(left, right);

    public static bool operator !=(UncertainDate? left, UncertainDate? right) => !Equals(left, right);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Reads and writes an <see cref="UncertainDate"/> as its EDTF text.</summary>
public sealed class UncertainDateJsonConverter : JsonConverter<UncertainDate>
{
    public override UncertainDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? throw new JsonException("A date is a string in EDTF.")
        : UncertainDate.TryParse(reader.GetString(), out var date, out var why) ? date
        : throw new JsonException(why);

    public override void Write(Utf8JsonWriter writer, UncertainDate value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.ToString());
    }
}
