using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Benchmarks.Matching.Learning;

/// <summary>A pair of candidates with what was observed, and whether it is the same person.</summary>
internal sealed record ObservedPair(string IdA, string IdB, (Agreement Agreement, float Strength)[] Observed, bool Same, double Weight)
{
    /// <summary>The pair's log-odds under a model.</summary>
    public double Score(MatchModel model)
    {
        var score = (double)model.Prior;
        foreach (var (agreement, strength) in Observed)
            score += PersonMatcher.Sign(agreement) * model.Persons.GetValueOrDefault(agreement) * strength;
        return score;
    }
}

/// <summary>
/// Fits log-odds of agreements to candidates of linked registers by logistic regression, drawn towards the weights it starts from; no weight changes its sign.
/// </summary>
internal sealed class PersonLearner(MatchModelData start, double pull)
{
    private const int Epochs = 120;
    private const double Rate = 0.1;

    public MatchModelData Learn(IReadOnlyList<ObservedPair> pairs)
    {
        var weights = Enum.GetValues<Agreement>().Select(agreement => (double)start.Persons.GetValueOrDefault(agreement.ToString())).ToArray();
        var expected = (double[])weights.Clone();
        var squares = new double[weights.Length];
        var gradient = new double[weights.Length];
        double prior = start.Prior, priorSquares = 0;
        var order = Enumerable.Range(0, pairs.Count).OrderBy(i => (i * 2654435761u) % 1000003u).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var batch in order.Chunk(20000))
            {
                Array.Clear(gradient);
                double priorGradient = 0, total = 0;
                foreach (var i in batch)
                {
                    var pair = pairs[i];
                    var error = (1 / (1 + Math.Exp(-Score(pair, weights, prior))) - (pair.Same ? 1 : 0)) * pair.Weight;
                    priorGradient += error;
                    total += pair.Weight;
                    foreach (var (agreement, strength) in pair.Observed)
                        gradient[(int)agreement] += error * PersonMatcher.Sign(agreement) * strength;
                }
                // The scale brings the rare true pairs among many candidates to a usual size of step.
                const double scale = 100;
                prior -= Step(scale * priorGradient / total, ref priorSquares);
                for (var i = 0; i < weights.Length; i++)
                {
                    weights[i] -= Step(scale * gradient[i] / total + pull * (weights[i] - expected[i]), ref squares[i]);
                    if (weights[i] * expected[i] < 0)
                        weights[i] = 0;
                }
                // A near spelling counts once, an agreement in proportion from one half on: it must not count less there.
                AtMostHalf(weights, Agreement.FatherNear, Agreement.FatherAgrees);
                AtMostHalf(weights, Agreement.MotherNear, Agreement.MotherAgrees);
            }
        }
        return start with
        {
            Prior = (float)Math.Round(prior, 3),
            Persons = new SortedDictionary<string, float>(
                Enum.GetValues<Agreement>().Where(agreement => agreement != Agreement.Unknown)
                    .ToDictionary(agreement => agreement.ToString(), agreement => (float)Math.Round(weights[(int)agreement], 3)), StringComparer.Ordinal),
        };
    }

    private static double Score(ObservedPair pair, double[] weights, double prior)
    {
        foreach (var (agreement, strength) in pair.Observed)
            prior += PersonMatcher.Sign(agreement) * weights[(int)agreement] * strength;
        return prior;
    }

    private static void AtMostHalf(double[] weights, Agreement near, Agreement agrees) =>
        weights[(int)near] = Math.Min(weights[(int)near], weights[(int)agrees] / 2);

    private static double Step(double slope, ref double squares)
    {
        squares += slope * slope;
        return Rate * slope / (Math.Sqrt(squares) + 1e-6);
    }
}
