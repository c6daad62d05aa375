using System.Text;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching;

/// <summary>
/// Coarse keys of names: two persons are compared if they share one. A key is the consonant classes of a word, first five; a sound with several
/// readings gives several keys. The strings are as telling as the names and are stored only as keyed hashes.
/// </summary>
public static class BlockingKeys
{
    /// <summary>Classes in the key of a word.</summary>
    internal const int Longest = 5;

    /// <summary>The letters that stand for the classes of consonants.</summary>
    internal const string ClassLetters = "ptsknlrm";

    private const int MostVariants = 6;

    /// <summary>Keys of a person: of the name, and of what else is rare enough, for names that nobody spelled right.</summary>
    public static void OfPerson(PersonForm person, ISet<string> keys)
    {
        OfName(person.Name, keys);
        if (person.BirthDigits.Length == 8 && !person.BirthDigits.EndsWith("0101", StringComparison.Ordinal))
        {
            keys.Add("month " + person.BirthDigits[..6]);
            keys.Add("day " + person.BirthDigits[4..]);
        }
        var places = FirstKeys(person.Birthplace);
        var year = person.Birth?.MiddleYear ?? 0;
        foreach (var place in places)
        {
            if (year > 0)
                keys.Add($"place {place} {year}");
            foreach (var father in FirstKeys(person.Father))
                keys.Add($"father {father} {place}");
        }
        if (person.StreetNumber.Length + person.Postcode.Length == 0)
            return;
        foreach (var street in FirstKeys(person.Address).Concat(FirstKeys(person.AddressDetail)))
        {
            keys.Add($"house {street} {person.StreetNumber}");
            keys.Add($"street {street} {person.Postcode}");
        }
    }

    private static HashSet<string> FirstKeys(NameForm name)
    {
        var keys = new HashSet<string>();
        if (!name.IsEmpty)
            OfSounds(name.Parts[0].Sounds, keys);
        return keys;
    }

    /// <summary>Keys of all parts of a name and of neighbours taken together, each once.</summary>
    public static void OfName(NameForm name, ISet<string> keys)
    {
        for (var i = 0; i < name.Parts.Length; i++)
        {
            var part = name.Parts[i];
            if (!part.IsCutOff && (part.Kind is NamePartKind.Particle or NamePartKind.Initial or NamePartKind.Title && name.Parts.Length > 2))
                continue;
            for (var reading = 0; reading < part.Readings.Length && !part.IsCutOff; reading++)
                OfSounds(part.Readings[reading].Sounds, keys);
            if (i < name.Joined.Length)
                OfSounds(name.Joined[i].Sounds, keys);
        }
    }

    /// <summary>The keys of one word.</summary>
    public static void OfSounds(ReadOnlySpan<Sound> sounds, ISet<string> keys)
    {
        var variants = new List<StringBuilder> { new() };
        foreach (var sound in sounds)
        {
            var classes = Classes(sound);
            if (classes.Length == 0)
                continue;
            var count = variants.Count;
            // A further reading doubles the variants; where there are too many the first reading stands alone.
            for (var reading = 1; reading < classes.Length && variants.Count + count <= MostVariants; reading++)
            {
                for (var i = 0; i < count; i++)
                    variants.Add(Append(new StringBuilder().Append(variants[i]), classes[reading]));
            }
            for (var i = 0; i < count; i++)
                Append(variants[i], classes[0]);
        }
        foreach (var variant in variants)
        {
            // Words of vowels only (Aya, Ali is L) have a key too.
            keys.Add(variant.Length == 0 ? "-" : variant.ToString(0, Math.Min(Longest, variant.Length)));
        }
    }

    /// <summary>The key of one word in the first reading of every sound.</summary>
    public static string FirstKey(ReadOnlySpan<Sound> sounds)
    {
        Span<char> key = stackalloc char[Longest];
        return new string(key[..FirstKey(sounds, key)]);
    }

    /// <summary>The key of one word in the first reading of every sound; answers its length.</summary>
    internal static int FirstKey(ReadOnlySpan<Sound> sounds, Span<char> key)
    {
        var length = 0;
        foreach (var sound in sounds)
        {
            if (Classes(sound) is [not ' ' and var letter, ..] && (length == 0 || key[length - 1] != letter) && length < Longest)
                key[length++] = letter;
        }
        return length;
    }

    private static StringBuilder Append(StringBuilder key, char letter) =>
        letter == ' ' || key.Length > 0 && key[^1] == letter ? key : key.Append(letter);

    // Classes that writings confuse: lips, teeth, hissing, throat; m, n, l, r. A blank: may not be written.
    private static string Classes(Sound sound) => sound switch
    {
        Sound.P or Sound.B or Sound.F or Sound.Bet or Sound.Pe or Sound.TamilP or Sound.V => "p",
        Sound.W or Sound.Waw => " p",
        Sound.T or Sound.D or Sound.TamilT => "t",
        Sound.Dad or Sound.Th or Sound.Dh or Sound.Zad => "ts",
        Sound.FinalT or Sound.FinalD => "t ",
        Sound.FinalS or Sound.FinalZ => "s ",
        Sound.S or Sound.Z or Sound.Sh or Sound.Zh or Sound.Ts or Sound.Dz or Sound.Shin or Sound.SoftC => "s",
        Sound.LatinJ => "s ",
        Sound.Ch or Sound.J => "s",
        Sound.LatinCh or Sound.TamilC or Sound.SoftG => "sk",
        Sound.K or Sound.G or Sound.Kaf or Sound.HardC or Sound.TamilK => "k",
        Sound.Q or Sound.LatinX or Sound.X or Sound.Gh or Sound.CyrillicG => "k ",
        Sound.FinalG => " k",
        Sound.LatinD => "ts",
        Sound.M => "m",
        Sound.N => "n",
        Sound.L => "l",
        Sound.R => "r",
        _ => "",
    };
}
