using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// How telling it is that two names agree in a word: little where one in ten of a people is called so, more where hardly anybody is. Kept for words
/// that sound alike, by the classes of their first consonants, so that it holds in every script; absolute, never counted in the register at hand.
/// </summary>
public sealed class NameRarity
{
    /// <summary>Share of bearers at which an agreement has the usual weight 1.</summary>
    public const double UsualShare = 0.004;

    /// <summary>Words with a smaller share of bearers are not told apart.</summary>
    public const double SmallestShare = 0.001;

    private const int Letters = 9;
    private static readonly int codes = (int)Math.Pow(Letters, BlockingKeys.Longest);

    private readonly float[] rarities = new float[codes];

    /// <param name="frequent">Rarity by key of consonant classes.</param>
    public NameRarity(IReadOnlyDictionary<string, float> frequent)
    {
        Array.Fill(rarities, Of(SmallestShare));
        foreach (var (key, rarity) in frequent)
            rarities[CodeOf(key)] = rarity;
    }

    /// <summary>The rarity of a word that this share of a people bears.</summary>
    public static float Of(double share) => (float)Math.Clamp(Math.Log(Math.Max(share, SmallestShare)) / Math.Log(UsualShare), 0.3, 2);

    internal float this[int code] => rarities[code];

    internal static int CodeOf(ReadOnlySpan<Sound> sounds)
    {
        Span<char> key = stackalloc char[BlockingKeys.Longest];
        return CodeOf(key[..BlockingKeys.FirstKey(sounds, key)]);
    }

    private static int CodeOf(ReadOnlySpan<char> key)
    {
        var code = 0;
        foreach (var letter in key)
            code = Letters * code + BlockingKeys.ClassLetters.IndexOf(letter, StringComparison.Ordinal) + 1;
        return code;
    }
}
