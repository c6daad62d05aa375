using Rfl.Benchmarks.Matching.Learning;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Benchmarks.Matching;

/// <summary>Measures the comparison of names on labelled pairs: per script and per set, blocking keys, time, and the worst misses on request.</summary>
internal static class MatchingBenchmark
{
    private const int Rounds = 20;

    public static int Run(string[] arguments)
    {
        if (arguments is ["--link", var a, var b, var truth] && File.Exists(a) && File.Exists(b) && File.Exists(truth))
            return Registers(new LinkedRegisters(a, b, truth));
        if (arguments is not [var path, .. var rest] || !File.Exists(path) || rest is not ([] or ["--misses"]))
        {
            Console.Error.WriteLine("""
                Usage: rfl bench matching PAIRS.tsv [--misses]
                       rfl bench matching --link FILE_A FILE_B TRUTH.tsv
                The pairs have a header: pair_id, name_a, name_b, label, set, scripts. The truth has a header and lines of id_a, tab, id_b.
                """);
            return 2;
        }
        var pairs = LabelledPairs.Read(path);
        var comparer = new NameComparer(MatchModel.Current.Names);
        var scored = pairs.Select(pair => (Pair: pair, Score: comparer.Compare(pair.A, pair.B).Total)).ToList();

        Console.WriteLine($"Model {MatchModel.Current.Version}");
        Print(scored, pair => pair.Scripts);
        Print(scored, pair => pair.Set);
        Print(scored, _ => "all");

        var same = pairs.Where(pair => pair.Same).ToList();
        Console.WriteLine(FormattableString.Invariant($"true pairs that share a blocking key: {(double)same.Count(SharesKey) / same.Count:0.0000}"));

        // Processor time, which does not depend on what else runs here. The first round warms up.
        var started = TimeSpan.Zero;
        GC.Collect();
        var allocated = 0L;
        for (var round = 0; round <= Rounds; round++)
        {
            if (round == 1)
                (started, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            foreach (var pair in pairs)
                comparer.Compare(pair.A, pair.B);
        }
        Console.WriteLine(FormattableString.Invariant(
            $"comparison of two names: {(Environment.CpuUsage.TotalTime - started).TotalMicroseconds / Rounds / pairs.Count:0.00} µs, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / Rounds / pairs.Count} bytes"));

        // Names are printed only where the caller asks for them: the pairs may be of real people.
        if (rest.Length > 0)
        {
            foreach (var (pair, score) in scored.Where(item => item.Pair.Same).OrderBy(item => item.Score).Take(10))
                Console.WriteLine(FormattableString.Invariant($"missed      {score,7:0.00}  {pair.WrittenA} | {pair.WrittenB}"));
            foreach (var (pair, score) in scored.Where(item => !item.Pair.Same).OrderByDescending(item => item.Score).Take(10))
                Console.WriteLine(FormattableString.Invariant($"false alarm {score,7:0.00}  {pair.WrittenA} | {pair.WrittenB}"));
        }
        return 0;
    }

    private static int Registers(LinkedRegisters registers)
    {
        var data = MatchModel.Current;
        var matched = registers.Observe(data, 1).Select(pair => (pair, pair.Score(data))).ToList();
        Console.WriteLine($"Model {data.Version}");
        Console.WriteLine(LinkedRegisters.Describe(matched, registers.TruePairs, 1));
        // Calibration: what is said to be as likely should be so.
        foreach (var band in matched.Where(item => item.Item2 > -4.6).GroupBy(item => (int)(10 / (1 + Math.Exp(-item.Item2)))).OrderBy(band => band.Key))
            Console.WriteLine(FormattableString.Invariant($"probability {band.Key / 10.0:0.0}–{(band.Key + 1) / 10.0:0.0}: {band.Count(),6} candidates, {band.Average(item => item.pair.Same ? 1.0 : 0.0):0.000} the same"));
        return 0;
    }

    private static void Print(IEnumerable<(LabelledPair Pair, float Score)> scored, Func<LabelledPair, string> group)
    {
        foreach (var items in scored.GroupBy(item => group(item.Pair)).OrderBy(items => items.Key, StringComparer.Ordinal))
        {
            var measures = new Measures();
            foreach (var (pair, score) in items)
                measures.Add(score, pair.Same);
            Console.WriteLine($"{items.Key,-26} {measures}");
        }
    }

    private static bool SharesKey(LabelledPair pair)
    {
        var (a, b) = (new HashSet<string>(), new HashSet<string>());
        BlockingKeys.OfName(pair.A, a);
        BlockingKeys.OfName(pair.B, b);
        return a.Overlaps(b);
    }
}
