using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Domain.Matching.Names;

/// <summary>What the parts of a name weigh. Data, learned or set; see the model file.</summary>
public sealed class NameWeights
{
    public required SoundCosts Costs { get; init; }

    /// <summary>Knots of the evidence curve: a difference, and the log-odds that two words so different are one name. Falls without rising.</summary>
    public required (float Difference, float Evidence)[] Curve { get; init; }

    /// <summary>Log-odds for a part that only one side has (negative).</summary>
    public required float Omission { get; init; }

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

    public float Weight(NamePart part) => Kinds[(int)part.Kind];

    public float Pair(NamePart p, NamePart q, float difference)
    {
        var evidence = Evidence(difference);
        return Math.Min(Weight(p), Weight(q)) * evidence * (evidence > 0 ? Math.Min(p.Rarity, q.Rarity) : 1);
    }

    /// <summary>Evidence of a part without a counterpart: a part more (omission), or a contradiction where the other side has parts to spare.</summary>
    public float Alone(NamePart part, bool othersTaken) =>
        Weight(part) * (othersTaken ? Omission : Curve[^1].Evidence);
}
