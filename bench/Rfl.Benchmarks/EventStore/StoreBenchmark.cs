using Npgsql;
using Rfl.Benchmarks.Measuring;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Store = Rfl.Infrastructure.EventStore.EventStore;

namespace Rfl.Benchmarks.EventStore;

/// <summary>
/// The event store against hand-written Npgsql that writes and reads the same rows in one prepared round trip (<see cref="Floor"/>), in turns, on the same
/// server. What counts is the ratio. <see cref="PgBench"/> shows the limit of server and disk.
/// </summary>
internal static class StoreBenchmark
{
    private const string Heading =
        """
        | operation | writers | pgbench /s | floor /s | store /s | store : floor | kB allocated, floor → store | µs of processor, floor → store |
        |---|---:|---:|---:|---:|---:|---:|---:|
        """;

    /// <param name="emptyFirst">False on tables that are to stay as large as they are.</param>
    public static async Task<string> RunAsync(BenchServer server, TimeSpan duration, bool emptyFirst = true)
    {
        await using var bench = await BenchStore.OpenAsync(server, emptyFirst);
        var lines = new List<string> { Heading };
        foreach (var writers in (int[])[1, 8, 32])
        {
            Add("start a stream with 3 events", writers, await LimitAsync(PgBench.Start, 3), await StartAsync(bench.Plain, bench.DataSource, writers, sealedEvents: false, duration));
            Add("append 1 with expected version", writers, await LimitAsync(PgBench.Append, 1), await AppendAsync(bench.Plain, bench.DataSource, writers, sealedEvents: false, duration));
            Add("start, with view and encryption", writers, null, await StartAsync(bench.WithView, bench.DataSource, writers, sealedEvents: true, duration));
            Add("append 1, with view and encryption", writers, null, await AppendAsync(bench.WithView, bench.DataSource, writers, sealedEvents: true, duration));
            var loads = await LoadAsync(bench, writers, sealedEvents: false, duration);
            Add("load 20 and fold; floor: the same work", writers, await LimitAsync(PgBench.Load, 20), loads.SameWork);
            Add("load 20 and fold; floor: reading the rows only", writers, null, loads.RowsOnly);
            loads = await LoadAsync(bench, writers, sealedEvents: true, duration);
            Add("load 20, a fourth sealed; floor: the same work", writers, null, loads.SameWork);
            Add("load 20, a fourth sealed; floor: reading the rows only", writers, null, loads.RowsOnly);

            async Task<double?> LimitAsync(string statement, int events)
            {
                await PgBench.PrepareAsync(bench.DataSource, events);
                return await PgBench.RunAsync(server.ConnectionString, statement, writers, 2);
            }
        }

        return string.Join('\n', lines);

        void Add(string operation, int writers, double? limit, (Measured Floor, Measured Store) measured)
        {
            var (floor, store) = measured;
            var line = $"| {operation} | {writers} | {limit:N0} | {floor.PerSecond:N0} | {store.PerSecond:N0} | **{store.Ratio:0.00}** "
                + $"| {floor.Bytes / 1024:0.0} → {store.Bytes / 1024:0.0} | {floor.Processor:N0} → {store.Processor:N0} |";
            Console.Error.WriteLine(line);
            lines.Add(line);
        }
    }

    /// <summary>What sealing costs a command and a load: the same case with its persons' details sealed and not, everything else alike.</summary>
    public static async Task<string> EncryptionAsync(BenchServer server, TimeSpan duration)
    {
        await using var bench = await BenchStore.OpenAsync(server);
        var lines = new List<string>
        {
            "| of a case with 20 events, a fourth of them about one of its three persons | writers | without /s | with /s | time, with : without |",
            "|---|---:|---:|---:|---:|",
        };
        foreach (var writers in (int[])[1, 8])
        {
            var (plain, secret) = (await StartAllAsync(bench.WithView, writers, BenchEvents.DescribedPlainly), await StartAllAsync(bench.WithView, writers, BenchEvents.Described));
            Add("load and fold", writers, await Contest.RunAsync(
                writers, duration,
                new("without", async writer => Fold(await bench.WithView.LoadAsync(plain[writer], BenchEvents.StreamType, default))),
                new("with", async writer => Fold(await bench.WithView.LoadAsync(secret[writer], BenchEvents.StreamType, default)))));
            var person = BenchEvents.NewPerson();
            Add("a command: load, fold, append 1 about a person, view", writers, await Contest.RunAsync(
                writers, duration,
                new("without", writer => CommandAsync(plain, writer, BenchEvents.DescribedPlainly)),
                new("with", writer => CommandAsync(secret, writer, BenchEvents.Described))));

            async Task CommandAsync(Guid[] streams, int writer, Func<PersonId, int, IDomainEvent> described)
            {
                var loaded = await bench.WithView.LoadAsync(streams[writer], BenchEvents.StreamType, default);
                Fold(loaded);
                // A case that grew without end would measure its length.
                if (loaded.Version > 40)
                    streams[writer] = (await StartAllAsync(bench.WithView, 1, described))[0];
                else
                    await bench.WithView.AppendAsync([new(loaded, [described(SubjectOf(loaded), (int)loaded.Version)])], BenchEvents.Context, [], default);
            }
        }

        return string.Join('\n', lines);

        void Add(string operation, int writers, IReadOnlyList<Measured> measured)
        {
            var line = $"| {operation} | {writers} | {measured[0].PerSecond:N0} | {measured[1].PerSecond:N0} | **{1 / measured[1].Ratio:0.00}** |";
            Console.Error.WriteLine(line);
            lines.Add(line);
        }
    }

