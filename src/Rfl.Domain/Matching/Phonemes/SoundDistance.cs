namespace Rfl.Domain.Matching.Phonemes;

/// <summary>Weighted edit distance between two sequences of sounds.</summary>
public static class SoundDistance
{
    /// <summary>Two neighbours exchanged by a slip of the hand, both as they should be otherwise.</summary>
    public const float Exchange = 0.5f;

    /// <summary>The cheapest way to read one sequence as the other; 0 for the same sounds. Symmetric.</summary>
    /// <param name="limit">What is dearer need not be known: the limit itself is answered.</param>
    public static float Between(ReadOnlySpan<Sound> a, ReadOnlySpan<Sound> b, WritingContext context, SoundCosts costs, float limit = float.PositiveInfinity)
    {
        if (a.SequenceEqual(b))
            return 0;
        var width = b.Length + 1;
        var substitutions = costs.Substitutions;
        var gaps = costs.Gaps(context);

        // Three rows: the one being filled, the last and the one before.
        Span<float> rows = stackalloc float[3 * width];
        Span<float> gapB = stackalloc float[b.Length];
        var row = rows[..width];
        var last = rows.Slice(width, width);
        var before = rows.Slice(2 * width, width);
        row[0] = 0;
        for (var j = 0; j < b.Length; j++)
        {
            gapB[j] = GapAt(b, j, gaps);
            row[j + 1] = row[j] + gapB[j];
        }
        var leastBefore = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var free = before;
            before = last;
            last = row;
            row = free;
            var gapA = GapAt(a, i, gaps);
            var (sound, previous) = (a[i], i > 0 ? a[i - 1] : Sound.None);
            var line = substitutions.Slice((int)sound * Sounds.Count, Sounds.Count);
            var left = row[0] = last[0] + gapA;
            var least = left;
            for (var j = 0; j < b.Length; j++)
            {
                // Comparisons instead of Math.Min, which minds NaN and takes twice as long.
                var other = b[j];
                var cost = last[j] + line[(int)other];
                var up = last[j + 1] + gapA;
                if (up < cost)
                    cost = up;
                left += gapB[j];
                if (left < cost)
                    cost = left;
                if (other == previous && j > 0 && b[j - 1] == sound && before[j - 1] + Exchange < cost)
                    cost = before[j - 1] + Exchange;
                row[j + 1] = left = cost;
                if (cost < least)
                    least = cost;
            }
            // Every way to the end leads through this row or, by an exchange, the one before it.
            if (Math.Min(least, leastBefore) >= limit)
                return limit;
            leastBefore = least;
        }
        return Math.Min(row[b.Length], limit);
    }

    private static float GapAt(ReadOnlySpan<Sound> sounds, int index, ReadOnlySpan<float> gaps)
    {
        var position = index == 0 ? SoundPosition.First : index == sounds.Length - 1 ? SoundPosition.Last : SoundPosition.Middle;
        return gaps[(int)position * Sounds.Count + (int)sounds[index]];
    }
}
