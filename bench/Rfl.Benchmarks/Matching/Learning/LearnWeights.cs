using System.Text.Json;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Benchmarks.Matching.Learning;

/// <summary>Learns the model from labelled data named on the command line; none of it is part of this project.</summary>
internal static class LearnWeights
{
    // How strongly learned costs are drawn to the expected ones; found by measuring on unseen halves.
    private const double NamePull = 0.002;
    private const double PersonPull = 0.0005;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var modelPath, .. var rest] || !File.Exists(modelPath) || !Parse(rest, out var version, out var pairFiles, out var registers))
        {
            Console.Error.WriteLine("""
                Usage: rfl bench learn-weights MODEL.json [--version VERSION] [--names PAIRS.tsv]... [--link FILE_A FILE_B TRUTH.tsv]... > NEW_MODEL.json
                Pairs have a header: pair_id, name_a, name_b, label, set, scripts. The truth has a header and lines of id_a, tab, id_b.
                """);
            return 2;
        }
        var model = JsonSerializer.Deserialize<MatchModelData>(File.ReadAllText(modelPath), MatchModelData.Options)!;
        var pairs = pairFiles.SelectMany(LabelledPairs.Read).ToList();
        model = model with { Version = version ?? model.Version, Rarity = pairs.Count > 0 ? CountRarity(pairs, registers) : model.Rarity };
        if (pairs.Count > 0)
            model = LearnNames(model, pairs);
        if (registers.Count > 0)
            model = LearnPersons(model, registers);
        Console.WriteLine(JsonSerializer.Serialize(model, MatchModelData.Options));
        return 0;
    }

    private static bool Parse(string[] arguments, out string? version, out List<string> pairFiles, out List<LinkedRegisters> registers)
    {
        (version, pairFiles, registers) = (null, [], []);
        while (arguments.Length > 0)
        {
            if (arguments is ["--version", var given, ..])
            {
                version = given;
                arguments = arguments[2..];
            }
            else if (arguments is ["--names", var pairs, ..] && File.Exists(pairs))
            {
                pairFiles.Add(pairs);
                arguments = arguments[2..];
            }
            else if (arguments is ["--link", var a, var b, var truth, ..] && File.Exists(a) && File.Exists(b) && File.Exists(truth))
            {
                registers.Add(new LinkedRegisters(a, b, truth));
                arguments = arguments[4..];
            }
            else
                return false;
        }
        return true;
    }

    private static SortedDictionary<string, float> CountRarity(List<LabelledPair> pairs, List<LinkedRegisters> registers)
    {
        var counter = new RarityCounter();
        // A name stands in several pairs.
        foreach (var (set, _, name) in pairs.SelectMany(pair => new[] { (pair.Set, pair.WrittenA, pair.A), (pair.Set, pair.WrittenB, pair.B) })
            .DistinctBy(item => (item.Set, item.Item2)))
        {
            counter.Add(set, name);
        }
        foreach (var register in registers)
            register.Count(counter);
        return counter.Rarities();
    }

    private static MatchModelData LearnNames(MatchModelData start, List<LabelledPair> pairs)
    {
        Console.Error.WriteLine("Names, on the half that was not learned from:");
        Report(Unseen(start, NamePull, pairs));
        var model = new NameLearner(start, NamePull).Learn(pairs);
        Console.Error.WriteLine("Names, fitted to everything:");
        Report(Scores(pairs, model));
        return model;
    }

    private static MatchModelData LearnPersons(MatchModelData start, List<LinkedRegisters> registers)
    {
        var observed = registers.Select(register => register.Observe(start.ToModel(), LinkedRegisters.Sampling)).ToList();
        var halves = Enumerable.Range(0, 2)
            .Select(fold => new PersonLearner(start, PersonPull).Learn([.. observed.SelectMany(pairs => pairs.Where(pair => LinkedRegisters.Fold(pair) != fold))])).ToList();
        var model = new PersonLearner(start, PersonPull).Learn([.. observed.SelectMany(pairs => pairs)]);
        for (var i = 0; i < registers.Count; i++)
        {
            var (before, one, other, fitted) = (start.ToModel(), halves[0].ToModel(), halves[1].ToModel(), model.ToModel());
            Console.Error.WriteLine($"Registers {i + 1}, before: {Describe(_ => before)}");
            Console.Error.WriteLine($"Registers {i + 1}, on the half that was not learned from: {Describe(pair => LinkedRegisters.Fold(pair) == 0 ? one : other)}");
            Console.Error.WriteLine($"Registers {i + 1}, fitted: {Describe(_ => fitted)}");

            string Describe(Func<ObservedPair, MatchModel> modelOf) => LinkedRegisters.Describe(
                [.. observed[i].Select(pair => (pair, pair.Score(modelOf(pair))))], registers[i].TruePairs, LinkedRegisters.Sampling);
        }
        return model;
    }

    /// <summary>What is learned from one half is measured on the other.</summary>
    public static IEnumerable<(LabelledPair Pair, float Score)> Unseen(MatchModelData start, double pull, IReadOnlyList<LabelledPair> pairs) =>
        Enumerable.Range(0, 2).SelectMany(fold => Scores(
            pairs.Where(pair => pair.Fold(2) == fold),
            new NameLearner(start, pull).Learn([.. pairs.Where(pair => pair.Fold(2) != fold)])));

    private static IEnumerable<(LabelledPair Pair, float Score)> Scores(IEnumerable<LabelledPair> pairs, MatchModelData model)
    {
        var comparer = new NameComparer(model.ToModel().Names);
        return pairs.Select(pair => (pair, comparer.Compare(pair.A, pair.B).Total));
    }

    private static void Report(IEnumerable<(LabelledPair Pair, float Score)> scores)
    {
        var groups = new SortedDictionary<string, Measures>(StringComparer.Ordinal);
        foreach (var (pair, score) in scores)
        {
            foreach (var group in new[] { "all", $"scripts {pair.Scripts}", $"sets {pair.Set.Split('_')[0]}", $"set {pair.Set}" })
            {
                if (!groups.TryGetValue(group, out var measures))
                    groups[group] = measures = new Measures();
                measures.Add(score, pair.Same);
            }
        }
        foreach (var (group, measures) in groups)
            Console.Error.WriteLine($"{group,-32} {measures}");
    }
}
