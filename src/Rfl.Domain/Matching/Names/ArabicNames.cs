using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>How Arabic names are put together, in Arabic letters and in romanisations: the article, and words that are never a name alone.</summary>
internal static class ArabicNames
{
    /// <summary>A word that is the article of the next: al-, el-, ul-, and before sun letters as-Sayed, ur-Rahman.</summary>
    public static bool IsArticle(string word, string next) =>
        word is "al" or "el" or "ul" or "ال" || (word.Length is 2 or 3 && "aeui".Contains(word[0], StringComparison.Ordinal) && IsAssimilated(word, next));

    // The l of the article becomes the first consonant of the word: t th d dh r z s sh n.
    private static bool IsAssimilated(string word, string next) =>
        word[1] is 't' or 'd' or 'r' or 'z' or 's' or 'n' && next.Length > 2 && next.StartsWith(word.AsSpan(1), StringComparison.Ordinal);

    /// <summary>The short form of a word that only lives together with the next one; null for all others.</summary>
    public static string? JoinsNext(string word) => word switch
    {
        "abd" or "abdul" or "abdel" or "abdal" or "abdol" or "abdur" or "abdu" or "abed" => "abd",
        "عبد" or "عبدال" => "عبد",
        "abu" or "abou" or "abo" or "aboo" => "abu",
        "ابو" or "ابي" or "ابی" => "ابو",
        "umm" or "um" or "oum" or "om" => "um",
        "ام" => "ام",
        _ => null,
    };

    /// <summary>The word without the article written as one with it; the word itself where there is none, or nearly nothing would be left.</summary>
    public static string WithoutArticle(string word, Script script)
    {
        if (script == Script.Arabic && word.StartsWith("ال", StringComparison.Ordinal) && word.Length > 3 && word is not "الله")
            return word[2..];
        if (script == Script.Latin && word.Length > 5 && (word.StartsWith("al", StringComparison.Ordinal) || word.StartsWith("el", StringComparison.Ordinal))
            && !"aeiouyh'".Contains(word[2], StringComparison.Ordinal))
            return word[2..];
        // In the Maghreb the assimilated article is written to the word: Ennouri, Errachid, Essadi.
        if (script == Script.Latin && word.Length > 5 && word[0] is 'a' or 'e' && word[1] == word[2] && word[1] is 't' or 'd' or 'r' or 'z' or 's' or 'n')
            return word[2..];
        return word;
    }

    /// <summary>Abdulrahman, Abdelrahman, Abdurrahman, عبدالرحمن: without the article in the middle, which is written in too many ways to compare.</summary>
    public static string WithoutInnerArticle(string word)
    {
        if (word.StartsWith("عبدال", StringComparison.Ordinal) && word.Length > 7)
            return "عبد-" + word[5..];
        if (!word.StartsWith("abd", StringComparison.Ordinal) || word.Length < 8 || !"aeuoi".Contains(word[3], StringComparison.Ordinal))
            return word;
        var rest = word.AsSpan(4);
        if (rest[0] == 'l' && !rest.StartsWith("la", StringComparison.Ordinal) && !rest.StartsWith("lla", StringComparison.Ordinal))
            return string.Concat("abd-", rest[1..]);
        return rest[0] == rest[1] && rest[0] != 'l' ? string.Concat("abd-", rest[1..]) : word;
    }
}
