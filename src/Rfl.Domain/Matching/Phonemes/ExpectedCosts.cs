namespace Rfl.Domain.Matching.Phonemes;

/// <summary>
/// What phonetics and the habits of romanisation let one expect about confusions of sounds, before any data is seen.
/// </summary>
public static class ExpectedCosts
{
    // Each line: a sound, and those it is taken for with the cost. "like T" copies the neighbours of another sound first.
    private const string Confusions = """
        # Voice is often not kept (Arabic has neither p nor v; German and Turkish finals)
        P: B.25 F.4
        B: V.35
        F: V.3
        T: D.35
        K: G.35
        S: Z.25
        Sh: Zh.3
        Ch: J.35
        Ts: Dz.2
        V: W.1
        # Arabic and Ethiopic consonants that European letters do not have
        Th: T.15 S.2 D.5 F.5
        Dh: D.2 Z.1 Th.3
        Th: Z.3
        Dad: D.05 Z.1 T.4 Dh.15
        Zad: Z.05 D.15 Dh.1 Dad.1 T.4
        Q: K.08 G.2 Gh.2 Ch.35 HardC.08
        Gh: G.15 Q.15 H.4 X.35 R.6
        X: H.25 K.3 Hh.15 G.5
        Hh: H.02
        H: G.5
        # Sibilants and affricates
        S: Sh.3 Ts.25 Ch.5
        Z: Ts.25 Zh.3 Dz.15 J.4
        Sh: Ch.3
        Ch: Ts.3
        J: Zh.15 Dz.2 Y.35 G.25
        # One letter of Arabic, d in Arabic lands and z east of them: Rida and Reza, Ramadan and Ramazan
        D: Z.5
        # Others
        M: N.5
        L: R.6
        Y: I.08 E.25
        W: U.1 O.25 B.4 
        V: U.3
        # Vowels
        A: E.2 Ae.05 O.2 I.3 U.3
        E: Ae.05 I.12 O.3 U.35
        O: U.1
        I: U.35 O.4 Ae.2
        U: Ae.35
        Oe: O.1 E.12 U.1 Ue.1 I.25 A.3 Ae.2
        Ue: U.08 I.1 E.2 O.2 A.35 Y.15 Ae.3
        Schwa: A.12 E.08 I.08 O.15 U.12 Ae.1 Oe.12 Ue.12
        FinalE: E.0 A.15 I.15 Ae.05 Schwa.0 O.25 U.3 Oe.15 Ue.2
        # Letters with several readings
        LatinJ: Y.1 J.1 Zh.15 Z.3 X.3 I.15 Dz.15 H.4 G.4 Ch.4
        HardC: K.02 J.25 Ts.3 S.5 Ch.5 G.4 X.35
        SoftC: S.08 Ts.15 Ch.2 J.2 K.3 Z.35 Th.3 Sh.35 HardC.2
        # Turkish c, Egyptian g for the j of others; Albanian q as Serbian c
        LatinJ: SoftC.2 HardC.3 G.3
        Q: SoftC.3
        LatinCh: T.4 LatinJ.35 J.35 Ch.08 Sh.12 X.12 K.2 J.4 H.35 Hh.3 Ts.4 Q.25 S.4 SoftC.3 HardC.25
        LatinX: X.1 K.3 Z.2 S.25 H.25 Hh.2 Sh.3 J.3
        SoftG: G.1 J.1 Zh.15 Z.3 H.3 X.3 Ch.4 Gh.2 Y.35 LatinJ.15 Q.3
        FinalT: like T
        FinalD: like D
        FinalS: like S
        FinalZ: like Z
        FinalG: like G
        LatinD: like D
        LatinD: D.0 J.1 FinalD.0 Dh.1 LatinJ.2 SoftG.25
        FinalG: G.0
        FinalT: T.0 FinalD.3 
        FinalD: D.0 
        FinalS: S.0 FinalZ.2 
        FinalZ: Z.0
        CyrillicG: like G
        CyrillicG: G.0 H.12 Gh.08 Hh.2 Q.2 X.35
        Bet: B.02 V.05 W.1 P.3 F.35
        Pe: P.03 F.03 B.35 V.35
        Kaf: K.02 X.05 Q.1 HardC.03 LatinCh.1 G.35 H.3 Hh.2
        Shin: Sh.02 S.1 Ch.3 Zh.3 LatinCh.12 Z.35 FinalS.1 SoftC.2
        TamilK: K.05 G.05 H.1 Q.1 X.15 HardC.05 SoftG.1 LatinCh.25 FinalD.9 Gh.1
        TamilC: Ch.08 S.05 J.1 Sh.1 SoftC.08 HardC.15 Z.2 FinalS.05 LatinCh.12 Ts.2
        TamilT: T.03 D.05 Th.05 Dh.1 FinalT.03 FinalD.05
        TamilP: P.03 B.03 F.15 V.3
        Waw: U.0 O.02 W.02 V.05 Oe.05 Ue.05 A.25 E.3 I.3 F.4 B.4 Schwa.2
        Yeh: I.0 E.03 Y.02 A.15 Ae.1 Ue.1 LatinJ.12 Oe.15 Schwa.1 O.35 U.35 FinalE.1
        Alef: A.0 E.1 O.12 I.15 U.15 Ae.03 Schwa.1 Ue.2 Oe.15 FinalE.1 Waw.35 Yeh.35
        FinalHeh: A.0 E.02 FinalE.0 H.1 I.2 T.25 FinalT.25 Ae.0 O.2 Schwa.05 Alef.05 Yeh.2
        FinalYeh: A.02 I.0 E.05 Y.05 Yeh.0 Alef.05 FinalHeh.15 FinalE.1
        Glottal: A.1 E.1 I.1 O.12 U.12 Y.1 Alef.05 Yeh.1 Waw.2 Q.5 Ae.1
        Ain: A.05 E.08 I.1 O.1 U.1 Glottal.02 Alef.05 Gh.35 G.5 Ae.05 Schwa.08
        """;

