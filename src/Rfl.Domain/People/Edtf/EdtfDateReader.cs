using System.Globalization;
using System.Text.RegularExpressions;

namespace Rfl.Domain.People.Edtf;

/// <summary>Reads one date: neither interval nor set.</summary>
internal static partial class EdtfDateReader
{
    public static EdtfExpression? Read(string text, out string? why)
    {
        why = null;
        if (ReadPlain(text) is { } plain)
            return plain;
        if (text.StartsWith('Y'))
            return ReadLongYear(text, out why);
        var match = DatePattern().Match(text);
        if (!match.Success)
        {
            why = "The date is not written in EDTF, for example 1985, 1985-04, 1985-04-12, 198X, 1985~ or 1984/1986-03.";
            return null;
        }

        string Part(string name) => match.Groups[name].Value;
        if ((Part("q1") != "" && Part("q2") != "") || (Part("q3") != "" && Part("q4") != "") || (Part("q5") != "" && Part("q6") != ""))
        {
            why = "Qualify a part of a date once: before it, or after it and all to its left.";
            return null;
        }

        var beforeYearZero = Part("sign") != "";
        var year = new DigitMask(Part("year"));
        DigitMask? month = Part("month") is { Length: > 0 } m ? new DigitMask(m) : null;
        DigitMask? day = Part("day") is { Length: > 0 } d ? new DigitMask(d) : null;
        var parts = Qualify(match, month is null ? 1 : day is null ? 2 : 3);
        if (beforeYearZero && year.Highest == 0)
        {
            why = "Year zero has no minus sign; it is the year before 0001.";
            return null;
        }

        if (Part("digits") is { Length: > 0 } digits)
            return ReadSignificantDigits(beforeYearZero, year, digits, month, parts[0], out why);
        if (month is { IsExact: true, Lowest: >= YearDivision.First } division)
        {
            if (division.Lowest <= YearDivision.Last && day is null)
                return new YearDivision(beforeYearZero, year, division.Lowest, parts[0], parts[1]);
            why = "Months are 01 to 12; seasons and other divisions of a year are 21 to 41 and have no day.";
            return null;
        }

        var time = Part("time");
        if (time != "" && !(year.IsExact && month is { IsExact: true } && day is { IsExact: true }))
        {
            why = "A time of day needs a complete date.";
            return null;
        }

        if (CalendarDate.From(beforeYearZero, year, month, day, parts, time) is { } date)
            return date;
        why = day is null ? "The month does not exist: months are 01 to 12." : "The calendar has no such day.";
        return null;
    }

    /// <summary>A year, month or day of digits alone, as nearly all dates are; null for all others, and for days that no calendar has.</summary>
    private static CalendarDate? ReadPlain(string text)
    {
        if (text.Length is not (4 or 7 or 10))
            return null;
        for (var place = 0; place < text.Length; place++)
        {
            if (place is 4 or 7 ? text[place] != '-' : !char.IsAsciiDigit(text[place]))
                return null;
        }

        return CalendarDate.From(
            beforeYearZero: false,
            new DigitMask(text[..4]),
            text.Length > 4 ? new DigitMask(text[5..7]) : null,
            text.Length > 7 ? new DigitMask(text[8..]) : null,
            new Qualification[(text.Length - 1) / 3],
            time: "");
    }

    private static EstimatedYear? ReadSignificantDigits(
        bool beforeYearZero, DigitMask year, string digits, DigitMask? month, Qualification sureness, out string? why)
    {
        why = null;
        if (!year.IsExact || month is not null)
        {
            why = "Significant digits (S) belong to a year without unspecified digits, month or day.";
            return null;
        }

        var value = beforeYearZero ? -(long)year.Lowest : year.Lowest;
        return new EstimatedYear(value, (beforeYearZero ? "-" : "") + year.Digits, digits[0] - '0', sureness);
    }

    private static EstimatedYear? ReadLongYear(string text, out string? why)
    {
        why = null;
        var match = LongYearPattern().Match(text);
        if (!match.Success)
        {
            why = "After Y stands a year of more than four digits or one with an exponent, such as Y17E7, and no month or day.";
            return null;
        }

        var exponent = match.Groups["exponent"].Value;
        // Eighteen digits are the most that fit the arithmetic of years.
        if (match.Groups["year"].Value.Length + (exponent == "" ? 0 : int.Parse(exponent, CultureInfo.InvariantCulture)) > 18)
        {
            why = "The year has more than 18 digits.";
            return null;
        }

        var year = long.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        for (var times = exponent == "" ? 0 : int.Parse(exponent, CultureInfo.InvariantCulture); times > 0; times--)
            year *= 10;
        if (match.Groups["sign"].Length > 0)
            year = -year;
        int? digits = match.Groups["digits"].Length > 0 ? match.Groups["digits"].Value[0] - '0' : null;
        return new EstimatedYear(year, match.Groups["written"].Value, digits, QualificationSign.Read(match.Groups["q"].Value));
    }

    /// <summary>A sign before a part qualifies that part; one after it qualifies that part and every part to its left.</summary>
    private static Qualification[] Qualify(Match match, int count)
    {
        var parts = new Qualification[count];
        for (var part = 0; part < count; part++)
        {
            parts[part] |= QualificationSign.Read(match.Groups[$"q{(2 * part) + 1}"].Value);
            var group = QualificationSign.Read(match.Groups[$"q{(2 * part) + 2}"].Value);
            for (var left = 0; left <= part; left++)
                parts[left] |= group;
        }

        return parts;
    }

    [GeneratedRegex(
        """
        \A
        (?<q1>[?~%])?(?<sign>-)?(?<year>[0-9X]{4})(S(?<digits>[1-9]))?(?<q2>[?~%])?
        (-(?<q3>[?~%])?(?<month>[0-9X]{2})(?<q4>[?~%])?
        (-(?<q5>[?~%])?(?<day>[0-9X]{2})
        (?<time>T(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)(Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?)?)?
        (?<q6>[?~%])?)?)?
        \z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex(
        @"\A(?<written>Y(?<sign>-)?((?<year>[1-9][0-9]{4,17})|(?<year>[1-9][0-9]{0,17})E(?<exponent>[0-9]{1,2})))(S(?<digits>[1-9]))?(?<q>[?~%])?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LongYearPattern();
}
