using System.Globalization;
using System.Text;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Benchmarks.Matching;

/// <summary>The measuring commands of the matching.</summary>
internal static class MatchingCommands
{
    /// <summary>Lines of pair id, tab, name, tab, name; answers pair id, tab, score for every one, in their order.</summary>
    public static int MatchPairs(string[] arguments)
    {
        if (arguments is not [var path] || !File.Exists(path))
            return Usage("match-pairs FILE", "The file has a line for each pair: pair_id, tab, name, tab, name.");
        var comparer = new NameComparer(MatchModel.Current.Names);
        using var output = Output();
        foreach (var line in File.ReadLines(path))
        {
            var fields = line.TrimStart('\ufeff').Split('\t');
            var (a, b) = (NameForm.Read(fields.ElementAtOrDefault(1)), NameForm.Read(fields.ElementAtOrDefault(2)));
            var score = comparer.Compare(a, b).Total;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fields[0]}\t{score:0.0000}"));
        }
        return 0;
    }

    /// <summary>Two registers; answers id, id, probability for every pair of candidates above one in a hundred.</summary>
    public static int Link(string[] arguments)
    {
        if (arguments is not [var pathA, var pathB] || !File.Exists(pathA) || !File.Exists(pathB))
            return Usage("link FILE_A FILE_B", "Both files are CSV with a header; see docs/matching.md for the columns.");
        // A file linked with itself is searched for duplicates: every pair once.
        var deduplicating = Path.GetFullPath(pathA) == Path.GetFullPath(pathB);
        var first = PersonFile.Read(pathA);
        var second = deduplicating ? first : PersonFile.Read(pathB);
        foreach (var (path, records) in new[] { (pathA, first), (pathB, second) })
        {
            if (records.Count == 0)
                Console.Error.WriteLine($"{Path.GetFileName(path)} holds no record with a value in column id or rec_id: add the column.");
        }
        var registers = new Registers(first, second);
        var matcher = new PersonMatcher(MatchModel.Current);
        using var output = Output();
        // Every record of the first file by itself, on all processors; answers in the order of the file, a few hundred in memory at a time.
        foreach (var lines in first.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.AutoBuffered).Select(Matches))
        {
            foreach (var line in lines)
                output.WriteLine(line);
        }
        return 0;

        List<string> Matches(RegisteredRecord a)
        {
            var lines = new List<string>();
            foreach (var b in registers.Candidates(a))
            {
                if (deduplicating && string.CompareOrdinal(a.Id, b.Id) > 0)
                    continue;
                var probability = matcher.Score(a.Person, b.Person).Probability;
                if (probability > 0.01)
                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"{a.Id},{b.Id},{probability:0.000000000}"));
            }
            return lines;
        }
    }

    private static StreamWriter Output() => new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);

    private static int Usage(string command, string remedy)
    {
        Console.Error.WriteLine($"Usage: rfl {command}. {remedy}");
        return 2;
    }
}
