using System.Security.Cryptography;
using System.Text;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Benchmarks.Matching.Learning;

/// <summary>Two registers whose true pairs are known.</summary>
internal sealed class LinkedRegisters(string pathA, string pathB, string pathTruth)
{
    private readonly HashSet<(string, string)> truth =
    [
        .. File.ReadLines(pathTruth).Skip(1).Select(line => line.Split('\t')).Where(fields => fields.Length >= 2).Select(fields => Ordered(fields[0], fields[1])),
    ];

    public int TruePairs => truth.Count;

    /// <summary>All candidates with what is observed about them; every dataset weighs the same in total.</summary>
    public List<ObservedPair> Observe(MatchModel model)
    {
        var first = PersonFile.Read(pathA);
        var same = Path.GetFullPath(pathA) == Path.GetFullPath(pathB);
        var second = same ? first : PersonFile.Read(pathB);
        var registers = new Registers(first, second);
        var comparer = new PersonComparer(model.Names);
        var pairs = new List<ObservedPair>();
        var observed = new List<FieldAgreement>();
        foreach (var a in first)
        {
            foreach (var b in registers.Candidates(a))
            {
                if (same && string.CompareOrdinal(a.Id, b.Id) > 0)
                    continue;
                observed.Clear();
                comparer.Observe(a.Person, b.Person, observed);
                pairs.Add(new ObservedPair(a.Id, b.Id, [.. observed.Select(item => (item.Agreement, item.Strength))],
                    truth.Contains(Ordered(a.Id, b.Id)), 1.0 / truth.Count));
            }
        }
        return pairs;
    }

    /// <summary>Divides pairs by the first record.</summary>
    public static int Fold(ObservedPair pair) => SHA256.HashData(Encoding.UTF8.GetBytes(pair.IdA))[0] % 2;

    public static string Describe(IReadOnlyList<(ObservedPair Pair, double Score)> scored, int truePairs)
    {
        var found = 0;
        var (f1, at95, at99) = (0.0, 0.0, 0.0);
        var sorted = scored.OrderByDescending(item => item.Score).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            found += sorted[i].Pair.Same ? 1 : 0;
            var (precision, recall) = ((double)found / (i + 1), (double)found / truePairs);
            f1 = Math.Max(f1, 2 * precision * recall / Math.Max(precision + recall, 1e-9));
            at95 = precision >= 0.95 ? Math.Max(at95, recall) : at95;
            at99 = precision >= 0.99 ? Math.Max(at99, recall) : at99;
        }
        var best = scored.GroupBy(item => item.Pair.IdA).Select(group => group.OrderByDescending(item => item.Score).Take(10).Select(item => item.Pair.Same).ToList()).ToList();
        return FormattableString.Invariant(
            $"candidates {scored.Count}, share a key {(double)scored.Count(item => item.Pair.Same) / truePairs:0.0000}, best F1 {f1:0.0000}, R@P95 {at95:0.0000}, R@P99 {at99:0.0000}, hit@1 {(double)best.Count(list => list[0]) / truePairs:0.0000}, hit@10 {(double)best.Count(list => list.Contains(true)) / truePairs:0.0000}");
    }

    private static (string, string) Ordered(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
}
