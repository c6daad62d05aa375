namespace Rfl.Domain.Matching.Phonemes;

/// <summary>
/// The one inventory of sounds into which every script is read. Beside plain sounds it has spellings with several readings
/// (Arabic <em>waw</em>, Latin <em>j</em>): they stay what they are, and stand near to each of their readings.
/// </summary>
public enum Sound : byte
{
    /// <summary>The gap in an alignment: a sound that the other writing leaves out.</summary>
    None,

    // Consonants.
    P, B, T, D, K, G,

    /// <summary>Arabic qaf, Latin q, Ethiopic q: k, g, gh, or Albanian ch.</summary>
    Q,
    F, V, W, M, N, L, R, S, Z, H,

    /// <summary>Arabic and Ethiopic hard h.</summary>
    Hh,

    /// <summary>kh, as in Khalid, Bach.</summary>
    X,
    Gh,

    /// <summary>English th, Arabic tha: t and s elsewhere.</summary>
    Th,

    /// <summary>Albanian dh, Arabic dhal: z in Persian.</summary>
    Dh,

    /// <summary>Arabic dad: d, z in Persian.</summary>
    Dad,

    /// <summary>Arabic za: z, dh, d.</summary>
    Zad,
    Sh, Zh, Ch,

    /// <summary>English j.</summary>
    J,
    Ts, Dz, Y,

    /// <summary>A break in the voice, written or not (hamza, apostrophe).</summary>
    Glottal,
    Ain,

    // Vowels.
    A, E, I, O, U,

    /// <summary>Between a and e: ä, Azerbaijani ə, the Ethiopic first order.</summary>
    Ae,

    /// <summary>ö, French eu.</summary>
    Oe,

    /// <summary>ü, Greek and German y.</summary>
    Ue,

    /// <summary>A vowel hardly heard: the Ethiopic sixth order, Turkish ı, Bulgarian ъ.</summary>
    Schwa,

    // Spellings with several readings.

    /// <summary>Arabic and Hebrew waw: u, o, w, v.</summary>
    Waw,

    /// <summary>Arabic and Hebrew yeh: i, e, y.</summary>
    Yeh,

    /// <summary>Alef: a long a, or the carrier of any first vowel.</summary>
    Alef,

    /// <summary>Final heh or teh marbuta: a, e, ah, at.</summary>
    FinalHeh,

    /// <summary>Final yeh without dots: a or i.</summary>
    FinalYeh,

    /// <summary>Latin j: y, English j, French j, Spanish kh.</summary>
    LatinJ,

    /// <summary>Latin c before a, o, u or a consonant: k; Turkish j, Slavic ts.</summary>
    HardC,

    /// <summary>Latin c before e, i, y: s, ts, ch; Turkish j.</summary>
    SoftC,

    /// <summary>Latin ch: ch, French sh, German kh, k.</summary>
    LatinCh,

    /// <summary>Latin x at the beginning: kh in Kurmanji and Azerbaijani, z, ks.</summary>
    LatinX,

    /// <summary>Latin g before e, i, y: g, English j, French zh, Spanish kh.</summary>
    SoftG,

    /// <summary>Latin e at the end of a word: silent in English and French.</summary>
    FinalE,

    /// <summary>Latin t, d, s, x, z, p at the end of a word: silent in French.</summary>
    FinalT, FinalD, FinalS, FinalZ,

    /// <summary>The g of a final ng, which most languages do not sound.</summary>
    FinalG,

    /// <summary>Latin đ: Vietnamese d, Serbian and Croatian j.</summary>
    LatinD,

    /// <summary>Cyrillic г: g, Ukrainian and Belarusian h, and foreign h in Russian.</summary>
    CyrillicG,

    /// <summary>Hebrew bet: b, v.</summary>
    Bet,

    /// <summary>Hebrew pe: p, f.</summary>
    Pe,

    /// <summary>Hebrew kaf: k, kh.</summary>
    Kaf,

    /// <summary>Hebrew shin: sh, s.</summary>
    Shin,

    /// <summary>Tamil letters stand for voiced and voiceless sounds alike: k, g, h.</summary>
    TamilK,

    /// <summary>Tamil: ch, s, j.</summary>
    TamilC,

    /// <summary>Tamil: t, d, th.</summary>
    TamilT,

    /// <summary>Tamil: p, b.</summary>
    TamilP,
}

/// <summary>Classes of <see cref="Sound"/>.</summary>
public static class Sounds
{
    /// <summary>How many sounds there are, <see cref="Sound.None"/> included.</summary>
    public const int Count = (int)Sound.TamilP + 1;

    /// <summary>A full vowel, written as such.</summary>
    public static bool IsVowel(this Sound sound) =>
        sound is (>= Sound.A and <= Sound.Schwa) or Sound.FinalE;

    /// <summary>A letter that is a vowel in one reading and a consonant, or nothing, in another.</summary>
    public static bool IsGlide(this Sound sound) =>
        sound is Sound.Waw or Sound.Yeh or Sound.Alef or Sound.FinalHeh or Sound.FinalYeh or Sound.Y or Sound.W
            or Sound.Ain or Sound.Glottal or Sound.H or Sound.Hh;

    public static bool IsConsonant(this Sound sound) => sound != Sound.None && !sound.IsVowel();

    /// <summary>How much of a word a sound makes up: vowels are heard and written differently, consonants carry the word.</summary>
    public static float Mass(ReadOnlySpan<Sound> sounds)
    {
        var mass = 0f;
        foreach (var sound in sounds)
            mass += sound.IsVowel() ? 0.3f : sound.IsGlide() ? 0.5f : 1f;
        return mass;
    }
}
