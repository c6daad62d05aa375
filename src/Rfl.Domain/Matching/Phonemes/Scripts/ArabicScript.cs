namespace Rfl.Domain.Matching.Phonemes.Scripts;

/// <summary>Arabic letters with those of Persian, Dari, Pashto, Urdu, Sorani and Uyghur. Short vowels are mostly not written.</summary>
internal static class ArabicScript
{
    public static readonly GraphemeTable Table = new("""
        ا:Alef آ:A ء:Glottal ئ:Glottal ؤ:Waw
        ب:B پ:P ت:T ث:Th ج:J چ:Ch ح:Hh خ:X د:D ذ:Dh ر:R ز:Z ژ:Zh س:S ش:Sh ص:S ض:Dad ط:T ظ:Zad ع:Ain غ:Gh ف:F ڤ:V ق:Q
        ك:K ک:K ڪ:K گ:G ګ:G ڭ:N+G ل:L م:M ن:N ں:N ه:H ھ:H ہ:H و:Waw ي:Yeh ی:Yeh ې:E ۍ:I ے:E ى:Yeh ى$:FinalYeh
        # Foreign clusters
        تش:Ch تس:Ts
        # Final heh is mostly a vowel
        ة:FinalHeh ه$:FinalHeh ۃ:FinalHeh ہ$:FinalHeh ۀ:FinalHeh
        # Pashto, Urdu
        ټ:T ٹ:T ډ:D ڈ:D ړ:R ڑ:R ږ:Zh ښ:Sh ڼ:N ځ:Dz څ:Ts
        # Sorani and Uyghur write their vowels
        ە:E ێ:E ۆ:O وو:U ۇ:U ۈ:Ue ڵ:L ڕ:R ۋ:V ئا:A ئە:E ئێ:E ئۆ:O ئو:U ئی:I
        # Vowel signs, where somebody took the trouble; doubling and absence are not compared
        َ:A ِ:I ُ:U ً:A+N ٍ:I+N ٌ:U+N ٰ:A ّ: ْ: -:
        """);
}
