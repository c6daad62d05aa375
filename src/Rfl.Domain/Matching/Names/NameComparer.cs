using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>Two parts of two names, or two neighbours on one side, held to be the same word; or a part that only one side has.</summary>
/// <param name="A">Index of the part in the first name; -1 where only the second has it.</param>
/// <param name="B">Index of the part in the second name; -1 where only the first has it.</param>
/// <param name="JoinedA">The first name's part and its right neighbour together.</param>
/// <param name="JoinedB">The same on the other side.</param>
/// <param name="Difference">Cost of reading one as the other in relation to their length: 0 the same sounds, .1 a near spelling, above .3 another word.</param>
/// <param name="Evidence">Contribution in log-odds.</param>
public readonly record struct PartPair(int A, int B, bool JoinedA, bool JoinedB, float Difference, float Evidence);

/// <summary>Compares names part by part in any order and any script (handbook §7).</summary>
public sealed class NameComparer(NameWeights weights)
{
    private const int JoinedFirst = 1 << 8;
    private const int JoinedSecond = 1 << 9;
    private const int Alone = -1;

    /// <summary>
    /// The best way to lay one name on the other, and what it says in log-odds: positive for the same person. Symmetric.
    /// An empty name says nothing.
    /// </summary>
    public NameEvidence Compare(NameForm a, NameForm b, List<PartPair>? pairs = null)
    {
        if (a.IsEmpty || b.IsEmpty)
            return default;
        // Each part of the shorter name must find its place in the longer one, or contradict it.
        var swapped = IsLonger(a, b);
        var (shorter, longer) = swapped ? (b, a) : (a, b);
        var (rows, columns) = (shorter.Parts.Count, longer.Parts.Count);

        Span<float> differences = stackalloc float[3 * rows * columns];
        FillDifferences(shorter, longer, differences);

        var states = 1 << columns;
        Span<float> best = stackalloc float[(rows + 2) * states];
        for (var used = 0; used < states; used++)
            best[rows * states + used] = LeftOver(longer, used);
        best[((rows + 1) * states)..].Fill(float.NegativeInfinity);
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var used = 0; used < states; used++)
                best[row * states + used] = Step(shorter, longer, differences, best, row, used, out _);
        }
        return Trace(shorter, longer, differences, best, swapped, pairs);
    }

    /// <summary>The strongest agreement between a part of one name and a part of the other, in log-odds; 0 where none agrees.</summary>
    public float BestPart(NameForm a, NameForm b)
    {
        var best = 0f;
        foreach (var p in a.Parts)
        {
            foreach (var q in b.Parts)
                best = Math.Max(best, weights.Pair(p, q, Difference(p, q, ScriptReader.Context(p.Script, q.Script))));
        }
        return best;
    }

    private static bool IsLonger(NameForm a, NameForm b)
    {
        var order = Names(a).CompareTo(Names(b));
        if (order == 0)
            order = a.Parts.Count.CompareTo(b.Parts.Count);
        for (var i = 0; order == 0 && i < a.Parts.Count; i++)
            order = string.CompareOrdinal(a.Parts[i].Letters, b.Parts[i].Letters);
        return order > 0;

        static int Names(NameForm form)
        {
            var count = 0;
            foreach (var part in form.Parts)
                count += part.Kind == NamePartKind.Name ? 1 : 0;
            return count;
        }
    }

    private float Step(
        NameForm shorter, NameForm longer, ReadOnlySpan<float> differences, ReadOnlySpan<float> best, int row, int used, out int choice)
    {
        var (columns, size) = (longer.Parts.Count, differences.Length / 3);
        var states = 1 << columns;
        var part = shorter.Parts[row];
        choice = Alone;
        var result = weights.Alone(part, used == states - 1) + best[(row + 1) * states + used];
        for (var column = 0; column < columns; column++)
        {
            if ((used >> column & 1) != 0)
                continue;
            var at = row * columns + column;
            var other = longer.Parts[column];
            Try(weights.Pair(part, other, differences[at]) + best[(row + 1) * states + (used | 1 << column)], column, ref result, ref choice);
            if (differences[size + at] < NameWeights.MostDifferentJoin)
                Try(weights.Pair(part, other, differences[size + at]) + best[(row + 2) * states + (used | 1 << column)],
                    column | JoinedFirst, ref result, ref choice);
            if (differences[2 * size + at] < NameWeights.MostDifferentJoin && (used >> (column + 1) & 1) == 0)
                Try(weights.Pair(part, other, differences[2 * size + at]) + best[(row + 1) * states + (used | 3 << column)],
                    column | JoinedSecond, ref result, ref choice);
        }
        return result;

        static void Try(float evidence, int code, ref float result, ref int choice)
        {
            if (evidence > result)
                (result, choice) = (evidence, code);
        }
    }

    private float LeftOver(NameForm longer, int used)
    {
        var sum = 0f;
        for (var column = 0; column < longer.Parts.Count; column++)
        {
            if ((used >> column & 1) == 0)
                sum += weights.Alone(longer.Parts[column], true);
        }
        return sum;
    }

    // Three tables: part on part, joined neighbours of the shorter on a part of the longer, and the reverse.
    private void FillDifferences(NameForm shorter, NameForm longer, Span<float> differences)
    {
        var (rows, columns) = (shorter.Parts.Count, longer.Parts.Count);
        var size = rows * columns;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (p, q) = (shorter.Parts[row], longer.Parts[column]);
                var context = ScriptReader.Context(p.Script, q.Script);
                var at = row * columns + column;
                differences[at] = p.Syllable is { } syllable && q.Syllable is { } other
                    ? Difference(shorter, longer, syllable, other, Difference(p, q, context))
                    : Difference(p, q, context);
                differences[size + at] = row + 1 < rows && Joinable(p, shorter.Parts[row + 1], shorter.Joined[row], q)
                    ? weights.Join + Difference(shorter.Joined[row], q.Readings[0], context)
                    : float.PositiveInfinity;
                differences[2 * size + at] = column + 1 < columns && Joinable(q, longer.Parts[column + 1], longer.Joined[column], p)
                    ? weights.Join + Difference(p.Readings[0], longer.Joined[column], context)
                    : float.PositiveInfinity;
            }
        }
    }

    // Two words that are far more than the other side's one need no closer look.
    private static bool Joinable(NamePart left, NamePart right, in Reading joined, NamePart other) =>
        other.Readings[0].Mass > 0.6f * joined.Mass && left.Kind is NamePartKind.Name or NamePartKind.Particle && right.Kind is NamePartKind.Name or NamePartKind.Title;

    private float Difference(NamePart p, NamePart q, WritingContext context)
    {
        if (p.Kind == NamePartKind.Initial || q.Kind == NamePartKind.Initial)
            return weights.Costs[p.Sounds[0], q.Sounds[0]];
        var best = float.PositiveInfinity;
        foreach (var one in p.Readings)
        {
            foreach (var other in q.Readings)
            {
                if (Comparable(one.Kind, other.Kind, q.Script) && Comparable(other.Kind, one.Kind, p.Script))
                    best = Math.Min(best, Difference(one, other, context) + NameWeights.Detour(one.Kind, other.Kind));
            }
        }
        return best;
    }

    // Only Latin writing loses its marks, and then on one side: two marked names are compared with their marks.
    private static bool Comparable(ReadingKind kind, ReadingKind other, Script otherScript) =>
        kind != ReadingKind.Unmarked || otherScript == Script.Latin && other == ReadingKind.AsWritten;

    // One orthography: letters decide, then the marks that both names write.
    private static float Difference(NameForm a, NameForm b, VietnameseNames.Marked p, VietnameseNames.Marked q, float sounds) =>
        p.Base != q.Base ? Math.Max(NameWeights.OtherLetters, 2 * sounds)
        : a.WritesMarks && b.WritesMarks && p.Quality != q.Quality ? NameWeights.OtherTone
        : p.Tone == q.Tone ? 0
        : a.Tones > 0 && b.Tones > 0 ? NameWeights.OtherTone
        // One side keeps the marks on vowels but no tone: a keyboard without tones, or, where it is about one tone only, another name.
        : a.WritesMarks && b.WritesMarks && a.Tones + b.Tones == 1 ? NameWeights.PerhapsOtherTone
        : 0;

    private float Difference(in Reading p, in Reading q, WritingContext context) =>
        SoundDistance.Between(p.Sounds, q.Sounds, context, weights.Costs) / Math.Max(0.5f, (p.Mass + q.Mass) / 2);

    private NameEvidence Trace(
        NameForm shorter, NameForm longer, ReadOnlySpan<float> differences, ReadOnlySpan<float> best, bool swapped, List<PartPair>? pairs)
    {
        var (columns, size) = (longer.Parts.Count, differences.Length / 3);
        var (used, agreement, contradiction, omission) = (0, 0f, 0f, 0f);
        for (var row = 0; row < shorter.Parts.Count;)
        {
            Step(shorter, longer, differences, best, row, used, out var choice);
            if (choice == Alone)
            {
                Add(row, -1, false, false, 0, weights.Alone(shorter.Parts[row], used == (1 << columns) - 1));
                row++;
                continue;
            }
            var column = choice & 0xff;
            var (first, second) = ((choice & JoinedFirst) != 0, (choice & JoinedSecond) != 0);
            var difference = differences[(first ? size : second ? 2 * size : 0) + row * columns + column];
            Add(row, column, first, second, difference, weights.Pair(shorter.Parts[row], longer.Parts[column], difference));
            used |= (second ? 3 : 1) << column;
            row += first ? 2 : 1;
        }
        for (var column = 0; column < columns; column++)
        {
            if ((used >> column & 1) == 0)
                Add(-1, column, false, false, 0, weights.Alone(longer.Parts[column], true));
        }
        return new NameEvidence(agreement, contradiction, omission);

        void Add(int row, int column, bool first, bool second, float difference, float evidence)
        {
            if (evidence > 0)
                agreement += evidence;
            else if (row < 0 || column < 0 && used == (1 << columns) - 1)
                omission += evidence;
            else
                contradiction += evidence;
            pairs?.Add(swapped ? new(column, row, second, first, difference, evidence) : new(row, column, first, second, difference, evidence));
        }
    }
}
