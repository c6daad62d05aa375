namespace Rfl.Domain.Matching.Phonemes.Scripts;

/// <summary>Greek as spoken today.</summary>
internal static class GreekScript
{
    public static readonly GraphemeTable Table = new("""
        α:A β:V γ:Gh δ:Dh ε:E ζ:Z η:I θ:Th ι:I κ:K λ:L μ:M ν:N ξ:K+S ο:O π:P ρ:R σ:S ς:S τ:T υ:I φ:F χ:X ψ:P+S ω:O
        γ>ε:Y γ>ι:Y γ>η:Y γ>υ:Y
        αι:E ει:I οι:I υι:I ου:U αυ:A+V ευ:E+V αϊ:A+I αΐ:A+I άι:A+I έι:E+I εϊ:E+I οϊ:O+I όι:O+I άυ:A+I
        # Foreign voiced stops are written with two letters
        μπ:B ντ:D γκ:G γγ:N+G τζ:J τσ:Ch ντζ:N+J
        """);
}

/// <summary>Hebrew: an abjad; a geresh makes foreign sounds.</summary>
internal static class HebrewScript
{
    public static readonly GraphemeTable Table = new("""
        א:Alef ב:Bet ג:G ד:D ה:H ו:Waw ז:Z ח:X ט:T י:Yeh כ:Kaf ך:X ל:L מ:M ם:M נ:N ן:N ס:S ע:Ain פ:Pe ף:F צ:Ts ץ:Ts ק:K ר:R ש:Shin ת:T
        ה$:FinalHeh ג':J ז':Zh צ':Ch ץ':Ch ת':Th ח':X ו':W וו:V ^ו:V יי:Yeh ד':Dh ע':Gh
        """);
}

/// <summary>Armenian, eastern values.</summary>
internal static class ArmenianScript
{
    public static readonly GraphemeTable Table = new("""
        ա:A բ:B գ:G դ:D ե:E ^ե:Y+E զ:Z է:E ը:Schwa թ:T ժ:Zh ի:I լ:L խ:X ծ:Ts կ:K հ:H ձ:Dz ղ:Gh ճ:Ch մ:M յ:Y ն:N շ:Sh ո:O ^ո:V+O չ:Ch պ:P ջ:J
        ռ:R ս:S վ:V տ:T ր:R ց:Ts ւ:W ու:U փ:P ք:K օ:O ֆ:F և:E+V եւ:E+V
        """);
}

/// <summary>Georgian; foreign names that end in a consonant take an i in the nominative.</summary>
internal static class GeorgianScript
{
    public static readonly GraphemeTable Table = new("""
        ა:A ბ:B გ:G დ:D ე:E ვ:V ზ:Z თ:T ი:I კ:K ლ:L მ:M ნ:N ო:O პ:P ჟ:Zh რ:R ს:S ტ:T უ:U ფ:Pe ქ:K ღ:Gh ყ:Q შ:Sh ჩ:Ch ც:Ts ძ:Dz წ:Ts ჭ:Ch ხ:X ჯ:J ჰ:H
        ი$:Schwa აი$:A+I ეი$:E+I ოი$:O+I ია$:I+A
        """);
}
