using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>What a part is to the comparison of names.</summary>
public enum NamePartKind : byte
{
    Name,

    /// <summary>Russian and Caucasian patronymic (-ovich, -ovna): left out as often as not.</summary>
    Patronymic,

    /// <summary>Haji, Mullah, Sayed, Dr: given or left out at will.</summary>
    Title,

    /// <summary>bin, bint, ould, van: joins names and is none.</summary>
    Particle,

    /// <summary>A single letter that stands for a name, or <em>Abd</em> without the rest.</summary>
    Initial,
}

/// <summary>One way to take a written word.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Sounds">The word as spoken.</param>
/// <param name="Mass">How much there is to compare, see <see cref="Phonemes.Sounds.Mass"/>.</param>
public readonly record struct Reading(ReadingKind Kind, Sound[] Sounds, float Mass)
{
    public Reading(ReadingKind kind, Sound[] sounds)
        : this(kind, sounds, Phonemes.Sounds.Mass(sounds))
    {
    }
}

public enum ReadingKind : byte
{
    AsWritten,

    /// <summary>Without the Arabic article.</summary>
    Stem,

    /// <summary>Without the marks on Latin letters, which are the first to be lost.</summary>
    Unmarked,

    /// <summary>The full name for a short form.</summary>
    Full,
}

/// <summary>One word of a name as the matching reads it. Immutable: names share it.</summary>
public sealed class NamePart
{
    internal NamePart(NamePartKind kind, Script script, string letters, Reading[] readings)
    {
        Kind = kind;
        Script = script;
        Letters = letters;
        Readings = ImmutableCollectionsMarshal.AsImmutableArray(readings);
        SoundCode = NameRarity.CodeOf(readings[0].Sounds);
    }

    private NamePart(NamePart word, VietnameseNames.Marked syllable)
    {
        // Van and Le are names in Vietnamese.
        (Kind, Script, Letters, Readings, SoundCode) = (NamePartKind.Name, word.Script, word.Letters, word.Readings, word.SoundCode);
        (Syllable, Rarity) = (syllable, VietnameseNames.RarityOf(syllable.Base));
    }

    /// <summary>The word as a syllable of a Vietnamese name.</summary>
    internal NamePart AsSyllable() => new(this, VietnameseNames.Read(Letters));

    public NamePartKind Kind { get; }

    /// <summary>Abd, whose rest was left out.</summary>
    internal bool IsCutOff => Kind == NamePartKind.Initial && Sounds.Length > 1;

    public Script Script { get; }

    /// <summary>The word in lower case, decomposed, with its marks.</summary>
    public string Letters { get; }

    /// <summary>The word as spoken.</summary>
    public ReadOnlySpan<Sound> Sounds => Readings[0].Sounds;

    /// <summary>As written first, then others.</summary>
    public ImmutableArray<Reading> Readings { get; }

    /// <summary>Under what the rarity of the word is kept, see <see cref="NameRarity"/>.</summary>
    internal int SoundCode { get; }

    /// <summary>Without its article, if it has one.</summary>
    internal Sound[] Stem => Readings.FirstOrDefault(reading => reading.Kind == ReadingKind.Stem).Sounds ?? Readings[0].Sounds;

    /// <summary>How telling an agreement in this part is, where the name's language says so; null where <see cref="NameRarity"/> does.</summary>
    internal float? Rarity { get; }

    /// <summary>Set in Vietnamese names only.</summary>
    internal VietnameseNames.Marked? Syllable { get; }

    /// <summary>Never shows the name.</summary>
    public override string ToString() => Kind.ToString();
}
