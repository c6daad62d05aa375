namespace Rfl.Benchmarks.Matching;

/// <summary>The usual measures of scored, labelled items.</summary>
internal sealed class Measures
{
    private readonly List<(double Score, bool True)> items = [];

    public int Count => items.Count;

    public void Add(double score, bool isTrue) => items.Add((score, isTrue));

    /// <summary>Chance that a true item scores above a false one; ties count half.</summary>
    public double AreaUnderCurve()
    {
        items.Sort((x, y) => x.Score.CompareTo(y.Score));
        double positives = items.Count(item => item.True), negatives = items.Count - positives, ranks = 0;
        for (int i = 0, j; i < items.Count; i = j)
        {
            for (j = i; j < items.Count && items[j].Score == items[i].Score; j++)
            {
            }
            ranks += (i + 1 + j) / 2.0 * items.GetRange(i, j - i).Count(item => item.True);
        }
        return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }

    /// <summary>The largest share of true items found while at least this share of what is found is true.</summary>
    public double RecallAt(double precision) => Curve().Where(point => point.Precision >= precision).Select(point => point.Recall).DefaultIfEmpty().Max();

    public double BestF1() => Curve().Max(point => 2 * point.Precision * point.Recall / Math.Max(point.Precision + point.Recall, 1e-9));

    private List<(double Precision, double Recall)> Curve()
    {
        items.Sort((x, y) => y.Score.CompareTo(x.Score));
        double positives = items.Count(item => item.True), found = 0;
        var points = new List<(double, double)>();
        for (var i = 0; i < items.Count; i++)
        {
            found += items[i].True ? 1 : 0;
            if (i + 1 == items.Count || items[i + 1].Score != items[i].Score)
                points.Add((found / (i + 1), found / positives));
        }
        return points;
    }

    public override string ToString() => FormattableString.Invariant(
        $"n={Count,6}  AUC {AreaUnderCurve():0.0000}  best F1 {BestF1():0.0000}  R@P95 {RecallAt(0.95):0.0000}  R@P99 {RecallAt(0.99):0.0000}");
}
