using System.Text;

namespace Rfl.Api.Http;

/// <summary>
/// What a text must be to be let in, in any script: whole Unicode, no control characters but line break and tab, not too long. What is let in is NFC with
/// plain line breaks, so that the same name is the same text ever after. Joiners and direction marks stay: Persian and Kurdish are not written without them.
/// </summary>
public static class TextRules
{
    /// <summary>UTF-16 code units; an endpoint may allow more with <see cref="LongTextAttribute"/>.</summary>
    public const int DefaultLength = 4_000;

    public const string Unreadable = "text-unreadable";
    public const string ControlCharacter = "control-character";
    public const string TooLong = "text-too-long";

    /// <summary>Null and the text to use; or the code of what is wrong with it.</summary>
    public static string? Fault(string text, int longest, out string accepted)
    {
        accepted = text;
        var lineBreaks = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (char.IsSurrogate(character))
            {
                if (!Rune.TryCreate(character, at + 1 < text.Length ? text[at + 1] : default, out var rune) || IsNoCharacter(rune.Value))
                    return Unreadable;
                at++;
            }
            else if (IsNoCharacter(character))
            {
                return Unreadable;
            }
            else if (character == '\r')
            {
                lineBreaks = true;
            }
            else if (char.IsControl(character) && character is not ('\n' or '\t'))
            {
                return ControlCharacter;
            }
        }

        if (lineBreaks)
            accepted = accepted.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (!Ascii.IsValid(accepted) && !accepted.IsNormalized(NormalizationForm.FormC))
            accepted = accepted.Normalize(NormalizationForm.FormC);
        return accepted.Length > longest ? TooLong : null;
    }

    /// <summary>Set apart by Unicode for ever; the runtime refuses to normalise some of them.</summary>
    private static bool IsNoCharacter(int codePoint) => (codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>
    /// Without the Unicode tables of the system the runtime leaves every text as it came and says nothing. Names would then differ that are the same.
    /// </summary>
    /// <exception cref="InvalidOperationException">The runtime cannot normalise.</exception>
    public static void RequireUnicodeTables()
    {
        if ("e\u0301".Normalize(NormalizationForm.FormC).Length != 1)
        {
            throw new InvalidOperationException(
                "Texts cannot be normalised: install the ICU library (Debian: libicu72 or newer) and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        }
    }
}

/// <summary>Lets an endpoint take longer texts than usual, for example an interview's account of what happened.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class LongTextAttribute(int longest) : Attribute
{
    public int Longest { get; } = longest;
}
