using Rfl.Domain.Matching.Phonemes.Scripts;

namespace Rfl.Domain.Matching.Phonemes;

/// <summary>A writing system that the matching can read.</summary>
public enum Script : byte
{
    /// <summary>None of the others: nothing is read from it.</summary>
    Unknown,
    Latin, Arabic, Cyrillic, Ethiopic, Greek, Hebrew, Armenian, Georgian, Tamil,
}

/// <summary>How the writing of two words lets vowels appear.</summary>
public enum WritingContext : byte
{
    /// <summary>Both in one script that writes its vowels: a letter more is a letter more.</summary>
    SameScript,

    /// <summary>Two scripts that write their vowels.</summary>
    Full,

    /// <summary>At least one leaves most vowels out (Arabic, Hebrew).</summary>
    Abjad,

    /// <summary>One is Ethiopic: every consonant has a vowel sign, which may be silent.</summary>
    Ethiopic,
}

/// <summary>Tells scripts apart and reads words in them.</summary>
public static class ScriptReader
{
    public static Script Of(char letter) => letter switch
    {
        < '\u02c0' => char.IsLetter(letter) ? Script.Latin : Script.Unknown,
        >= '\u0370' and < '\u0400' => Script.Greek,
        >= '\u0400' and < '\u0530' => Script.Cyrillic,
        >= '\u0530' and < '\u0590' => Script.Armenian,
        >= '\u0590' and < '\u0600' => Script.Hebrew,
        >= '\u0600' and < '\u0780' => Script.Arabic,
        >= '\u0b80' and < '\u0c00' => Script.Tamil,
        >= '\u10a0' and < '\u1100' => Script.Georgian,
        >= '\u1200' and < '\u1380' => Script.Ethiopic,
        _ => Script.Unknown,
    };

    /// <summary>What two writings leave out against each other.</summary>
    public static WritingContext Context(Script a, Script b) =>
        a is Script.Arabic or Script.Hebrew || b is Script.Arabic or Script.Hebrew ? WritingContext.Abjad
        : a == b ? WritingContext.SameScript
        : a == Script.Ethiopic || b == Script.Ethiopic ? WritingContext.Ethiopic
        : WritingContext.Full;

    /// <summary>Adds the sounds of one word, in lower case and decomposed, in the order spoken.</summary>
    public static void Read(Script script, ReadOnlySpan<char> word, List<Sound> sounds)
    {
        switch (script)
        {
            case Script.Latin: LatinScript.Table.Read(word, sounds); break;
            case Script.Arabic: ArabicScript.Table.Read(word, sounds); break;
            case Script.Cyrillic: CyrillicScript.Table.Read(word, sounds); break;
            case Script.Ethiopic: EthiopicScript.Read(word, sounds); break;
            case Script.Greek: GreekScript.Table.Read(word, sounds); break;
            case Script.Hebrew: HebrewScript.Table.Read(word, sounds); break;
            case Script.Armenian: ArmenianScript.Table.Read(word, sounds); break;
            case Script.Georgian: GeorgianScript.Table.Read(word, sounds); break;
            case Script.Tamil: TamilScript.Read(word, sounds); break;
            case Script.Unknown: break;
        }
    }
}
