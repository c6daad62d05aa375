using Rfl.Benchmarks.EventStore;
using Rfl.Benchmarks.Matching;
using Rfl.Benchmarks.Matching.Index;
using Rfl.Benchmarks.Matching.Learning;
using Rfl.Benchmarks.People;

// Measuring commands. They need no service and, unless they say so, no database.
var commands = new Dictionary<string, Func<string[], int>>
{
    ["match-pairs"] = MatchingCommands.MatchPairs,
    ["link"] = MatchingCommands.Link,
    ["store"] = StoreBenchmark.Run,
    ["calendar"] = CalendarCommand.Run,
    ["edtf"] = EdtfCommand.Run,
    ["phone"] = PhoneCommand.Run,
    ["learn-weights"] = LearnWeights.Run,
    ["matching"] = arguments => arguments is [] or ["index", ..] ? IndexBenchmark.Run([.. arguments.Skip(1)]) : MatchingBenchmark.Run(arguments),
};

if (args.Length > 0 && commands.TryGetValue(args[0], out var command))
    return command(args[1..]);

Console.Error.WriteLine($"Usage: rfl bench COMMAND. Commands: {string.Join(", ", commands.Keys)}");
return 2;
