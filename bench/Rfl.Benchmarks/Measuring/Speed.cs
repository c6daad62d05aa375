using System.Globalization;
using Rfl.Benchmarks.EventStore;
using Rfl.Benchmarks.Service;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Benchmarks.Measuring;

/// <summary>The measurements of speed, each on an empty database of the same private server.</summary>
internal static class Speed
{
    /// <summary>Of one comparison, all contenders together.</summary>
    private static readonly TimeSpan comparison = TimeSpan.FromSeconds(4);

    private const int FeedEvents = 400_000;
    private const int ScaleRequests = 300_000;

    private static readonly string[] parts = ["store", "encryption", "feed", "http", "scale"];

    public static int RunAll(string[] arguments) => Guarded(async server =>
    {
        foreach (var part in parts)
            await RunAsync(server, part, [.. arguments, "--record"]);
    });

    public static int Run(string part, string[] arguments) => Guarded(server => RunAsync(server, part, arguments));

    private static async Task RunAsync(BenchServer server, string part, string[] arguments)
    {
        var requests = Array.IndexOf(arguments, "--requests") is var at && at >= 0 ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : ScaleRequests;
        Console.Error.WriteLine($"Measuring: {part}");
        var measured = part switch
        {
            "store" => await StoreBenchmark.RunAsync(server, comparison),
            "encryption" => await StoreBenchmark.EncryptionAsync(server, comparison * 2),
            "feed" => await FeedBenchmark.RunAsync(server, FeedEvents),
            "http" => await ServiceBenchmark.RunAsync(server),
            "scale" => await ScaleBenchmark.RunAsync(server, requests, comparison / 2),
            _ => throw new ArgumentException($"There is no measurement {part}."),
        };
        Console.WriteLine(measured);
        Console.WriteLine();
        if (arguments.Contains("--record"))
            await ResultPage.RecordAsync(part, $"./rfl bench {part}" + (requests == ScaleRequests ? "" : $" --requests {requests}"), measured);
    }

    private static int Guarded(Func<BenchServer, Task> run)
    {
        try
        {
            WithServerAsync().GetAwaiter().GetResult();
            return 0;
        }
        catch (Exception problem) when (problem is InvalidOperationException or LocalPostgresException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }

        async Task WithServerAsync()
        {
            await using var server = await BenchServer.StartAsync();
            await run(server);
        }
    }
}
