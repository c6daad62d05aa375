using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;
using Store = Rfl.Infrastructure.EventStore.EventStore;

namespace Rfl.Benchmarks.EventStore;

[EventType("bench-plain.v1")]
public sealed record BenchPlain(string Text, int Number) : IDomainEvent;

[EventType("bench-personal.v1")]
public sealed record BenchPersonal(Personal<string> Name, int Number) : IDomainEvent;

/// <summary>
/// The event store against hand-written Npgsql that does the same inserts in one prepared round trip, on the same server in the same run. Every figure is
/// operations per second; the ratio is what counts.
/// </summary>
public static class StoreBenchmark
{
    private const string StreamType = "bench";
    private static readonly AppendContext context = new(Guid.Empty, ["Caseworker"], Guid.CreateVersion7(), null, null);

    /// <summary>Arguments: the connection string of an empty database, and optionally the seconds per measurement (3).</summary>
    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("Usage: rfl bench store CONNECTION-STRING-OF-AN-EMPTY-DATABASE [SECONDS]");
            return 2;
        }

        RunAsync(args[0], TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], null) : 3)).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(string connectionString, TimeSpan duration)
    {
        await using var dataSource = PostgresDataSource.Create(connectionString);
        await new DatabaseMigrator(dataSource, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(default);
        await using (var table = dataSource.CreateCommand("create table if not exists bench_view (stream_id uuid primary key, version bigint, name bytea)"))
            await table.ExecuteNonQueryAsync();

        var keys = new KeyEncryptionKeys([new byte[32]]);
        var status = new KeyEncryptionStatus();
        var hash = new LookupHash();
        await new PersonalDataStart(dataSource, keys, status, hash, TimeProvider.System, NullLogger<PersonalDataStart>.Instance).RunAsync(default);
        using var vault = new PersonKeyVault(keys, status, hash);
        var catalogue = EventCatalogue.Of([typeof(BenchPlain), typeof(BenchPersonal)]);
        var plain = new Store(dataSource, catalogue, vault, [], TimeProvider.System);
        var full = new Store(dataSource, catalogue, vault, [new BenchView()], TimeProvider.System);

        Console.WriteLine("| operation | writers | floor /s | store /s | ratio | kB allocated per operation |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var writers in (int[])[1, 8, 32])
        {
            await CompareAsync("start a stream with 3 events", writers, duration, _ => new Floor(dataSource).StartAsync(), _ => StartAsync(plain, Plain));
            await CompareAsync(
                "start, view and encryption", writers, duration, _ => new Floor(dataSource).StartAsync(withView: true), _ => StartAsync(full, Personal));

            var floors = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => new Floor(dataSource).StartAsync()));
            var histories = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => StartAsync(plain, Plain)));
            await CompareAsync(
                "append 1 with expected version", writers, duration,
                async writer => await floors[writer].AppendAsync(withView: false),
                async writer => histories[writer] = Short((await plain.AppendAsync([new(histories[writer], [Plain(1)])], context, [], default))[0]));
            histories = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => StartAsync(full, Personal)));
            var person = histories.Select(history => ((BenchPersonal)history.Events[0].Event).Name.Subject).ToArray();
            await CompareAsync(
                "append 1, view and encryption", writers, duration,
                async writer => await floors[writer].AppendAsync(withView: true),
                async writer => histories[writer] = Short(
                    (await full.AppendAsync([new(histories[writer], [new BenchPersonal(Domain.Common.Personal.Of(person[writer], "Rahima"), 1)])], context, [], default))[0]));

            var loads = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => TwentyAsync(plain, Plain)));
            await CompareAsync("load 20", writers, duration, writer => Floor.LoadAsync(dataSource, loads[writer]), writer => plain.LoadAsync(loads[writer], StreamType, default));
            loads = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => TwentyAsync(full, Personal)));
            await CompareAsync("load 20, encrypted", writers, duration, writer => Floor.LoadAsync(dataSource, loads[writer]), writer => full.LoadAsync(loads[writer], StreamType, default));
        }

        await FeedAsync(dataSource, new EventFeed(catalogue, vault, NullLogger<EventFeed>.Instance));
    }

    private static async Task FeedAsync(NpgsqlDataSource dataSource, EventFeed feed)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var events = 0L;
        var position = default(FeedPosition);
        var clock = Stopwatch.StartNew();
        while (await feed.ReadAsync(connection, position, FeedRunner.BatchSize, default) is { Events.Count: > 0 } page)
        {
            events += page.Events.Count;
            position = page.Position;
        }

        Console.WriteLine($"Feed from the beginning: {events} events, {events / clock.Elapsed.TotalSeconds:N0} a second.");
    }

    private static BenchPlain Plain(int number) => new("Something of the length of an ordinary note.", number);

    private static BenchPersonal Personal(int number) => new(Domain.Common.Personal.Of(PersonId.From(Guid.CreateVersion7()), "Rahima Sherzad"), number);

    private static async Task<StreamHistory> StartAsync<TEvent>(Store store, Func<int, TEvent> make, int count = 3)
        where TEvent : IDomainEvent
    {
        // A handler would load first; what is measured here is the append alone.
        var empty = StreamHistory.Empty(Guid.CreateVersion7(), StreamType);
        return (await store.AppendAsync([new(empty, [.. Enumerable.Range(1, count).Select(number => (IDomainEvent)make(number))])], context, [], default))[0];
    }

    private static async Task<Guid> TwentyAsync<TEvent>(Store store, Func<int, TEvent> make)
        where TEvent : IDomainEvent => (await StartAsync(store, make, 20)).Id;

    /// <summary>A case that grew by thousands of events would measure itself; keep its version and forget its past.</summary>
    private static StreamHistory Short(StreamHistory history) => history with { Events = [.. history.Events.TakeLast(3)] };

    private static async Task CompareAsync(string name, int writers, TimeSpan duration, Func<int, Task> floor, Func<int, Task> store)
    {
        // Warm up both, then let them take turns, so that a busy minute of the machine hits both.
        await MeasureAsync(writers, TimeSpan.FromMilliseconds(300), floor);
        await MeasureAsync(writers, TimeSpan.FromMilliseconds(300), store);
        double floors = 0, stores = 0, bytes = 0;
        for (var turn = 0; turn < 3; turn++)
        {
            floors += (await MeasureAsync(writers, duration / 3, floor)).PerSecond;
            var measured = await MeasureAsync(writers, duration / 3, store);
            stores += measured.PerSecond;
            bytes += measured.Bytes;
        }

        Console.WriteLine($"| {name} | {writers} | {floors / 3:N0} | {stores / 3:N0} | {stores / floors:0.00} | {bytes / 3 / 1024:0.0} |");
    }

    private static async Task<(double PerSecond, double Bytes)> MeasureAsync(int writers, TimeSpan duration, Func<int, Task> operation)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var count = 0L;
            for (; clock.Elapsed < duration; count++)
                await operation(writer);
            return count;
        })));
        var total = counts.Sum();
        return (total / clock.Elapsed.TotalSeconds, (double)(GC.GetTotalAllocatedBytes() - allocated) / total);
    }

    private sealed class BenchView : IInlineView
    {
        public string StreamType => StoreBenchmark.StreamType;

        public string Name => "bench";

        public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
        {
            yield return new NpgsqlBatchCommand(Floor.View)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = after.Id },
                    new NpgsqlParameter<long> { TypedValue = after.Version },
                    new NpgsqlParameter<byte[]> { TypedValue = sealer.Seal(((BenchPersonal)after.Events[^1].Event).Name) },
                },
            };
        }
    }
}
