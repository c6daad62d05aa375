using System.Globalization;
using System.Text;

namespace Rfl.Infrastructure.Printing;

/// <summary>A stretch of a line that is written in one direction.</summary>
internal readonly record struct DirectedRun(int Start, int Length, bool RightToLeft);

/// <summary>
/// The order in which the stretches of a line stand on paper (Unicode's bidirectional algorithm, UAX 9): letters and digits of either direction, what stands between
/// them, and nested runs. Explicit embeddings, isolates and paired brackets, which nobody types in an interview, are treated as neutral signs.
/// </summary>
internal static class Bidi
{
    private enum Kind
    {
        Left,
        Right,
        ArabicLetter,
        EuropeanNumber,
        ArabicNumber,
        Separator,
        CommonSeparator,
        Terminator,
        Mark,
        Neutral,
    }

    /// <summary>The direction of the first letter that has one; left to right where none has.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (KindOf(rune))
            {
                case Kind.Left:
                    return false;
                case Kind.Right or Kind.ArabicLetter:
                    return true;
            }
        }

        return false;
    }

    /// <summary>The runs of a line from left to right on paper.</summary>
    public static IReadOnlyList<DirectedRun> Runs(string line, bool paragraphRightToLeft)
    {
        var levels = Levels(line, paragraphRightToLeft);
        var runs = new List<(DirectedRun Run, int Level)>();
        for (var start = 0; start < line.Length;)
        {
            var end = start + 1;
            while (end < line.Length && levels[end] == levels[start])
                end++;
            runs.Add((new DirectedRun(start, end - start, levels[start] % 2 == 1), levels[start]));
            start = end;
        }

        // Rule L2: from the highest level down, every stretch of that level or a higher one is turned round.
        for (var level = runs.Select(run => run.Level).DefaultIfEmpty(0).Max(); level > 0; level--)
        {
            for (var i = 0; i < runs.Count;)
            {
                var end = i;
                while (end < runs.Count && runs[end].Level >= level)
                    end++;
                if (end > i)
                    runs.Reverse(i, end - i);
                i = Math.Max(end, i + 1);
            }
        }

        return [.. runs.Select(run => run.Run)];
    }

    private static int[] Levels(string line, bool paragraphRightToLeft)
    {
        var kinds = new Kind[line.Length];
        for (var i = 0; i < line.Length; i++)
        {
            var wide = char.IsHighSurrogate(line[i]) && i + 1 < line.Length;
            kinds[i] = KindOf(wide ? new Rune(line[i], line[i + 1]) : Rune.TryCreate(line[i], out var rune) ? rune : Rune.ReplacementChar);
            if (wide)
                kinds[++i] = kinds[i - 1];
        }

        var paragraph = paragraphRightToLeft ? Kind.Right : Kind.Left;
        ResolveWeak(kinds, paragraph);
        ResolveNeutral(kinds, paragraph);
        return [.. kinds.Select(kind => (paragraphRightToLeft, kind) switch
        {
            (false, Kind.Left) => 0,
            (false, Kind.Right) => 1,
            (false, _) => 2,
            (true, Kind.Right) => 1,
            (true, _) => 2,
        })];
    }

    /// <summary>Rules W1 to W7.</summary>
    private static void ResolveWeak(Kind[] kinds, Kind paragraph)
    {
        var strong = paragraph;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.Mark)
                kinds[i] = i == 0 ? paragraph : kinds[i - 1];
            if (kinds[i] is Kind.Left or Kind.Right or Kind.ArabicLetter)
                strong = kinds[i];
            else if (kinds[i] == Kind.EuropeanNumber && strong == Kind.ArabicLetter)
                kinds[i] = Kind.ArabicNumber;
        }

        for (var i = 1; i < kinds.Length - 1; i++)
        {
            var (before, after) = (kinds[i - 1], kinds[i + 1]);
            if (before == after && ((kinds[i] == Kind.CommonSeparator && before is Kind.EuropeanNumber or Kind.ArabicNumber)
                || (kinds[i] == Kind.Separator && before == Kind.EuropeanNumber)))
                kinds[i] = before;
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != Kind.Terminator)
                continue;
            var end = i;
            while (end < kinds.Length && kinds[end] == Kind.Terminator)
                end++;
            if ((i > 0 && kinds[i - 1] == Kind.EuropeanNumber) || (end < kinds.Length && kinds[end] == Kind.EuropeanNumber))
                Array.Fill(kinds, Kind.EuropeanNumber, i, end - i);
            i = end - 1;
        }

        strong = paragraph;
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = kinds[i] switch
            {
                Kind.ArabicLetter => Kind.Right,
                Kind.Separator or Kind.CommonSeparator or Kind.Terminator => Kind.Neutral,
                Kind.EuropeanNumber when strong == Kind.Left => Kind.Left,
                var other => other,
            };
            if (kinds[i] is Kind.Left or Kind.Right)
                strong = kinds[i];
        }
    }

    /// <summary>Rules N1 and N2: what stands between two of the same direction takes it, and the paragraph's otherwise. Numbers count as right to left.</summary>
    private static void ResolveNeutral(Kind[] kinds, Kind paragraph)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != Kind.Neutral)
                continue;
            var end = i;
            while (end < kinds.Length && kinds[end] == Kind.Neutral)
                end++;
            var (before, after) = (i == 0 ? paragraph : Strong(kinds[i - 1]), end == kinds.Length ? paragraph : Strong(kinds[end]));
            Array.Fill(kinds, before == after ? before : paragraph, i, end - i);
            i = end - 1;
        }

        static Kind Strong(Kind kind) => kind is Kind.EuropeanNumber or Kind.ArabicNumber ? Kind.Right : kind;
    }

    private static Kind KindOf(Rune rune) => rune.Value switch
    {
        (>= '0' and <= '9') or (>= 0x06F0 and <= 0x06F9) => Kind.EuropeanNumber,
        (>= 0x0660 and <= 0x0669) or 0x066B or 0x066C => Kind.ArabicNumber,
        '+' or '-' => Kind.Separator,
        ',' or '.' or ':' or '/' or 0x00A0 or 0x060C => Kind.CommonSeparator,
        '#' or '$' or '%' or '€' or '°' or '£' => Kind.Terminator,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => Kind.Mark,
        _ when !Rune.IsLetterOrDigit(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.SpacingCombiningMark => Kind.Neutral,
        (>= 0x0600 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) => Kind.ArabicLetter,
        (>= 0x0590 and <= 0x05FF) or (>= 0x07C0 and <= 0x085F) or (>= 0xFB1D and <= 0xFB4F) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) => Kind.Right,
        _ => Kind.Left,
    };
}
