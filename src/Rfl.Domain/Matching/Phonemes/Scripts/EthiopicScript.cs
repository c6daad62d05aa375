using System.Collections.Frozen;

namespace Rfl.Domain.Matching.Phonemes.Scripts;

/// <summary>
/// The Ethiopic syllabary is regular: in Unicode each consonant has a row of eight, ordered by vowel (ä u i a e ə o, and wa).
/// </summary>
internal static class EthiopicScript
{
    private const char First = '\u1200';

    // One entry for each row of eight from U+1200. Amharic no longer tells ሀ ሐ ኀ, ሠ ሰ, አ ዐ, ጸ ፀ apart.
    private static readonly Sound[] rows =
    [
        Sound.H, Sound.L, Sound.H, Sound.M, Sound.S, Sound.R, Sound.S, Sound.Sh,
        Sound.Q, Sound.Q, Sound.Q, Sound.Q, Sound.B, Sound.V, Sound.T, Sound.Ch,
        Sound.H, Sound.H, Sound.N, Sound.N, Sound.Glottal, Sound.K, Sound.K, Sound.X,
        Sound.X, Sound.W, Sound.Glottal, Sound.Z, Sound.Zh, Sound.Y, Sound.D, Sound.D,
        Sound.J, Sound.G, Sound.G, Sound.G, Sound.T, Sound.Ch, Sound.P, Sound.Ts,
        Sound.Ts, Sound.F, Sound.P,
    ];

    // Rows whose consonant is spoken with rounded lips (q, kh, k, g with w).
    private static readonly FrozenSet<int> rounded = FrozenSet.Create(9, 11, 17, 22, 24, 34);

    private static readonly Sound[] orders = [Sound.Ae, Sound.U, Sound.I, Sound.A, Sound.E, Sound.Schwa, Sound.O, Sound.A];

    public static void Read(ReadOnlySpan<char> word, List<Sound> sounds)
    {
        foreach (var letter in word)
        {
            var row = (letter - First) / 8;
            var order = (letter - First) % 8;
            if (letter < First || row >= rows.Length)
                continue;
            var consonant = rows[row];
            if (consonant != Sound.Glottal)
                sounds.Add(consonant);
            if (row == 19)
                sounds.Add(Sound.Y);
            if (rounded.Contains(row) || order == 7)
                sounds.Add(Sound.W);
            // After h and the carriers the first order sounds as a.
            sounds.Add(order == 0 && consonant is Sound.H or Sound.Glottal && order == 0 ? Sound.A : orders[order]);
        }
    }
}
