namespace Rfl.Domain.Matching.Phonemes;

/// <summary>Weighted edit distance between two sequences of sounds.</summary>
public static class SoundDistance
{
    /// <summary>The cheapest way to read one sequence as the other; 0 for the same sounds. Symmetric.</summary>
    public static float Between(ReadOnlySpan<Sound> a, ReadOnlySpan<Sound> b, WritingContext context, SoundCosts costs)
    {
        var substitutions = costs.Substitutions;
        var gaps = costs.Gaps(context);

        Span<float> row = stackalloc float[b.Length + 1];
        Span<float> gapB = stackalloc float[b.Length];
        row[0] = 0;
        for (var j = 0; j < b.Length; j++)
        {
            gapB[j] = GapAt(b, j, gaps);
            row[j + 1] = row[j] + gapB[j];
        }
        for (var i = 0; i < a.Length; i++)
        {
            var gapA = GapAt(a, i, gaps);
            var line = substitutions.Slice((int)a[i] * Sounds.Count, Sounds.Count);
            var diagonal = row[0];
            var left = row[0] += gapA;
            for (var j = 0; j < gapB.Length; j++)
            {
                var up = row[j + 1];
                left = Math.Min(Math.Min(diagonal + line[(int)b[j]], up + gapA), left + gapB[j]);
                row[j + 1] = left;
                diagonal = up;
            }
        }
        return row[b.Length];
    }

    private static float GapAt(ReadOnlySpan<Sound> sounds, int index, ReadOnlySpan<float> gaps)
    {
        var position = index == 0 ? SoundPosition.First : index == sounds.Length - 1 ? SoundPosition.Last : SoundPosition.Middle;
        return gaps[(int)position * Sounds.Count + (int)sounds[index]];
    }
}
