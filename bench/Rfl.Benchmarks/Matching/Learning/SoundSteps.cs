using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Benchmarks.Matching.Learning;

/// <summary>One step of an alignment; <see cref="Sound.None"/> on a side that leaves the other's sound out.</summary>
internal readonly record struct SoundStep(Sound A, Sound B, SoundPosition Position);

/// <summary>Finds which confusions and omissions the cheapest alignment of two words uses.</summary>
internal static class SoundSteps
{
    public static void Trace(Sound[] a, Sound[] b, WritingContext context, SoundCosts costs, List<SoundStep> steps)
    {
        var table = new float[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i + j == 0)
                    continue;
                var best = float.PositiveInfinity;
                if (i > 0 && j > 0)
                    best = table[i - 1, j - 1] + costs[a[i - 1], b[j - 1]];
                if (i > 0)
                    best = Math.Min(best, table[i - 1, j] + Gap(a, i - 1));
                if (j > 0)
                    best = Math.Min(best, table[i, j - 1] + Gap(b, j - 1));
                if (IsExchange(i, j))
                    best = Math.Min(best, table[i - 2, j - 2] + SoundDistance.Exchange);
                table[i, j] = best;
            }
        }
        for (var (i, j) = (a.Length, b.Length); i + j > 0;)
        {
            if (i > 0 && j > 0 && table[i, j] == table[i - 1, j - 1] + costs[a[i - 1], b[j - 1]])
                steps.Add(new SoundStep(a[--i], b[--j], default));
            else if (IsExchange(i, j) && table[i, j] == table[i - 2, j - 2] + SoundDistance.Exchange)
                (i, j) = (i - 2, j - 2);
            else if (i > 0 && table[i, j] == table[i - 1, j] + Gap(a, i - 1))
                steps.Add(new SoundStep(a[--i], Sound.None, PositionOf(a, i)));
            else
                steps.Add(new SoundStep(Sound.None, b[--j], PositionOf(b, j)));
        }

        bool IsExchange(int i, int j) => i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];

        float Gap(Sound[] word, int index) => costs.Gap(word[index], context, PositionOf(word, index));
    }

    private static SoundPosition PositionOf(Sound[] word, int index) =>
        index == 0 ? SoundPosition.First : index == word.Length - 1 ? SoundPosition.Last : SoundPosition.Middle;
}
