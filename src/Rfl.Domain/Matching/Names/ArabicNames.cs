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

    /// <summary>
    /// The word without the article of the next one, where that is written to it as it is spoken, in Urdu, Bengali and Rohingya above all (Azizul Haque, Ziaur Rahman,
    /// Sirajud Din); null where there is none.
    /// </summary>
    public static string? WithoutArticleOfNext(string word, Script script, string next) =>
        script == Script.Latin && word.Length > 4 && word[^2] == 'u' && (word[^1] == 'l' || IsAssimilated(word[^2..], next)) ? word[..^2] : null;

    /// <summary>Abdulrahman, Abdelrahman, Abdurrahman, عبدالرحمن: without the article in the middle, which is written in too many ways to compare.</summary>
    public static string WithoutInnerArticle(string word)
    {
        if (word.StartsWith("عبدال", StringComparison.Ordinal) && word.Length > 7)
            return "عبد-" + word[5..];
        if (!word.StartsWith("abd", StringComparison.Ordinal) || word.Length < 8 || !"aeuoi".Contains(word[3], StringComparison.Ordinal))
            return word;
        var rest = word.AsSpan(4);
        if (rest[0] == 'l' && (!rest.StartsWith("la", StringComparison.Ordinal) && !rest.StartsWith("lla", StringComparison.Ordinal) || BelongsToArticle(rest)))
            return string.Concat("abd-", rest[1..]);
        return rest[0] == rest[1] && rest[0] != 'l' ? string.Concat("abd-", rest[1..]) : word;
    }

    // The l of Abdulaziz is the article's, that of Abdulatif the name's.
    private static bool BelongsToArticle(ReadOnlySpan<char> rest) =>
        MayFollowAbd(NameForm.ReadSounds(rest[1..].ToString(), Script.Latin), Script.Latin) && !MayFollowAbd(NameForm.ReadSounds(rest.ToString(), Script.Latin), Script.Latin);

    // What follows Abd, "servant of": the names of God, in the readings of Arabic, Persian and Urdu, and whom the Shia and Sufis add (the Prophet, his house).
    private static readonly Sound[][] served =
    [
        .. """
            rahman rahim malik quddus salam mumin muhaymin aziz jabbar gabbar mutakabbir khaliq bari musawwir ghaffar qahhar wahhab razzaq fattah alim qabid
            basit rafi muizz sami basir hakam adl latif khabir halim azim ghafur shakur ali kabir hafiz muqit hasib jalil galil karim raqib mujib wasi hakim
            wadud majid baith shahid haqq wakil qawi matin wali hamid muhsi mubdi muid muhyi hayy qayyum wajid maguid wahid ahad samad qadir muqtadir muqaddim
            awwal akhir zahir batin mutaal barr tawwab afuw rauf ghani mughni mani nafi nur hadi badi baqi warith rashid sabur
            allah ilah ella sattar mannan hannan jawad gawad monim munim naser nasir mawla maula maola rabb dayim daim kafi shafi muti ati muta fadil fazil
            nabi rasul mustafa muttalib hussein hasan zahra amir reza mahdi imam kazim abbas khadir khidr sahib masih manaf salih mohsen
            sami' rafi' wasi' badi' mani' nafi' shafi'
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => NameForm.ReadSounds(word, Script.Latin)),
    ];

    private static readonly SoundCosts expected = ExpectedCosts.Create();

    // A near spelling; short words differ by one consonant already.
    private const float NearSpelling = 0.15f;

    /// <summary>
    /// Whether a word may follow Abd. Where it may not, as a family name, the clerk held Abdul for a name and left out the rest (Abdul Chebbi for Abdelaziz Chebbi).
    /// An ending -i makes a family name of what would else follow (Karimi).
    /// </summary>
    public static bool MayFollowAbd(ReadOnlySpan<Sound> sounds, Script script)
    {
        if (sounds.IsEmpty)
            return false;
        var context = ScriptReader.Context(Script.Latin, script);
        foreach (var word in served)
        {
            var mass = (Sounds.Mass(word) + Sounds.Mass(sounds)) / 2;
            if (EndsInI(word) == EndsInI(sounds) && SoundDistance.Between(word, sounds, context, expected, 1) < NearSpelling * mass)
                return true;
        }
        return false;
    }

    private static bool EndsInI(ReadOnlySpan<Sound> sounds) => sounds[^1] is Sound.I or Sound.Yeh or Sound.FinalYeh or Sound.Y;
}
