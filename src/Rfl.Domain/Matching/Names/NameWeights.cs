using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>What the parts of a name weigh. Data, learned or set; see the model file.</summary>
public sealed record NameWeights
{
    public required SoundCosts Costs { get; init; }

    /// <summary>Knots of the evidence curve: a difference, and the log-odds that two words so different are one name. Falls without rising.</summary>
    public required (float Difference, float Evidence)[] Curve { get; init; }

    /// <summary>Log-odds for a part that only one side has (negative).</summary>
    public required float Omission { get; init; }

    /// <summary>Log-odds for a given name that only one side has: more telling, since a son is easily taken for his father (negative).</summary>
    public required float OmissionOfGiven { get; init; }

    /// <summary>
    /// How telling agreements are in words that many or few bear; null where only two names are compared and nobody asks how many others bear them.
    /// </summary>
    public NameRarity? Rarity { get; init; }

    /// <summary>Difference added for taking two neighbours as one word.</summary>
    public required float Join { get; init; }

    /// <summary>Difference added where a word is not taken as it is written.</summary>
    public static float Detour(ReadingKind one, ReadingKind other) =>
        one == ReadingKind.Full || other == ReadingKind.Full ? 0.08f : one == ReadingKind.Unmarked || other == ReadingKind.Unmarked ? 0.02f : 0;

    /// <summary>Least difference of two Vietnamese syllables with other letters.</summary>
    public const float OtherLetters = 0.3f;

    /// <summary>Difference of two Vietnamese syllables with another tone, where both names write tones.</summary>
    public const float OtherTone = 0.35f;

    /// <summary>Difference of two Vietnamese syllables where one name has a single tone mark and the other none, but other marks.</summary>
    public const float PerhapsOtherTone = 0.12f;

    /// <summary>Neighbours are one word only if that word is about the other: joining must not hide a contradiction.</summary>
    public const float MostDifferentJoin = 0.15f;

    /// <summary>The same for pairs of neighbours whose blank slipped: they must be nearly the same letters.</summary>
    public const float MostDifferentSlip = 0.06f;

    /// <summary>Agreements beyond this many full ones say less: ancestors and clan come together, and brothers share them all.</summary>
    private const float EnoughAgreements = 3;

    /// <summary>
    /// Contradictions beyond this many full ones say less: who goes by another name altogether (an alias, a name in religion, other ancestors chosen)
    /// differs in every part at once, and a long name has more of them.
    /// </summary>
    private const float EnoughContradictions = 1;

    private const float ShareBeyond = 0.5f;

    /// <summary>The difference from which on evidence does not change.</summary>
    public float MostDifferent => Curve[^1].Difference;

    /// <summary>Weights by kind: name, patronymic, title, particle, initial.</summary>
    public required float[] Kinds { get; init; }

    /// <summary>Evidence of one word of usual rarity in full agreement.</summary>
    public float Full => Curve[0].Evidence;

    public float Evidence(float difference)
    {
        var curve = Curve;
        for (var i = 1; i < curve.Length; i++)
        {
            if (difference <= curve[i].Difference)
            {
                var share = (difference - curve[i - 1].Difference) / (curve[i].Difference - curve[i - 1].Difference);
                return curve[i - 1].Evidence + share * (curve[i].Evidence - curve[i - 1].Evidence);
            }
        }
        return curve[^1].Evidence;
    }

    /// <summary>The difference at which the evidence has fallen to a value.</summary>
    public float DifferenceAt(float evidence)
    {
        var curve = Curve;
        for (var i = 1; i < curve.Length; i++)
        {
            if (evidence < curve[i].Evidence)
                continue;
            var share = Math.Clamp((evidence - curve[i - 1].Evidence) / (curve[i].Evidence - curve[i - 1].Evidence), 0, 1);
            return curve[i - 1].Difference + share * (curve[i].Difference - curve[i - 1].Difference);
        }
        return curve[^1].Difference;
    }

    public float Weight(NamePart part) => Kinds[(int)part.Kind];

    public float Pair(NamePart p, NamePart q, float difference)
    {
        var evidence = Evidence(difference);
        return Math.Min(Weight(p), Weight(q)) * evidence * (evidence > 0 ? Math.Min(RarityOf(p), RarityOf(q)) : 1);
    }

    public float RarityOf(NamePart part) => part.Rarity ?? Rarity?[part.SoundCode] ?? 1;

    /// <summary>Evidence of a part that the other side leaves out.</summary>
    public float Omitted(NameForm form, int index) => Weight(form.Parts[index]) * (index == form.Given ? OmissionOfGiven : Omission);

    /// <summary>Evidence of a part in whose place the other side has another one.</summary>
    public float Contradiction(NamePart part) => Weight(part) * Curve[^1].Evidence;

    /// <summary>What agreements say together.</summary>
    public float Together(float agreements)
    {
        var enough = EnoughAgreements * Full;
        return agreements <= enough ? agreements : enough + ShareBeyond * (agreements - enough);
    }

    /// <summary>What contradictions (0 or less) say together.</summary>
    public float Against(float contradictions)
    {
        var enough = EnoughContradictions * Curve[^1].Evidence;
        return contradictions >= enough ? contradictions : enough + ShareBeyond * (contradictions - enough);
    }

    /// <summary>How much of a further agreement counts after those.</summary>
    public float ShareAt(float agreements) => agreements <= EnoughAgreements * Full ? 1 : ShareBeyond;

    /// <summary>How much of a further contradiction counts after those.</summary>
    public float ShareAgainstAt(float contradictions) => contradictions >= EnoughContradictions * Curve[^1].Evidence ? 1 : ShareBeyond;
}
