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

    /// <summary>A single letter that stands for a name.</summary>
    Initial,
}

/// <summary>One word of a name as the matching reads it.</summary>
public sealed class NamePart
{
    internal NamePart(NamePartKind kind, Script script, string letters, Sound[] sounds, Sound[]? stem)
    {
        Kind = kind;
        Script = script;
        Letters = letters;
        Sounds = sounds;
        Stem = stem;
    }

    public NamePartKind Kind { get; internal set; }

    public Script Script { get; }

    /// <summary>The word in lower case, decomposed, with its marks.</summary>
    public string Letters { get; }

    /// <summary>The word as spoken.</summary>
    public Sound[] Sounds { get; }

    /// <summary>The word as spoken without the Arabic article that it may carry; null where it carries none.</summary>
    public Sound[]? Stem { get; }

    /// <summary>How telling an agreement in this part is in its population: 1 by default, less for frequent names, more for rare ones.</summary>
    public float Rarity { get; set; } = 1;

    /// <summary>Set in Vietnamese names only.</summary>
    internal VietnameseNames.Marked? Syllable { get; set; }

    /// <summary>Never shows the name.</summary>
    public override string ToString() => Kind.ToString();
}
