using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.TamperEvidence;
using Store = Rfl.Infrastructure.EventStore.EventStore;

namespace Rfl.Benchmarks.EventStore;

/// <summary>
/// Whether appends notice that their log is being chained: the same appends with sealing off and on, in turns on the same server, and how long sealing and verifying take by
/// themselves. The ratio is what counts.
/// </summary>
public static class SealingBenchmark
{
    private const int Writers = 8;
    private const int Turns = 10;

    /// <summary>Arguments: the connection string of an empty database, and optionally the seconds of a turn (3).</summary>
    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("Usage: rfl bench sealing CONNECTION-STRING-OF-AN-EMPTY-DATABASE [SECONDS]");
            return 2;
        }

        RunAsync(args[0], TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], null) : 3)).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(string connectionString, TimeSpan turn)
    {
        await using var dataSource = PostgresDataSource.Create(connectionString);
        await new DatabaseMigrator(dataSource, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(default);
        using var vault = new PersonKeyVault(new KeyEncryptionKeys([new byte[32]]), new KeyEncryptionStatus(), new LookupHash(), NullLogger<PersonKeyVault>.Instance);
        var store = new Store(dataSource, EventCatalogue.Of([typeof(BenchNoted)]), vault, [], TimeProvider.System);
        double off = 0, on = 0;
        var ratios = new List<double>();
        await AppendAsync(store, turn);
        for (var i = 0; i < Turns; i++)
        {
            var without = await AppendAsync(store, turn);
            using var sealing = Sealing(dataSource);
            await sealing.CatchUpAsync();
            await sealing.StartAsync(default);
            var with = await AppendAsync(store, turn);
            await sealing.StopAsync(default);
            off += without;
            on += with;
            ratios.Add(with / without);
        }

        Console.WriteLine($"appends a second with {Writers} writers: {off / Turns:N0} without sealing, {on / Turns:N0} with; ratio {on / off:0.000} (turns {ratios.Min():0.00} to {ratios.Max():0.00})");

        await using (var emptying = dataSource.CreateCommand("truncate log_link"))
            await emptying.ExecuteNonQueryAsync();
        var clock = Stopwatch.StartNew();
        using (var sealing = Sealing(dataSource))
            await sealing.CatchUpAsync();
        var sealedIn = clock.Elapsed;
        clock.Restart();
        var result = await new LogVerification(dataSource).VerifyAsync(null, null, default);
        Console.WriteLine($"{result.Rows} rows sealed in {sealedIn.TotalSeconds:0.0} s ({result.Rows / sealedIn.TotalSeconds:N0} a second), verified in {clock.Elapsed.TotalSeconds:0.0} s "
            + $"({result.Rows / clock.Elapsed.TotalSeconds:N0} a second): {(result.IsIntact ? "intact" : "broken")}");
    }

    private static LogSealing Sealing(Npgsql.NpgsqlDataSource dataSource) => new(dataSource, TimeProvider.System, NullLogger<LogSealing>.Instance);

    private static async Task<double> AppendAsync(Store store, TimeSpan duration)
    {
        var context = new AppendContext(Guid.Empty, ["Caseworker"], Guid.CreateVersion7(), null, null);
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; clock.Elapsed < duration; count++)
            {
                await store.AppendAsync(
                    [new(StreamHistory.Empty(Guid.CreateVersion7(), "bench"), [new BenchNoted("Something of the length of an ordinary note.", 1)])], context, [], default);
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
