using System.Text;

namespace Rfl.Domain.Matching.Names;

/// <summary>
/// In a name written in capitals and small letters a capital begins a word. That shows where a blank slipped by a letter (<em>KarimN uri</em>,
/// <em>Zahr aNuri</em>), and where the article was written to its word (<em>AlAli</em>).
/// </summary>
internal static class Capitals
{
    public static string Mend(string text)
    {
        StringBuilder? mended = null;
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsUpper(text[i]) || !char.IsLower(text[i - 1]))
                continue;
            // "KarimN uri": a capital at the end of a word begins the next one.
            if (i + 2 < text.Length && text[i + 1] == ' ' && char.IsLower(text[i + 2]))
            {
                (mended ??= new StringBuilder(text))[i] = ' ';
                mended[i + 1] = text[i];
            }
            // "Zahr aNuri": a small letter before the capital belongs to the word before.
            else if (i > 2 && text[i - 2] == ' ' && char.IsLower(text[i - 3]))
            {
                (mended ??= new StringBuilder(text))[i - 2] = text[i - 1];
                mended[i - 1] = ' ';
            }
        }
        text = mended?.ToString() ?? text;
        for (var i = text.Length - 2; i > 0; i--)
        {
            if (i >= 2 && char.IsUpper(text[i]) && char.IsLower(text[i + 1]) && text[i - 1] == 'l' && text[i - 2] is 'A' or 'E' && (i == 2 || !char.IsLetter(text[i - 3])))
                text = text.Insert(i, " ");
        }
        return text;
    }
}
