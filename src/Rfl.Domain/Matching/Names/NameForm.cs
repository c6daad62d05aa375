using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// A name prepared for comparison: its words in the order written, read as sounds. Immutable; reading it costs more than comparing it, so keep it.
/// </summary>
public sealed class NameForm
{
    /// <summary>Words beyond this number are not compared.</summary>
    public const int MostParts = 8;

    private NameForm(NamePart[] parts)
    {
        Parts = parts;
        var joined = new Reading[Math.Max(parts.Length - 1, 0)];
        for (var i = 0; i < joined.Length; i++)
            joined[i] = new Reading(ReadingKind.AsWritten, [.. parts[i].Sounds, .. parts[i + 1].Stem]);
        Joined = joined;
        if (!VietnameseNames.Recognise(parts))
            return;
        foreach (var part in parts)
        {
            var syllable = VietnameseNames.Read(part.Letters);
            part.Syllable = syllable;
            // Van and Le are names here.
            part.Kind = NamePartKind.Name;
            Tones += syllable.Tone.Length > 0 ? 1 : 0;
            WritesMarks |= syllable.Tone.Length + syllable.Quality.Length > 0;
            part.Rarity = VietnameseNames.RarityOf(syllable.Base);
        }
    }

    /// <summary>No name: says nothing for or against.</summary>
    public static readonly NameForm Empty = new([]);

    public IReadOnlyList<NamePart> Parts { get; }

    /// <summary>At i: parts i and i + 1 as one word, since spacing and hyphens vary (Gebre Mariam, Gebremariam).</summary>
    public IReadOnlyList<Reading> Joined { get; }

    /// <summary>How many syllables of a Vietnamese name have a tone mark.</summary>
    internal int Tones { get; }

    /// <summary>A Vietnamese name with any mark.</summary>
    internal bool WritesMarks { get; }

    public bool IsEmpty => Parts.Count == 0;

    /// <summary>Never shows the name.</summary>
    public override string ToString() => $"{Parts.Count} parts";

    /// <summary>Reads a name in any script, also several in one name; text without a readable word gives an empty form.</summary>
    public static NameForm Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Empty;
        var words = NameSplitter.Split(Spelling.Decompose(text));
        VietnameseNames.SplitSyllables(words);
        var parts = new List<NamePart>(words.Count);
        for (var i = 0; i < words.Count && parts.Count < MostParts; i++)
        {
            var (word, script) = words[i];
            var last = i == words.Count - 1;
            if (!last && ArabicNames.IsArticle(word, words[i + 1].Letters))
                continue;
            // "Abdul is never a name alone" (handbook §7), nor is Abu or Umm.
            if (!last && ArabicNames.JoinsNext(word) is { } prefix)
            {
                var next = i + 1;
                while (next < words.Count - 1 && ArabicNames.IsArticle(words[next].Letters, words[next + 1].Letters))
                    next++;
                if (words[next].Script == script)
                {
                    word = prefix + "-" + ArabicNames.WithoutArticle(words[next].Letters, script);
                    i = next;
                }
            }
            if (ReadPart(word, script, words.Count) is { } part)
                parts.Add(part);
        }
        return new NameForm([.. parts]);
    }

    private static NamePart? ReadPart(string word, Script script, int words)
    {
        word = ArabicNames.WithoutInnerArticle(word);
        var sounds = ReadSounds(word, script);
        if (sounds.Length == 0)
            return null;
        var readings = new List<Reading>(2) { new(ReadingKind.AsWritten, sounds) };
        if (ArabicNames.WithoutArticle(word, script) is var stem && stem.Length < word.Length)
            readings.Add(new Reading(ReadingKind.Stem, ReadSounds(stem, script)));
        if (script == Script.Latin && Spelling.WithoutMarks(word) is var plain && plain != word)
            readings.Add(new Reading(ReadingKind.Unmarked, ReadSounds(plain, script)));
        if (ShortForms.FullOf(word) is { } full)
            readings.Add(new Reading(ReadingKind.Full, ReadSounds(full, Script.Latin)));
        return new NamePart(KindOf(word, script, words), script, word, [.. readings]);
    }

    private static NamePartKind KindOf(string word, Script script, int words) =>
        words == 1 ? NamePartKind.Name
        : word.Length == 1 && script is (Script.Latin or Script.Cyrillic or Script.Greek) ? NamePartKind.Initial
        : NameWords.IsTitle(word) ? NamePartKind.Title
        : NameWords.IsParticle(word) ? NamePartKind.Particle
        : words > 2 && NameWords.IsPatronymic(word) ? NamePartKind.Patronymic
        : NamePartKind.Name;

    private static Sound[] ReadSounds(string word, Script script)
    {
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
