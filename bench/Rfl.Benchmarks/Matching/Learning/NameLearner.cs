using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Phonemes;

namespace Rfl.Benchmarks.Matching.Learning;

/// <summary>
/// Fits the costs of sounds and the curve of evidence to labelled pairs by logistic loss, starting from and drawn towards what is expected.
/// Deterministic: the same pairs in the same order give the same model.
/// </summary>
internal sealed class NameLearner(MatchModelData start, double pull)
{
    private const int Epochs = 30;
    private const double CostRate = 0.02;
    private const double CurveRate = 0.03;

    private readonly SoundCosts expected = ExpectedCosts.Create();
    private readonly Dictionary<string, (double Value, double Expected, double Squares)> costs = [];
    private readonly float[] curve = [.. start.Curve];
    private readonly double[] curveSquares = new double[start.Curve.Length];
    private double omission = start.Omission;
    private double omissionSquares;
    private double omissionOfGiven = start.OmissionOfGiven;
    private double omissionOfGivenSquares;
    private double bias;
    private double biasSquares;

    public MatchModelData Learn(IReadOnlyList<LabelledPair> pairs)
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var model = Current();
            var weights = model.ToModel().Names;
            var comparer = new NameComparer(weights);
            var order = Enumerable.Range(0, pairs.Count).OrderBy(i => (i * 2654435761u + (uint)epoch * 40503u) % 1000003u).ToArray();
            var gradient = new Dictionary<string, double>();
            // Small steps against a model that is renewed a few times in each epoch.
            foreach (var batch in order.Chunk(400))
            {
                gradient.Clear();
                foreach (var i in batch)
                    AddGradient(pairs[i], weights, comparer, gradient);
                Apply(gradient, batch.Length);
                weights = Current().ToModel().Names;
                comparer = new NameComparer(weights);
            }
        }
        return Current();
    }

    private MatchModelData Current() => start with
    {
        Curve = [.. curve.Select(value => (float)Math.Round(value, 3))],
        Omission = (float)Math.Round(omission, 3),
        OmissionOfGiven = (float)Math.Round(omissionOfGiven, 3),
        Sounds = new SortedDictionary<string, float>(
            costs.Where(cost => Math.Abs(cost.Value.Value - cost.Value.Expected) > 0.004)
                .ToDictionary(cost => cost.Key, cost => (float)Math.Round(cost.Value.Value, 3)), StringComparer.Ordinal),
    };

    private void AddGradient(LabelledPair pair, NameWeights weights, NameComparer comparer, Dictionary<string, double> gradient)
    {
        if (pair.A.IsEmpty || pair.B.IsEmpty)
            return;
        var parts = new List<PartPair>();
        var evidence = comparer.Compare(pair.A, pair.B, parts);
        var score = evidence.Total + bias;
        var error = 1 / (1 + Math.Exp(-score)) - (pair.Same ? 1 : 0);
        var share = weights.ShareAt(parts.Where(part => part.Evidence > 0).Sum(part => part.Evidence));
        Add(gradient, "bias", error);
        var against = weights.ShareAgainstAt(evidence.Contradiction);
        foreach (var part in parts)
        {
            if (part.A < 0 || part.B < 0)
            {
                var (form, index) = part.A < 0 ? (pair.B, part.B) : (pair.A, part.A);
                var weight = weights.Weight(form.Parts[index]);
                var omitted = part.Evidence == weights.Omitted(form, index);
                Add(gradient, !omitted ? $"curve {curve.Length / 2 - 1}" : index == form.Given ? "omission of given" : "omission", error * weight * (omitted ? 1 : against));
                continue;
            }
            AddPart(pair.A, pair.B, part, weights, error * (part.Evidence > 0 ? share : against), gradient);
        }
    }

    // How much the curve counts in a pair: once for each word on the other side's.
    private static double Factor(NameForm a, NameForm b, PartPair part, NameWeights weights)
    {
        var factor = Of(part.JoinedA ? a.WeightOfJoined(part.A) : a.Parts[part.A], part.JoinedB ? b.WeightOfJoined(part.B) : b.Parts[part.B]);
        return part.JoinedA && part.JoinedB ? factor + Of(a.Parts[part.A + 1], b.Parts[part.B + 1]) : factor;

        double Of(NamePart p, NamePart q) =>
            Math.Min(weights.Weight(p), weights.Weight(q)) * (part.Evidence > 0 ? Math.Min(weights.RarityOf(p), weights.RarityOf(q)) : 1);
    }

    private void AddPart(NameForm a, NameForm b, PartPair part, NameWeights weights, double error, Dictionary<string, double> gradient)
    {
        var (p, q) = (a.Parts[part.A], b.Parts[part.B]);
        var weight = Factor(a, b, part, weights);
        var knot = 1;
        while (knot < curve.Length / 2 - 1 && part.Difference > curve[2 * knot])
            knot++;
        var (left, right) = (curve[2 * (knot - 1)], curve[2 * knot]);
        var share = Math.Clamp((part.Difference - left) / (right - left), 0, 1);
        Add(gradient, $"curve {knot - 1}", error * weight * (1 - share));
        Add(gradient, $"curve {knot}", error * weight * share);
        if (p.Kind == NamePartKind.Initial || q.Kind == NamePartKind.Initial || part.Difference >= right)
            return;

        var context = ScriptReader.Context(p.Script, q.Script);
        var (one, other) = Readings(a, b, part, weights, context);
        var steps = new List<SoundStep>();
        SoundSteps.Trace(one.Sounds, other.Sounds, context, weights.Costs, steps);
        var slope = (curve[2 * knot + 1] - curve[2 * knot - 1]) / (right - left);
        var scale = error * weight * slope / Math.Max(0.5, (one.Mass + other.Mass) / 2);
        foreach (var step in steps.Where(step => step.A != step.B))
            Add(gradient, NameOf(step, context), scale);
    }

    private static (Reading A, Reading B) Readings(NameForm a, NameForm b, PartPair part, NameWeights weights, WritingContext context)
    {
        if (part.JoinedA && part.JoinedB)
            return (a.Joined[part.A], b.Joined[part.B]);
        if (part.JoinedA)
            return (a.Joined[part.A], b.Parts[part.B].Readings[0]);
        if (part.JoinedB)
            return (a.Parts[part.A].Readings[0], b.Joined[part.B]);
        return a.Parts[part.A].Readings
            .SelectMany(one => b.Parts[part.B].Readings.Select(other => (A: one, B: other)))
            .MinBy(pair => SoundDistance.Between(pair.A.Sounds, pair.B.Sounds, context, weights.Costs) / Math.Max(0.5f, (pair.A.Mass + pair.B.Mass) / 2)
                + NameWeights.Detour(pair.A.Kind, pair.B.Kind));
    }

    private static string NameOf(SoundStep step, WritingContext context)
    {
        var sound = step.A == Sound.None ? step.B : step.A;
        return step.A == Sound.None || step.B == Sound.None
            ? $"{sound}-{context}-{step.Position}"
            : step.A < step.B ? $"{step.A}~{step.B}" : $"{step.B}~{step.A}";
    }

    private void Apply(Dictionary<string, double> gradient, int pairs)
    {
        foreach (var (name, sum) in gradient)
        {
            var slope = sum / pairs;
            if (name == "bias")
                bias -= Step(slope, ref biasSquares, CurveRate);
            else if (name == "omission")
                omission = Math.Min(-0.05, omission - Step(slope, ref omissionSquares, CurveRate));
            else if (name == "omission of given")
                omissionOfGiven = Math.Min(-0.05, omissionOfGiven - Step(slope, ref omissionOfGivenSquares, CurveRate));
            else if (name.StartsWith("curve ", StringComparison.Ordinal))
            {
                var knot = 2 * int.Parse(name.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture) + 1;
                curve[knot] -= (float)Step(slope, ref curveSquares[knot], CurveRate);
            }
            else
            {
                if (!costs.TryGetValue(name, out var cost))
                    cost = (ExpectedCost(name), ExpectedCost(name), 0);
                slope += pull * (cost.Value - cost.Expected);
                cost.Value = Math.Clamp(cost.Value - Step(slope, ref cost.Squares, CostRate), 0, 1.5);
                costs[name] = cost;
            }
        }
        // The curve falls throughout.
        for (var knot = 3; knot < curve.Length; knot += 2)
            curve[knot] = Math.Min(curve[knot], curve[knot - 2] - 0.02f);
    }

    private double ExpectedCost(string name)
    {
        if (name.Split('~') is [var a, var b])
            return expected[Enum.Parse<Sound>(a), Enum.Parse<Sound>(b)];
        var parts = name.Split('-');
        return expected.Gap(Enum.Parse<Sound>(parts[0]), Enum.Parse<WritingContext>(parts[1]), Enum.Parse<SoundPosition>(parts[2]));
    }

    // Adaptive steps: seldom seen costs move as far as frequent ones.
    private static double Step(double slope, ref double squares, double rate)
    {
        squares += slope * slope;
        return rate * slope / (Math.Sqrt(squares) + 1e-6);
    }

    private static void Add(Dictionary<string, double> gradient, string name, double value) => gradient[name] = gradient.GetValueOrDefault(name) + value;
}
