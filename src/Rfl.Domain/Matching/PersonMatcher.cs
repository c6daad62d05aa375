using Rfl.Domain.Matching.Persons;

namespace Rfl.Domain.Matching;

/// <summary>One line of the reasons: what was compared, how it agrees, and what that contributes.</summary>
/// <param name="Field">What was compared.</param>
/// <param name="Agreement">How the two sides stand to each other.</param>
/// <param name="LogOdds">Contribution; positive for the same person.</param>
public readonly record struct Reason(MatchField Field, Agreement Agreement, float LogOdds);

/// <summary>How surely two persons are the same, absolutely: never in relation to other candidates.</summary>
/// <param name="LogOdds">Sum of prior and all reasons.</param>
/// <param name="Reasons">Per field, in the order of comparison; unknown fields are absent.</param>
/// <param name="ProbablySibling">Father or mother or place agree and the given name contradicts: worth showing as such, no match.</param>
public sealed record MatchScore(double LogOdds, IReadOnlyList<Reason> Reasons, bool ProbablySibling)
{
    /// <summary>Calibrated, between 0 and 1.</summary>
    public double Probability => 1 / (1 + Math.Exp(-LogOdds));
}

/// <summary>Scores persons by a Fellegi–Sunter-like model.</summary>
public sealed class PersonMatcher(MatchModel model)
{
    private readonly PersonComparer comparer = new(model);
    private readonly float[] weights = [.. Enum.GetValues<Agreement>().Select(agreement => Sign(agreement) * model.Persons.GetValueOrDefault(agreement))];

    public MatchScore Score(PersonForm a, PersonForm b)
    {
        var observed = new List<FieldAgreement>(12);
        comparer.Observe(a, b, observed);
        var reasons = new Reason[observed.Count];
        var sum = (double)model.Prior;
        var (given, family) = (false, false);
        for (var i = 0; i < reasons.Length; i++)
        {
            var (field, agreement, strength) = observed[i];
            var weight = weights[(int)agreement] * strength;
            reasons[i] = new Reason(field, agreement, weight);
            sum += weight;
            given |= agreement is Agreement.GivenNameDiffers;
            family |= agreement is Agreement.FatherAgrees or Agreement.FatherRepeated or Agreement.MotherAgrees or Agreement.PlaceSame;
        }
        return new MatchScore(sum, reasons, given && family);
    }

    /// <summary>Strengths of contradictions are counted positively.</summary>
    public static int Sign(Agreement agreement) => agreement is Agreement.NameContradicts or Agreement.NamePartMissing ? -1 : 1;
}
