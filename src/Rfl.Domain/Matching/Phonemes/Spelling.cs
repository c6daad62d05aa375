using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Rfl.Domain.Matching.Phonemes;

/// <summary>Brings writings of one letter to one form: lower case, decomposed, without the marks that carry no sound.</summary>
public static class Spelling
{
    private static readonly FrozenDictionary<char, string> decompositions = ReadDecompositions();

    /// <summary>The text in lower case, letters with marks taken apart (compatibility decomposition), invisible signs left out.</summary>
    public static string Decompose(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (IsInvisible(character))
                continue;
            if (character < 0x80)
                result.Append(char.ToLowerInvariant(character));
            // Capital I with a dot: its decomposition would leave a dot on the i.
            else if (character == 'İ')
                result.Append('i');
            else if (decompositions.TryGetValue(char.ToLowerInvariant(character), out var parts))
                result.Append(parts);
            else
                result.Append(char.ToLowerInvariant(character));
        }
        return result.ToString();
    }

    /// <summary>Latin letters as a writer without marks would type them.</summary>
    public static string WithoutMarks(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (IsMark(letter))
                continue;
            result.Append(letter switch
            {
                'đ' => 'd',
                'ı' => 'i',
                'ə' => 'e',
                'ł' => 'l',
                'ø' => 'o',
                _ => letter,
            });
        }
        return result.ToString();
    }

    /// <summary>A mark set over, under or through a letter.</summary>
    public static bool IsMark(char character) =>
        character is >= '\u0300' and <= '\u036f' or >= '\u0483' and <= '\u0487' or >= '\u0591' and <= '\u05c7';

    // Tatweel only stretches a word; directional and joining signs do not sound.
    private static bool IsInvisible(char character) =>
        character is '\u0640' or >= '\u200b' and <= '\u200f' or >= '\u202a' and <= '\u202e' or '\u2060' or '\ufeff' or '\u00ad';

    private static FrozenDictionary<char, string> ReadDecompositions()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Rfl.Domain.Matching.decompositions.txt")!;
        using var reader = new StreamReader(stream);
        var result = new Dictionary<char, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var codes = line.Split(' ').Select(code => (char)Convert.ToInt32(code, 16)).ToArray();
            result[codes[0]] = new string(codes.AsSpan(1)).ToLowerInvariant();
        }
        return result.ToFrozenDictionary();
    }
}