    private static PersonId SubjectOf(StreamHistory history) => history.Events[0].Event switch
    {
        BenchDescribed described => described.Description.Subject,
        BenchDescribedPlainly described => new PersonId(described.Person),
        _ => throw new InvalidOperationException("A case begins with a person."),
    };

    private static async Task<(Measured Floor, Measured Store)> StartAsync(Store store, NpgsqlDataSource dataSource, int writers, bool sealedEvents, TimeSpan duration)
    {
        var sample = await StartAsync(store, Three());
        var rows = await Floor.Rows.OfAsync(dataSource, sample.Id, 3, newPerson: sealedEvents, view: sealedEvents);
        var floors = Enumerable.Range(0, writers).Select(_ => new Floor(dataSource, rows)).ToArray();
        var measured = await Contest.RunAsync(
            writers, duration,
            new("floor", writer => floors[writer].StartAsync()),
            new("store", _ => StartAsync(store, Three())));
        return (measured[0], measured[1]);

        List<IDomainEvent> Three()
        {
            if (!sealedEvents)
                return [BenchEvents.Noted(1), BenchEvents.Noted(2), BenchEvents.Noted(3)];
            var person = BenchEvents.NewPerson();
            return [BenchEvents.Described(person, 1), BenchEvents.Noted(2), BenchEvents.Described(person, 3)];
        }
    }

    private static async Task<(Measured Floor, Measured Store)> AppendAsync(Store store, NpgsqlDataSource dataSource, int writers, bool sealedEvents, TimeSpan duration)
    {
        var persons = Enumerable.Range(0, writers).Select(_ => BenchEvents.NewPerson()).ToArray();
        var histories = await Task.WhenAll(persons.Select(person => StartAsync(store, [Next(person)])));
        var rows = await Floor.Rows.OfAsync(dataSource, histories[0].Id, 1, newPerson: false, view: sealedEvents);
        var floors = await Task.WhenAll(persons.Select(_ => new Floor(dataSource, rows).StartAsync()));
        var measured = await Contest.RunAsync(
            writers, duration,
            new("floor", writer => floors[writer].AppendAsync()),
            new("store", async writer => histories[writer] = Short(
                (await store.AppendAsync([new(histories[writer], [Next(persons[writer])])], BenchEvents.Context, [], default))[0])));
        return (measured[0], measured[1]);

        IDomainEvent Next(PersonId person) => sealedEvents ? BenchEvents.Described(person, 1) : BenchEvents.Noted(1);
    }

    private static async Task<((Measured Floor, Measured Store) SameWork, (Measured Floor, Measured Store) RowsOnly)> LoadAsync(
        BenchStore bench, int writers, bool sealedEvents, TimeSpan duration)
    {
        var type = sealedEvents ? BenchEvents.StreamType : BenchEvents.PlainStreamType;
        var streams = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => StartAsync(
            bench.WithView, sealedEvents ? BenchEvents.Case(20, BenchEvents.Described) : [.. Enumerable.Range(1, 20).Select(BenchEvents.Noted)], type)));
        var persons = streams.Select(stream => stream.Events.Select(recorded => recorded.Event).OfType<BenchDescribed>()
            .Select(described => described.Description.Subject.Value).Distinct().ToArray()).ToArray();
        var ciphers = await bench.CiphersAsync([.. persons.SelectMany(some => some)]);
        var measured = await Contest.RunAsync(
            writers, duration * 1.5,
            new("same work", writer => Floor.FoldAsync(bench.DataSource, streams[writer].Id, sealedEvents ? persons[writer] : null, ciphers)),
            new("store", async writer => Fold(await bench.WithView.LoadAsync(streams[writer].Id, type, default))),
            new("rows only", writer => Floor.ReadAsync(bench.DataSource, streams[writer].Id, sealedEvents ? persons[writer] : null)));
        return ((measured[0], measured[1]), (measured[2], measured[1] with { Ratio = measured[1].Ratio / measured[2].Ratio }));
    }

    private static async Task<Guid[]> StartAllAsync(Store store, int count, Func<PersonId, int, IDomainEvent> described) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync(store, BenchEvents.Case(20, described))))).Select(history => history.Id)];

    /// <summary>A handler would load first; what is measured here is the append alone.</summary>
    private static async Task<StreamHistory> StartAsync(Store store, List<IDomainEvent> events, string type = BenchEvents.StreamType) =>
        (await store.AppendAsync([new(StreamHistory.Empty(Guid.CreateVersion7(), type), events)], BenchEvents.Context, [], default))[0];

    private static void Fold(StreamHistory history) => BenchEvents.Fold(history.Events.Select(recorded => recorded.Event));

    /// <summary>A case that grew by thousands of events would measure itself; keep its version and forget its past.</summary>
    private static StreamHistory Short(StreamHistory history) => history with { Events = [.. history.Events.TakeLast(3)] };
}
