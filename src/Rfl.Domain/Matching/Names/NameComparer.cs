using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>Two parts of two names, or neighbours on one side or both, held to be the same; or a part that only one side has.</summary>
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

    // So far beyond a difference that nobody asks further.
    private const float Clearly = 0.01f;

    /// <summary>
    /// The best way to lay one name on the other, and what it says in log-odds: positive for the same person. Symmetric.
    /// An empty name says nothing. A word nearer to its counterpart never lowers the score, except that an initial, which stands for a name written
    /// nowhere else, may lose its place to a further name.
    /// </summary>
    public NameEvidence Compare(NameForm a, NameForm b, List<PartPair>? pairs = null)
    {
        if (a.IsEmpty || b.IsEmpty)
            return default;
        // Each part of the shorter name must find its place in the longer one, or contradict it.
        var swapped = IsLonger(a, b);
        var (shorter, longer) = swapped ? (b, a) : (a, b);
        var (rows, columns) = (shorter.Parts.Length, longer.Parts.Length);
        var size = rows * columns;

        // Four tables each: part on part, joined neighbours of the shorter on a part of the longer, the reverse, joined neighbours on joined neighbours.
        Span<float> differences = stackalloc float[4 * size];
        Span<float> evidence = stackalloc float[4 * size];
        Fill(shorter, longer, differences, evidence);

        var states = 1 << columns;
        Span<float> best = stackalloc float[(rows + 2) * states];
        for (var used = 0; used < states; used++)
            best[rows * states + used] = LeftOver(longer, used);
        best[((rows + 1) * states)..].Fill(float.NegativeInfinity);
        for (var row = rows - 1; row >= 0; row--)
        {
            // No row before this one can have taken more than two columns.
            var most = Math.Min(columns, 2 * row);
            for (var used = 0; used < states; used++)
            {
                if (System.Numerics.BitOperations.PopCount((uint)used) <= most)
                    best[row * states + used] = Step(shorter, longer, evidence, best, row, used, out _);
            }
        }
        return Trace(shorter, longer, differences, evidence, best, swapped, pairs);
    }

    /// <summary>
    /// The same as the total of <see cref="Compare"/> where that is positive, and anything up to zero where it is not: what most questions need to know,
    /// at a fraction of the cost, since most words differ from most others at their first sounds.
    /// </summary>
    public float Agreement(NameForm a, NameForm b) =>
        a.Parts.Length == 1 && b.Parts.Length == 1 ? Agreement(a.Parts[0], b.Parts[0], 0) : Compare(a, b).Total;

    /// <summary>The strongest agreement between a part of one name and a part of the other, in log-odds; 0 where none agrees.</summary>
    public float BestPart(NameForm a, NameForm b)
    {
        var best = 0f;
        foreach (var p in a.Parts)
        {
            foreach (var q in b.Parts)
                best = Math.Max(best, Agreement(p, q, 0));
        }
        return best;
    }

    /// <summary>How two words agree, in log-odds, as far as their curve is above the least; not above it where they agree less.</summary>
    public float Agreement(NamePart p, NamePart q, float least) =>
        weights.Pair(p, q, Difference(p, q, ScriptReader.Context(p.Script, q.Script), weights.DifferenceAt(least) + Clearly));

    private static bool IsLonger(NameForm a, NameForm b)
    {
        var order = a.Names.CompareTo(b.Names);
        if (order == 0)
            order = a.Parts.Length.CompareTo(b.Parts.Length);
        for (var i = 0; order == 0 && i < a.Parts.Length; i++)
            order = string.CompareOrdinal(a.Parts[i].Letters, b.Parts[i].Letters);
        return order > 0;
    }

    private float Step(NameForm shorter, NameForm longer, ReadOnlySpan<float> evidence, ReadOnlySpan<float> best, int row, int used, out int choice)
    {
        var (columns, size) = (longer.Parts.Length, evidence.Length / 4);
        var states = 1 << columns;
        choice = Alone;
        var result = AloneInShorter(shorter, longer, row, used) + best[(row + 1) * states + used];
        for (var column = 0; column < columns; column++)
        {
            if ((used >> column & 1) != 0)
                continue;
            var at = row * columns + column;
            Try(evidence[at] + best[(row + 1) * states + (used | 1 << column)], column, ref result, ref choice);
            if (evidence[size + at] > 0)
                Try(evidence[size + at] + best[(row + 2) * states + (used | 1 << column)], column | JoinedFirst, ref result, ref choice);
            if (column + 1 == columns || (used >> (column + 1) & 1) != 0)
                continue;
            if (evidence[2 * size + at] > 0)
                Try(evidence[2 * size + at] + best[(row + 1) * states + (used | 3 << column)], column | JoinedSecond, ref result, ref choice);
            if (evidence[3 * size + at] > 0)
                Try(evidence[3 * size + at] + best[(row + 2) * states + (used | 3 << column)], column | JoinedFirst | JoinedSecond, ref result, ref choice);
        }
        return result;

        static void Try(float evidence, int code, ref float result, ref int choice)
        {
            if (evidence > result)
                (result, choice) = (evidence, code);
        }
    }

    // A part without a counterpart contradicts where the other side has a name to spare.
    private float AloneInShorter(NameForm shorter, NameForm longer, int row, int used) =>
        (longer.NameMask & ~used) != 0 && shorter.Parts[row].Kind is NamePartKind.Name or NamePartKind.Initial
            ? weights.Contradiction(shorter.Parts[row])
            : weights.Omitted(shorter, row);

    private float LeftOver(NameForm longer, int used)
    {
        var sum = 0f;
        for (var column = 0; column < longer.Parts.Length; column++)
        {
            if ((used >> column & 1) == 0)
                sum += weights.Omitted(longer, column);
        }
        return sum;
    }

    private void Fill(NameForm shorter, NameForm longer, Span<float> differences, Span<float> evidence)
    {
        var (rows, columns) = (shorter.Parts.Length, longer.Parts.Length);
        var size = rows * columns;
        // An initial stands for a name that the other side has written out and that is written nowhere else here: not for one more that differs.
        var initials = shorter.Names < longer.Names || shorter.HasInitial && longer.HasInitial;
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
                evidence[at] = initials || p.Kind == q.Kind || p.Kind != NamePartKind.Initial && q.Kind != NamePartKind.Initial
                    ? weights.Pair(p, q, differences[at])
                    : float.NegativeInfinity;
                // Titles, particles, patronymics and initials may agree with a name, but stand in for none that differs.
                if (evidence[at] < 0 && p.Kind != q.Kind)
                    evidence[at] = float.NegativeInfinity;
            }
        }
        differences[size..].Fill(float.PositiveInfinity);
        evidence[size..].Fill(float.NegativeInfinity);
        for (var at = 0; rows + columns > 2 && at < size; at++)
            FillJoined(shorter, longer, at / columns, at % columns, differences[at..], evidence[at..], size);
    }

    // The tables begin at the two words that are looked at.
    private void FillJoined(NameForm shorter, NameForm longer, int row, int column, Span<float> differences, Span<float> evidence, int size)
    {
        var (p, q) = (shorter.Parts[row], longer.Parts[column]);
        var context = ScriptReader.Context(p.Script, q.Script);
        var first = row < shorter.Joined.Length && Joinable(p, shorter.Parts[row + 1]);
        var second = column < longer.Joined.Length && Joinable(q, longer.Parts[column + 1]);
        if (first && !FarMore(shorter.Joined[row], q.Readings[0]))
        {
            differences[size] = weights.Join + Difference(shorter.Joined[row], q.Readings[0], context, NameWeights.MostDifferentJoin);
            if (differences[size] < NameWeights.MostDifferentJoin)
                evidence[size] = weights.Pair(shorter.WeightOfJoined(row), q, differences[size]);
        }
        if (second && !FarMore(longer.Joined[column], p.Readings[0]))
        {
            differences[2 * size] = weights.Join + Difference(p.Readings[0], longer.Joined[column], context, NameWeights.MostDifferentJoin);
            if (differences[2 * size] < NameWeights.MostDifferentJoin)
                evidence[2 * size] = weights.Pair(p, longer.WeightOfJoined(column), differences[2 * size]);
        }
        // A blank that slipped by a letter (Karim Nuri, KarimN uri): only for two words that are the same letter by letter, or nearly. Vietnamese
        // syllables are told apart by marks that do not sound here.
        if (first && second && (p.Syllable is null || q.Syllable is null)
            && !FarMore(shorter.Joined[row], longer.Joined[column]) && !FarMore(longer.Joined[column], shorter.Joined[row]))
        {
            differences[3 * size] = weights.Join + Difference(shorter.Joined[row], longer.Joined[column], context, NameWeights.MostDifferentSlip);
            if (differences[3 * size] < NameWeights.MostDifferentSlip)
                evidence[3 * size] = weights.Pair(p, q, differences[3 * size]) + weights.Pair(shorter.Parts[row + 1], longer.Parts[column + 1], differences[3 * size]);
        }
    }

    // Two words that are far more than the other side's one need no closer look.
    private static bool FarMore(in Reading joined, in Reading other) => other.Mass <= 0.6f * joined.Mass;

    private static bool Joinable(NamePart left, NamePart right) =>
        (left.Kind is NamePartKind.Name or NamePartKind.Particle || left.IsCutOff) && right.Kind is NamePartKind.Name or NamePartKind.Title;

    // Beyond the last knot of the curve nothing changes any more.
    private float Difference(NamePart p, NamePart q, WritingContext context) => Difference(p, q, context, weights.MostDifferent);

    private float Difference(NamePart p, NamePart q, WritingContext context, float limit)
    {
        if (p.Kind == NamePartKind.Initial || q.Kind == NamePartKind.Initial)
            return Beginning(p.Sounds, q.Sounds, context);
        var best = limit;
        foreach (var one in p.Readings)
        {
            foreach (var other in q.Readings)
            {
                if (!Comparable(one.Kind, other.Kind, q.Script) || !Comparable(other.Kind, one.Kind, p.Script))
                    continue;
                var detour = NameWeights.Detour(one.Kind, other.Kind);
                if (detour < best)
                    best = Math.Min(best, Difference(one, other, context, best - detour) + detour);
            }
        }
        return best;
    }

    // An initial, or a name cut off after Abd, is compared with the beginning of the other word.
    private float Beginning(ReadOnlySpan<Sound> p, ReadOnlySpan<Sound> q, WritingContext context)
    {
        var length = Math.Min(p.Length, q.Length);
        return length == 1 ? weights.Costs[p[0], q[0]] : SoundDistance.Between(p[..length], q[..length], context, weights.Costs) / 2;
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

    // Exact below the limit; the limit for everything above.
    private float Difference(in Reading p, in Reading q, WritingContext context, float limit)
    {
        var mass = Math.Max(0.5f, (p.Mass + q.Mass) / 2);
        return SoundDistance.Between(p.Sounds, q.Sounds, context, weights.Costs, limit * mass) / mass;
    }

    private NameEvidence Trace(
        NameForm shorter, NameForm longer, ReadOnlySpan<float> differences, ReadOnlySpan<float> evidence, ReadOnlySpan<float> best, bool swapped,
        List<PartPair>? pairs)
    {
        var (columns, size) = (longer.Parts.Length, evidence.Length / 4);
        var (used, agreement, contradiction, omission) = (0, 0f, 0f, 0f);
        var (agreedShorter, agreedLonger) = (0, 0);
        for (var row = 0; row < shorter.Parts.Length;)
        {
            Step(shorter, longer, evidence, best, row, used, out var choice);
            if (choice == Alone)
            {
                Add(row, -1, false, false, 0, AloneInShorter(shorter, longer, row, used));
                row++;
                continue;
            }
            var column = choice & 0xff;
            var (first, second) = ((choice & JoinedFirst) != 0, (choice & JoinedSecond) != 0);
            var at = ((first ? 1 : 0) + (second ? 2 : 0)) * size + row * columns + column;
            Add(row, column, first, second, differences[at], evidence[at]);
            used |= (second ? 3 : 1) << column;
            row += first ? 2 : 1;
        }
        for (var column = 0; column < columns; column++)
        {
            if ((used >> column & 1) == 0)
                Add(-1, column, false, false, 0, weights.Omitted(longer, column));
        }
        agreement = weights.Together(agreement);
        contradiction = weights.Against(contradiction);
        return swapped ? new NameEvidence(agreement, contradiction, omission, agreedLonger, agreedShorter)
            : new NameEvidence(agreement, contradiction, omission, agreedShorter, agreedLonger);

        void Add(int row, int column, bool first, bool second, float difference, float evidence)
        {
            if (evidence > 0)
            {
                agreement += evidence;
                agreedShorter |= (first ? 3 : 1) << row;
                agreedLonger |= (second ? 3 : 1) << column;
            }
            else if (row < 0 || column < 0 && evidence == weights.Omitted(shorter, row))
            {
                omission += evidence;
            }
            else
            {
                contradiction += evidence;
            }
            pairs?.Add(swapped ? new(column, row, second, first, difference, evidence) : new(row, column, first, second, difference, evidence));
        }
    }
}
