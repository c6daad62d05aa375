using System.Collections.Concurrent;
using System.Text;

namespace Rfl.Benchmarks.Matching.Index;

/// <summary>One word of a name or place: how hands write it in Latin letters, and in its own script where that is another.</summary>
internal sealed record FictionalWord(string[] Latin, string? Original);

/// <summary>
/// Common words of seven regions with their usual spellings, and rare ones built of roots and vowels, so that both ends of the distribution are there: every
/// twelfth man of some regions is a Mohammad, and tens of thousands of words occur a few times in a million.
/// </summary>
internal sealed class FictionalNames
{
    public static readonly string[] Regions = ["persian", "arabic", "ethiopic", "african", "albanian", "vietnamese"];

    private const int RareWords = 40_000;

    // Each consonant with its letter in Arabic script; short vowels are not written there.
    private static readonly (string Latin, char Arabic)[] consonants =
    [
        ("b", 'ب'), ("t", 'ت'), ("j", 'ج'), ("kh", 'خ'), ("d", 'د'), ("r", 'ر'), ("z", 'ز'), ("s", 'س'), ("sh", 'ش'),
        ("gh", 'غ'), ("f", 'ف'), ("q", 'ق'), ("k", 'ک'), ("l", 'ل'), ("m", 'م'), ("n", 'ن'), ("w", 'و'), ("y", 'ی'), ("h", 'ه'),
    ];

    private static readonly (string[] Latin, string Arabic)[] vowels = [(["a"], ""), (["a", "aa"], "ا"), (["e", "i"], ""), (["i", "ee"], "ی"), (["o", "u"], ""), (["u", "oo", "ou"], "و")];

    private readonly Dictionary<(string Region, char Kind), FictionalWord[]> common;
    private readonly ConcurrentDictionary<int, FictionalWord> rare = new();

    public FictionalNames()
    {
        using var stream = typeof(FictionalNames).Assembly.GetManifestResourceStream("fictional-names.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        common = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .GroupBy(fields => (fields[0], fields[1][0]))
            .ToDictionary(words => words.Key, words => words.Select(fields => new FictionalWord(fields[2].Split('/'), fields[3].Length > 0 ? fields[3] : null)).ToArray());
    }

    /// <param name="kind">m and f: given names; x: family names; p: places.</param>
    public FictionalWord Draw(string region, char kind, Random random)
    {
        // Two in five words of names are rare ones, more where the list is short here and long in life; Vietnamese names come from short lists in life, too.
        if (kind != 'p' && region is not "vietnamese" && random.NextDouble() < (region is "albanian" ? 0.6 : 0.4))
            return Rare((int)(RareWords * Math.Pow(random.NextDouble(), 2)), region);
        var words = common.TryGetValue((region, kind), out var own) ? own : common[(region, 'm')];
        return words[Ranked(words.Length, random)];
    }

    /// <summary>The k-th word is about k times as rare as the first.</summary>
    private static int Ranked(int count, Random random) => (int)Math.Min(count - 1, Math.Pow(count + 1, random.NextDouble()) - 1);

    private FictionalWord Rare(int number, string region) => rare.GetOrAdd(number, Build) is var word && region is "persian" or "arabic" ? word : word with { Original = null };

    private static FictionalWord Build(int number)
    {
        var random = new Random(number);
        var (latin, other, arabic) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (int i = 0, syllables = random.Next(2, 4); i < syllables; i++)
        {
            var (letter, sign) = consonants[random.Next(consonants.Length)];
            var (written, longVowel) = vowels[random.Next(vowels.Length)];
            latin.Append(letter).Append(written[0]);
            other.Append(letter).Append(written[^1]);
            arabic.Append(sign).Append(longVowel);
        }

        var (end, endSign) = consonants[random.Next(consonants.Length)];
        arabic.Append(endSign);
        return new FictionalWord([Capital(latin.Append(end)), Capital(other.Append(end))], arabic.ToString());

        static string Capital(StringBuilder text) => char.ToUpperInvariant(text[0]) + text.ToString(1, text.Length - 1);
    }
}
