using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// A name prepared for comparison: its words in the order written, read as sounds. Immutable; reading it costs more than comparing it, so keep it.
/// </summary>
public sealed class NameForm
{
    /// <summary>Words beyond this number are not compared.</summary>
    public const int MostParts = 8;

    // No name of any language has a longer word: what follows is not compared.
    private const int MostLetters = 64;

    private NameForm(NamePart[] parts)
    {
        Parts = ImmutableCollectionsMarshal.AsImmutableArray(parts);
        var joined = new Reading[Math.Max(parts.Length - 1, 0)];
        for (var i = 0; i < joined.Length; i++)
            joined[i] = new Reading(ReadingKind.AsWritten, [.. parts[i].Sounds, .. parts[i + 1].Stem]);
        Joined = ImmutableCollectionsMarshal.AsImmutableArray(joined);
        Given = Array.FindIndex(parts, part => part.Kind == NamePartKind.Name);
        Count(parts);
        if (!VietnameseNames.Recognise(parts))
            return;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = parts[i].AsSyllable();
            var syllable = parts[i].Syllable!.Value;
            Tones += syllable.Tone.Length > 0 ? 1 : 0;
            WritesMarks |= syllable.Tone.Length + syllable.Quality.Length > 0;
        }
        Given = VietnameseNames.GivenAmong(parts);
        Count(parts);
    }

    private void Count(NamePart[] parts)
    {
        (Names, NameMask, HasInitial) = (0, 0, false);
        for (var i = 0; i < parts.Length; i++)
        {
            Names += parts[i].Kind == NamePartKind.Name ? 1 : 0;
            NameMask |= parts[i].Kind == NamePartKind.Name ? 1 << i : 0;
            HasInitial |= parts[i].Kind == NamePartKind.Initial;
        }
    }

    /// <summary>No name: says nothing for or against.</summary>
    public static readonly NameForm Empty = new([]);

    public ImmutableArray<NamePart> Parts { get; }

    /// <summary>At i: parts i and i + 1 as one word, since spacing and hyphens vary (Gebre Mariam, Gebremariam).</summary>
    public ImmutableArray<Reading> Joined { get; }

    /// <summary>Which of two neighbours taken as one word says how much it weighs: the first, but for Abd, which is no name without the second.</summary>
    public NamePart WeightOfJoined(int index) => Parts[Parts[index].IsCutOff ? index + 1 : index];

    /// <summary>Index of the part that is most likely the given name: the first, but for Vietnamese; -1 where nobody can tell.</summary>
    public int Given { get; }

    /// <summary>How many parts are names, not titles, particles or initials.</summary>
    internal int Names { get; private set; }

    /// <summary>A bit for each part that is a name.</summary>
    internal int NameMask { get; private set; }

    internal bool HasInitial { get; private set; }

    /// <summary>How many syllables of a Vietnamese name have a tone mark.</summary>
    internal int Tones { get; }

    /// <summary>A Vietnamese name with any mark.</summary>
    internal bool WritesMarks { get; }

    public bool IsEmpty => Parts.IsEmpty;

    /// <summary>Never shows the name.</summary>
    public override string ToString() => $"{Parts.Length} parts";

    /// <summary>Reads a name in any script, also several in one name; text without a readable word gives an empty form.</summary>
    public static NameForm Read(string? text) => Read(text, ReadPart);

    /// <param name="readPart">Reads a word: <see cref="ReadPart"/>, or who remembers what it gave.</param>
    internal static NameForm Read(string? text, Func<NameWord, NamePart?> readPart)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Empty;
        var words = NameSplitter.Split(Spelling.Decompose(Capitals.Mend(text)));
        VietnameseNames.SplitSyllables(words);
        var parts = new List<NamePart>(words.Count);
        for (var i = 0; i < words.Count && parts.Count < MostParts; i++)
        {
            var (word, script) = words[i];
            var last = i == words.Count - 1;
            if (!last && ArabicNames.IsArticle(word, words[i + 1].Letters))
                continue;
            // "Abdul is never a name alone" (handbook §7), nor is Abu or Umm; where it stands alone the rest of the name was cut off.
            if (ArabicNames.JoinsNext(word) is { } prefix)
            {
                var next = i + 1;
                while (next < words.Count - 1 && ArabicNames.IsArticle(words[next].Letters, words[next + 1].Letters))
                    next++;
                var isAbd = prefix is "abd" or "عبد";
                var rest = next < words.Count && words[next].Script == script && !NameWords.IsParticle(words[next].Letters)
                    ? ArabicNames.WithoutArticle(words[next].Letters, script) : null;
                if (rest is not null && (!isAbd || ArabicNames.MayFollowAbd(ReadSounds(rest, script), script)))
                {
                    word = prefix + "-" + rest;
                    i = next;
                }
                else if (isAbd && words.Count > 1)
                {
                    parts.Add(new NamePart(NamePartKind.Initial, script, prefix, [new Reading(ReadingKind.AsWritten, ReadSounds(prefix, script))]));
                    continue;
                }
            }
            var own = i < words.Count - 1 ? ArabicNames.WithoutArticleOfNext(word, script, words[i + 1].Letters) : null;
            if (readPart(new NameWord(word, script, Math.Min(words.Count, NameWord.Several), own)) is { } part)
                parts.Add(part);
        }
        return new NameForm([.. parts]);
    }

    internal static NamePart? ReadPart(NameWord read)
    {
        var (word, script, words, own) = read;
        if (word[^1] == '.')
            return SpelledInitial(word, script);
        word = ArabicNames.WithoutInnerArticle(word);
        var sounds = ReadSounds(word, script);
        if (sounds.Length == 0)
            return null;
        var readings = new List<Reading>(2) { new(ReadingKind.AsWritten, sounds) };
        if (ArabicNames.WithoutArticle(word, script) is var stem && stem.Length < word.Length)
            readings.Add(new Reading(ReadingKind.Stem, ReadSounds(stem, script)));
        else if (script == Script.Latin && word.EndsWith("ova\u0301", StringComparison.Ordinal) && word.Length > 7)
            // Czech and Slovak give every woman's family name an ending, foreign ones too.
            readings.Add(new Reading(ReadingKind.Stem, ReadSounds(word[..^4], script)));
        if (own is not null)
            readings.Add(new Reading(ReadingKind.Stem, ReadSounds(own, script)));
        if (script == Script.Latin && Spelling.WithoutMarks(word) is var plain && plain != word)
            readings.Add(new Reading(ReadingKind.Unmarked, ReadSounds(plain, script)));
        foreach (var full in ShortForms.FullOf(word))
            readings.Add(new Reading(ReadingKind.Full, ReadSounds(full, Script.Latin)));
        return new NamePart(KindOf(word, script, words), script, word, [.. readings]);
    }

    // The names of letters begin with their sound, or with a vowel before it (em, en, el, es); only aitch is neither.
    private static NamePart? SpelledInitial(string word, Script script)
    {
        var sounds = ReadSounds(word[..^1], script);
        if (sounds.Length == 0)
            return null;
        var letter = sounds.Length == 1 || !sounds[0].IsVowel() && sounds[0] != Sound.Alef ? sounds[0]
            : sounds[1] is Sound.Ch or Sound.TamilC ? Sound.H
            : sounds[1];
        return new NamePart(NamePartKind.Initial, script, word, [new Reading(ReadingKind.AsWritten, [letter])]);
    }

    private static NamePartKind KindOf(string word, Script script, int words) =>
        words == 1 ? NamePartKind.Name
        : word.Length == 1 && script is (Script.Latin or Script.Cyrillic or Script.Greek) ? NamePartKind.Initial
        : NameWords.IsTitle(word) ? NamePartKind.Title
        : NameWords.IsParticle(word) ? NamePartKind.Particle
        : words >= NameWord.Several && NameWords.IsPatronymic(word) ? NamePartKind.Patronymic
        : NamePartKind.Name;

    internal static Sound[] ReadSounds(string word, Script script)
    {
        word = word.Length > MostLetters ? word[..MostLetters] : word;
        var sounds = new List<Sound>(word.Length + 4);
        ScriptReader.Read(script, script == Script.Latin ? Undoubled(word) : word, sounds);
        // Doubling is heard by some and written by few.
        for (var i = sounds.Count - 1; i > 0; i--)
        {
            if (sounds[i] == sounds[i - 1])
                sounds.RemoveAt(i);
        }
        return [.. sounds];
    }

    // Doubled consonants; "ee" and "oo" are vowels of their own.
    private static string Undoubled(string word)
    {
        var result = new System.Text.StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            if (i == 0 || word[i] != word[i - 1] || "eo".Contains(word[i], StringComparison.Ordinal))
                result.Append(word[i]);
        }
        return result.ToString();
    }
}
