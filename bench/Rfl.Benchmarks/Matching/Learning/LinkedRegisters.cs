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

    /// <summary>Counts the names of both registers, by the origin that they give.</summary>
    public void Count(RarityCounter counter)
    {
        foreach (var path in new[] { pathA, pathB }.Distinct())
        {
            foreach (var record in PersonFile.Read(path))
                counter.Add($"{Path.GetFileName(path)} {string.Join(' ', record.Person.Origin.Parts.Select(part => part.Letters))}", record.Person.Name);
        }
    }

    /// <summary>For learning, every fourth of the many candidates who are somebody else stands for four.</summary>
    public const int Sampling = 4;

    /// <summary>
    /// Candidates with what is observed about them: all that are the same person, a fair sample of the others; every dataset weighs the same in total.
    /// </summary>
    /// <param name="sampling">One in so many of the others; 1 for all of them.</param>
    public List<ObservedPair> Observe(MatchModel model, int sampling)
    {
        var first = PersonFile.Read(pathA);
        var deduplicating = Path.GetFullPath(pathA) == Path.GetFullPath(pathB);
        var second = deduplicating ? first : PersonFile.Read(pathB);
        var registers = new Registers(first, second);
        var comparer = new PersonComparer(model);
        var pairs = new List<ObservedPair>();
        var observed = new List<FieldAgreement>();
        foreach (var a in first)
        {
            foreach (var b in registers.Candidates(a))
            {
                if (deduplicating && string.CompareOrdinal(a.Id, b.Id) > 0)
                    continue;
                var same = truth.Contains(Ordered(a.Id, b.Id));
                if (!same && !IsSampled(a.Id, b.Id, sampling))
                    continue;
                observed.Clear();
                comparer.Observe(a.Person, b.Person, observed);
                pairs.Add(new ObservedPair(a.Id, b.Id, [.. observed.Select(item => (item.Agreement, item.Strength))],
                    same, (same ? 1.0 : sampling) / truth.Count));
            }
        }
        return pairs;
    }

    private static bool IsSampled(string a, string b, int sampling) => sampling == 1 || SHA256.HashData(Encoding.UTF8.GetBytes($"{a} {b}"))[0] % sampling == 0;

    /// <summary>Divides pairs by the first record.</summary>
    public static int Fold(ObservedPair pair) => SHA256.HashData(Encoding.UTF8.GetBytes(pair.IdA))[0] % 2;

    public static string Describe(IReadOnlyList<(ObservedPair Pair, double Score)> scored, int truePairs, int sampling)
    {
        var (found, others) = (0, 0);
        var (f1, at95, at99) = (0.0, 0.0, 0.0);
        foreach (var (pair, _) in scored.OrderByDescending(item => item.Score))
        {
            (found, others) = pair.Same ? (found + 1, others) : (found, others + sampling);
            var (precision, recall) = ((double)found / (found + others), (double)found / truePairs);
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
