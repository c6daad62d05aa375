using Rfl.Benchmarks.EventStore;
using Rfl.Benchmarks.Matching;
using Rfl.Benchmarks.Matching.Index;
using Rfl.Benchmarks.Matching.Learning;
using Rfl.Benchmarks.Measuring;
using Rfl.Benchmarks.People;

// What the project measures of itself, and the commands that answer line by line.
var commands = new Dictionary<string, (string What, Func<string[], int> Run)>
{
    ["all"] = ("every measurement of speed below, written into docs/performance.md (half an hour)", Speed.RunAll),
    ["store"] = ("the event store against hand-written Npgsql and pgbench", arguments => Speed.Run("store", arguments)),
    ["encryption"] = ("what sealing personal data costs a command and a load", arguments => Speed.Run("encryption", arguments)),
    ["sealing"] = ("what chaining the logs costs the appends beside it", SealingBenchmark.Run),
    ["feed"] = ("views catching up, and their lag", arguments => Speed.Run("feed", arguments)),
    ["http"] = ("three operations over HTTP against the store alone", arguments => Speed.Run("http", arguments)),
    ["scale"] = ("300,000 requests: making them, the jobs, the start, memory, and all of the above again", arguments => Speed.Run("scale", arguments)),
    ["matching"] = ("how well and how fast persons are matched; see docs/matching.md", arguments =>
        arguments is [] or ["index", ..] ? IndexBenchmark.Run([.. arguments.Skip(1)]) : MatchingBenchmark.Run(arguments)),
    ["learn-weights"] = ("the weights of matching, from labelled pairs", LearnWeights.Run),
    ["match-pairs"] = ("also as ./rfl match-pairs", MatchingCommands.MatchPairs),
    ["link"] = ("also as ./rfl link", MatchingCommands.Link),
    ["calendar"] = ("also as ./rfl calendar", CalendarCommand.Run),
    ["edtf"] = ("also as ./rfl edtf", EdtfCommand.Run),
    ["phone"] = ("also as ./rfl phone", PhoneCommand.Run),
};

if (args.Length > 0 && commands.TryGetValue(args[0], out var command))
    return command.Run(args[1..]);

Console.Error.WriteLine("Usage: ./rfl bench COMMAND [ARGUMENTS]");
Console.Error.WriteLine();
foreach (var (name, (what, _)) in commands)
    Console.Error.WriteLine($"  {name,-15}{what}");
Console.Error.WriteLine();
Console.Error.WriteLine("The measurements of speed start a PostgreSQL of their own in .data/bench. They take --record to write into docs/performance.md,");
Console.Error.WriteLine("and scale takes --requests N.");
return 2;
