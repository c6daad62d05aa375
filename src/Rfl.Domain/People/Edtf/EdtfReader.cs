namespace Rfl.Domain.People.Edtf;

/// <summary>Reads EDTF expressions. The reasons given for a refusal never repeat the text, which may be personal.</summary>
internal static class EdtfReader
{
    /// <summary>Longer than any sensible date or set; keeps hostile input cheap.</summary>
    private const int MaximumLength = 500;

    public static EdtfExpression? Read(string text, out string? why)
    {
        why = text switch
        {
            "" => "The date is empty; leave it out where nothing is known.",
            { Length: > MaximumLength } => $"The date is longer than {MaximumLength} characters.",
            _ when text.Contains('x', StringComparison.Ordinal) || text.Contains('u', StringComparison.Ordinal) =>
                "An unspecified digit is written as a capital X.",
            _ when text.Contains('(', StringComparison.Ordinal) => "Parentheses are not part of EDTF; write ?, ~ or % next to the part that it qualifies.",
            _ => null,
        };
        if (why is not null)
            return null;
        if (text[0] is '[' or '{')
            return ReadSet(text, out why);
        return text.Contains('/', StringComparison.Ordinal) ? ReadInterval(text, out why) : EdtfDateReader.Read(text, out why);
    }

    private static Interval? ReadInterval(string text, out string? why)
    {
        var ends = text.Split('/');
        if (ends.Length != 2)
        {
            why = "An interval has one slash between its start and its end.";
            return null;
        }

        if (ReadEnd(ends[0], out why) is not { } start || ReadEnd(ends[1], out why) is not { } end)
            return null;
        if (start.Date is null && end.Date is null)
        {
            why = "An interval needs a date at its start or its end.";
            return null;
        }

        if (start.Date?.PossibleLower > end.Date?.PossibleUpper)
        {
            why = "The interval ends before it starts.";
            return null;
        }

        return new Interval(start, end);
    }

    private static IntervalEnd? ReadEnd(string text, out string? why)
    {
        why = null;
        if (text is "" or "..")
            return new IntervalEnd(null, IsOpen: text is not "");
        if (text.Contains('T', StringComparison.Ordinal))
        {
            why = "The ends of an interval are dates without time of day.";
            return null;
        }

        return EdtfDateReader.Read(text, out why) is { } date ? new IntervalEnd(date, IsOpen: false) : null;
    }

    private static DateSet? ReadSet(string text, out string? why)
    {
        var isOneOf = text[0] == '[';
        if (text.Length < 3 || text[^1] != (isOneOf ? ']' : '}'))
        {
            why = "A set of dates stands between [ and ] (one of them) or { and } (all of them).";
            return null;
        }

        var texts = text[1..^1].Split(',');
        var items = new List<DateSetItem>(texts.Length);
        for (var place = 0; place < texts.Length; place++)
        {
            if (ReadItem(texts[place].Trim(' '), out why) is not { } item)
                return null;
            if ((item.From is null && place > 0) || (item.To is null && place < texts.Length - 1))
            {
                why = "In a set, .. may stand alone only before the first date or after the last.";
                return null;
            }

            items.Add(item);
        }

        why = null;
        return new DateSet(isOneOf, items);
    }

    private static DateSetItem? ReadItem(string text, out string? why)
    {
        why = null;
        if (text.Contains('T', StringComparison.Ordinal))
        {
            why = "The dates of a set have no time of day.";
            return null;
        }

        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return EdtfDateReader.Read(text, out why) is { } date ? new DateSetItem(date, date, IsRange: false) : null;
        if (text.Length == 2)
        {
            why = "A range in a set needs at least one date.";
            return null;
        }

        EdtfExpression? from = null;
        EdtfExpression? to = null;
        if (dots > 0 && (from = EdtfDateReader.Read(text[..dots], out why)) is null)
            return null;
        if (dots + 2 < text.Length && (to = EdtfDateReader.Read(text[(dots + 2)..], out why)) is null)
            return null;
        if (from?.PossibleLower > to?.PossibleUpper)
        {
            why = "A range in the set ends before it starts.";
            return null;
        }

        return new DateSetItem(from, to, IsRange: true);
    }
}
