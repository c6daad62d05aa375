namespace Rfl.Domain.Matching.Phonemes.Scripts;

/// <summary>Cyrillic letters of the Slavic, Turkic and Iranian languages and Mongolian.</summary>
internal static class CyrillicScript
{
    public static readonly GraphemeTable Table = new("""
        а:A б:B в:V г:CyrillicG д:D е:E ё:O ж:Zh з:Z и:I й:Y к:K л:L м:M н:N о:O п:P р:R с:S т:T у:U ф:F х:X ц:Ts ч:Ch ш:Sh щ:Sh
        ъ:Schwa ы:I ь: э:E ю:U я:A
        # Soft vowels carry a y at the beginning and after another vowel
        ^е:Y+E ^ё:Y+O ^ю:Y+U ^я:Y+A ье:Y+E ьё:Y+O ью:Y+U ья:Y+A ъе:Y+E ъя:Y+A ъю:Y+U
        ае:A+Y+E ое:O+Y+E уе:U+Y+E ие:I+Y+E аю:A+Y+U ою:O+Y+U ию:I+Y+U ая:A+Y+A оя:O+Y+A уя:U+Y+A ия:I+Y+A ея:E+Y+A
        ьо:Y+O йо:Y+O ий$:I ый$:I
        # Clusters for foreign sounds
        дж:J дз:Dz тс:Ts тш:Ch ^хью:H+Y+U дх:Dh тх:Th чх:Ch чж:J цз:J нг$:N+FinalG
        # Ukrainian, Belarusian
        ґ:G є:Y+E і:I ї:Y+I ў:W
        # Serbian, Macedonian
        ј:Y љ:L+Y њ:N+Y ћ:Ch ђ:J џ:J ѓ:J ќ:Ch ѕ:Dz
        # Turkic, Iranian, Mongolian
        ә:Ae ғ:Gh қ:Q ң:N+G ө:Oe ұ:U ү:Ue һ:H ҳ:H ҷ:J ҹ:J ӣ:I ӯ:U ҝ:G ӓ:Ae ӧ:Oe ӱ:Ue ҡ:Q ҙ:Dh ҫ:S җ:J
        # Chechen and other Caucasian spellings: the stroke is a break in the voice
        ӏ:Ain къ:Q гӏ:Gh хь:Hh кх:Q
        """);
}
