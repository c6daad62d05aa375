namespace Rfl.Domain.Matching.Phonemes.Scripts;

/// <summary>
/// Latin letters as the orthographies of the field use them: English, French, German, Albanian, Turkish, Kurmanji, Azerbaijani,
/// Vietnamese, the Slavic languages, and romanisations of Arabic, Persian and Ethiopic. Nobody says which one a name is written in;
/// where they disagree the sound is one with several readings.
/// </summary>
internal static class LatinScript
{
    public static readonly GraphemeTable Table = new("""
        # Plain letters
        a:A b:B c:HardC d:D e:E f:F g:G h:H i:I j:LatinJ k:K l:L m:M n:N o:O p:P q:Q r:R s:S t:T u:U v:V w:W x:K+S y:I z:Z
        # Soft letters before e, i, y
        c>e:SoftC c>i:SoftC c>y:SoftC g>e:SoftG g>i:SoftG g>y:SoftG sc>e:S sc>i:S
        # y sounds as a consonant before a vowel
        y>a:Y y>e:Y y>i:Y y>o:Y y>u:Y
        # i before a vowel is half a consonant: Khadija, Maria
        # English, French, German
        sch:Sh tsch:Ch tch:Ch sh:Sh ch:LatinCh chr:LatinCh+R ck:K ph:F th:Th gh:Gh kh:X zh:Zh dh:Dh qu:K qu>a:K+W cqu:K
        dj:J dg>e:J dg>i:J ^x:LatinX ^xh:J ts:Ts tz:Ts wh:W ^wr:R ^kn:N gn:N+Y sz:Sh cz:Ch
        ^hugh:H+Y+U ^ps:S ^mc:M+K mb$:M
        igh:A+I eigh:E+I augh:O ough:O ight:A+I+T eight:E+I+T aught:O+T ought:O+T rh:R gu>e:G gu>i:G gu>y:G tsj:Ch ng$:N+FinalG
        ee:I ea:E+A eau:O eaux$:O aux$:O oux$:U eux$:Oe oo:U ou:U eu:Oe oi:O+I oy:O+I ai:A+I ay:A+I ei:E+I ey:E+I au:A+U ew$:Y+U ui:U+I ie:I+E
        # Silent endings
        e$:FinalE es$:FinalE+FinalS t$:FinalT d$:FinalD s$:FinalS x$:K+FinalS z$:FinalZ ts$:Ts+FinalS
        ie$:I y$:I ee$:I ey$:E+I ay$:A+I
        # German
        ä:Ae ö:Oe ü:Ue ß:S dsch:J
        # Albanian q is itself a t pressed to the palate: a t before it is not heard apart
        tq:Q
        # Albanian, Serbian, Croatian, Turkish, Azerbaijani, Romanian, Czech, Polish
        ë:E ç:Ch xh:J gj:J đ:LatinD ć:Ch č:Ch š:Sh ž:Zh ş:Sh ș:Sh ţ:Ts ț:Ts ğ:Gh ı:Schwa ə:Ae â:A î:I ê:E û:U
        ł:L ń:N+Y ś:Sh ź:Zh ż:Zh ň:N+Y ř:R+Zh ě:E ů:U ý:I ą:O+N ę:E+N dż:J dzs:J dź:Dz dz:Dz dž:J ď:D ť:T
        ñ:N+Y ã:A+N õ:O+N ø:Oe æ:Ae œ:Oe å:O ð:Dh þ:Th
        # Romanisations with dots and strokes
        ṭ:T ḍ:Dad ṣ:S ẓ:Zad ḥ:Hh ḫ:X ẖ:X ġ:Gh ǧ:J ḏ:Dh ṯ:Th ā:A ī:I ū:U ē:E ō:O ʿ:Ain ʾ:Glottal ':Ain -:
        # Vietnamese
        ^ngh:N+G ^ng:N+G nh:N+Y ph>a:F ơ:Oe ư:U ươ:U+Oe
        # Breathing h after a vowel at the end of a syllable is not heard
        ah$:A eh$:E oh$:O ih$:I uh$:U
        """);
}
