using System.Text;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>Finds the words in a name.</summary>
internal static class NameSplitter
{
    // Signs for ain, hamza and geresh, and what keyboards offer instead.
    private const string Apostrophes = "'’‘ʼʻʿʾ`´′׳״”“";

    /// <param name="text">Lower case, decomposed.</param>
    public static List<(string Letters, Script Script)> Split(string text)
    {
        var words = new List<(string, Script)>();
        var word = new StringBuilder();
        var script = Script.Unknown;
        foreach (var character in text)
        {
            if (Apostrophes.Contains(character, StringComparison.Ordinal))
            {
                if (word.Length > 0)
                    word.Append('\'');
                continue;
            }
            // In scripts that spell out the letters of another one (Tamil em., Persian ام.) a short word before a full stop is an initial.
            if (character == '.' && word.Length is > 0 and < 4 && script is not (Script.Latin or Script.Cyrillic or Script.Greek or Script.Unknown))
            {
                word.Append(character);
                Flush();
                script = Script.Unknown;
                continue;
            }
            if (Spelling.IsMark(character) && word.Length > 0 || IsVowelSign(character))
            {
                word.Append(character);
                continue;
            }
            var of = char.IsLetter(character) ? ScriptReader.Of(character) : Script.Unknown;
            if (of != script)
                Flush();
            script = of;
            if (of != Script.Unknown)
                word.Append(character);
        }
        Flush();
        return words;

        void Flush()
        {
            var letters = script == Script.Hebrew ? word.ToString() : word.ToString().TrimEnd('\'');
            if (letters.Length > 0 && script != Script.Unknown)
                words.Add((letters, script));
            word.Clear();
        }
    }

    private static bool IsVowelSign(char character) => character is >= '\u064b' and <= '\u0670' or >= '\u0bbe' and <= '\u0bcd';
}
