namespace Rfl.Domain.Matching.Phonemes.Scripts;

/// <summary>Tamil: consonants carry an a, which a vowel sign replaces and a dot removes; one letter serves voiced and voiceless sounds.</summary>
internal static class TamilScript
{
    private const char Dot = '\u0bcd';

    private static readonly GraphemeTable table = new("""
        அ:A ஆ:A இ:I ஈ:I உ:U ஊ:U எ:E ஏ:E ஐ:A+I ஒ:O ஓ:O ஔ:A+U
        ா:A ி:I ீ:I ு:U ூ:U ெ:E ே:E ை:A+I ௗ:U a:A
        க:TamilK ங:N+G ச:TamilC ஞ:N+Y ட:TamilT ண:N த:TamilT ந:N ப:TamilP ம:M ய:Y ர:R ல:L வ:V ழ:L ள:L ற:R ன:N ஜ:J ஶ:Sh ஷ:Sh ஸ:S ஹ:H ஃப:F
        """);

    public static void Read(ReadOnlySpan<char> word, List<Sound> sounds)
    {
        var written = new System.Text.StringBuilder(word.Length * 2);
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == Dot)
                continue;
            written.Append(word[i]);
            var consonant = word[i] is >= 'க' and <= 'ஹ';
            // An a is spoken where nothing else is written; between doubled letters stands a dot.
            if (consonant && (i + 1 == word.Length || word[i + 1] is >= 'அ' and <= 'ஹ'))
                written.Append('a');
        }
        table.Read(written.ToString(), sounds);
    }
}
