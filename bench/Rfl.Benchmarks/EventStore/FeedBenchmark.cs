using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Benchmarks.Measuring;
using Rfl.Benchmarks.Service;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;

namespace Rfl.Benchmarks.EventStore;

/// <summary>How fast views catch up, alone, and how far they lag behind steady appends.</summary>
internal static class FeedBenchmark
{
    private const int StreamLength = 20;
    private const int AppendsPerSecond = 1000;
    private static readonly TimeSpan lagFor = TimeSpan.FromSeconds(15);

    private const string Heading =
        """
        | view | events | events /s | processor seconds, service + server | events / s of processor |
        |---|---:|---:|---:|---:|
        """;

    public static async Task<string> RunAsync(BenchServer server, int events)
    {
        await using var bench = await BenchStore.OpenAsync(server);
        var import = new BulkImport(bench.DataSource, BenchEvents.Catalogue, bench.Vault, [new BenchView()]);
        foreach (var streams in Enumerable.Range(0, events / StreamLength).Chunk(200))
        {
            await import.ImportAsync([.. streams.Select(_ => new ImportedStream(
                Guid.CreateVersion7(), BenchEvents.StreamType, [.. BenchEvents.Case(StreamLength, BenchEvents.Described).Select(happened => (happened, DateTimeOffset.UtcNow))]))],
                BenchEvents.Context, default);
        }

        await using (var settle = bench.DataSource.CreateCommand("vacuum analyze"))
            await settle.ExecuteNonQueryAsync();
        var counting = new Counting();
        var feed = new EventFeed(BenchEvents.Catalogue, bench.Vault, NullLogger<EventFeed>.Instance);
        var rebuilder = new ViewRebuilder(
            bench.DataSource, BenchEvents.Catalogue, bench.Vault, feed, [new BenchView()], [counting], TimeProvider.System, NullLogger<ViewRebuilder>.Instance);
        var lines = new List<string>
        {
            Heading,
            await MeasureAsync("reading the same rows by hand, for comparison", bench.DataSource, () => ReadAsync(bench.DataSource)),
            await MeasureAsync("a view of one type of event that follows the feed, from zero", bench.DataSource, async () =>
            {
                await rebuilder.RebuildAsync(counting.Name, null, default);
                return events;
            }),
            await MeasureAsync("an inline view, rebuilt: every stream locked, every row written again", bench.DataSource, async () =>
            {
                await rebuilder.RebuildAsync(new BenchView().Name, null, default);
                return events;
            }),
            "",
            await LagAsync(bench, feed),
        };
        return string.Join('\n', lines);
    }

    /// <summary>The real views of the service, on what is there.</summary>
    public static async Task<string> OfServiceAsync(ServiceData data)
    {
        var events = await data.CountAsync("select count(*) from mt_events where stream_id in (select id from mt_streams where type = 'tracing-request')");
        var rebuilder = data.Services.GetRequiredService<ViewRebuilder>();
        var lines = new List<string> { Heading };
        foreach (var view in (string[])["monthly-figures", "case-rows"])
        {
            lines.Add(await MeasureAsync(view, data.DataSource, async () =>
            {
                await rebuilder.RebuildAsync(view, null, default);
                return events;
            }));
        }

        return string.Join('\n', lines);
    }

    private static async Task<string> MeasureAsync(string name, NpgsqlDataSource dataSource, Func<Task<long>> run)
    {
        using var process = Process.GetCurrentProcess();
        var (own, others) = (process.TotalProcessorTime, await ServerSecondsAsync(dataSource));
        var clock = Stopwatch.StartNew();
        var events = await run();
        var elapsed = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var (service, server) = ((process.TotalProcessorTime - own).TotalSeconds, await ServerSecondsAsync(dataSource) - others);
        var line = $"| {name} | {events:N0} | {events / elapsed:N0} | {service:0.0} + {server:0.0} | **{events / (service + server):N0}** |";
        Console.Error.WriteLine(line);
        return line;
    }

    /// <summary>Processor time of the server's processes for this database, which stay with the pool's connections.</summary>
    private static async Task<double> ServerSecondsAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand("select pid from pg_stat_activity where datname = current_database()");
        await using var reader = await command.ExecuteReaderAsync();
        var ticks = 0L;
        while (await reader.ReadAsync())
        {
            try
            {
                // After the name in parentheses: state is field 3, user and system time are 14 and 15, in hundredths of a second.
                var fields = (await File.ReadAllTextAsync($"/proc/{reader.GetInt32(0)}/stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (FileNotFoundException)
            {
            }
        }

        return ticks / 100.0;
    }

    /// <summary>In pages of the same size, as bytes that nobody looks into.</summary>
    private static async Task<long> ReadAsync(NpgsqlDataSource dataSource)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var (count, last) = (0L, 0L);
        while (true)
        {
            await using var command = new NpgsqlCommand(
                $"select seq_id, stream_id, version, id, type, data, timestamp, headers from mt_events where seq_id > $1 order by seq_id limit {FeedRunner.BatchSize}", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
            var before = count;
            await using var reader = await command.ExecuteReaderAsync();
            for (; await reader.ReadAsync(); count++)
            {
                last = reader.GetInt64(0);
                _ = reader.GetFieldValue<byte[]>(5);
                _ = reader.GetFieldValue<byte[]>(7);
            }

            if (count == before)
                return count;
        }
    }

    private static async Task<string> LagAsync(BenchStore bench, EventFeed feed)
    {
        var following = new Counting();
        using var runner = new FeedRunner(bench.DataSource, feed, [following], TimeProvider.System, NullLogger<FeedRunner>.Instance);
        await runner.CatchUpAsync();
        following.Lags.Clear();
        await runner.StartAsync(default);
        var clock = Stopwatch.StartNew();
        var due = 0L;
        var writers = Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < lagFor)
            {
                var wait = TimeSpan.FromSeconds((double)Interlocked.Increment(ref due) / AppendsPerSecond) - clock.Elapsed;
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait);
                await bench.Plain.AppendAsync(
                    [new(StreamHistory.Empty(Guid.CreateVersion7(), BenchEvents.StreamType), [BenchEvents.Noted(1)])], BenchEvents.Context, [], default);
            }
        })).ToList();
        await Task.WhenAll(writers);
        var rate = due / clock.Elapsed.TotalSeconds;
        await runner.CatchUpAsync();
        await runner.StopAsync(default);
        var lags = following.Lags.Order().ToList();
        var text = $"Lag behind {rate:N0} appends a second (asked for: {AppendsPerSecond:N0}), from recording to being applied: "
            + $"p50 {lags[lags.Count / 2].TotalMilliseconds:N0} ms, **p99 {lags[lags.Count * 99 / 100].TotalMilliseconds:N0} ms**, most {lags[^1].TotalMilliseconds:N0} ms.";
        Console.Error.WriteLine(text);
        return text;
    }

    /// <summary>A view that keeps one number of one type of event, like the service's monthly figures.</summary>
    private sealed class Counting : IFeedProjection
    {
        public string Name => "bench-counting";

        public ConcurrentBag<TimeSpan> Lags { get; } = [];

        public long Count { get; private set; }

        public Task ApplyAsync(IReadOnlyList<RecordedEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
        {
            Count += batch.Count(recorded => recorded.Event is BenchDescribed);
            var now = DateTimeOffset.UtcNow;
            foreach (var recorded in batch)
                Lags.Add(now - recorded.Metadata.RecordedAt);
            return Task.CompletedTask;
        }

        public Task ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
        {
            Count = 0;
            return Task.CompletedTask;
        }
    }
}