    // What it costs to leave a sound out; in the middle of a word where short vowels are not written. Arabic and Hebrew
    // do write a vowel at the beginning of a word, and mostly at its end.
    private const string Omissions = """
        A.3/.08 E.25/.06 I.25/.08 O.3/.12 U.3/.12 Ae.22/.06 Oe.3/.12 Ue.3/.12 Schwa.08/.05 FinalE.05/.03
        Waw.35 Yeh.3 Alef.15 FinalHeh.1 FinalYeh.2 Ain.08 Glottal.05
        H.35 Hh.45 Y.2 W.3 Gh.5 FinalT.4 FinalD.5 FinalS.35 FinalZ.4 FinalG.2 N.75 R.65
        """;

    /// <summary>A fresh copy.</summary>
    public static SoundCosts Create()
    {
        var costs = new SoundCosts();
        foreach (var sound in Enum.GetValues<Sound>().Where(sound => sound.IsConsonant()))
        {
            costs.SetGap(sound, 0.9f, 0.9f);
        }
        foreach (var line in Confusions.Split('\n').Where(line => !line.StartsWith('#')))
        {
            var (name, rest) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            var sound = Enum.Parse<Sound>(name);
            if (rest.StartsWith("like ", StringComparison.Ordinal))
            {
                var model = Enum.Parse<Sound>(rest[5..]);
                foreach (var other in Enum.GetValues<Sound>().Where(other => other != Sound.None && other != sound))
                    costs[sound, other] = costs[model, other];
                continue;
            }
            foreach (var item in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                costs[sound, Enum.Parse<Sound>(item[..item.IndexOf('.')])] = SoundCosts.Number(item[item.IndexOf('.')..]);
        }
        foreach (var item in Omissions.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var sound = Enum.Parse<Sound>(item[..item.IndexOf('.')]);
            var values = item[item.IndexOf('.')..].Split('/');
            costs.SetGap(sound, SoundCosts.Number(values[0]), SoundCosts.Number(values[^1]));
        }
        return costs;
    }
}
