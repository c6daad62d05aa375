using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.EventStore;

public sealed class AppendAndLoadTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private TestStore store = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_empty_at_version_zero()
    {
        var history = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);

        Assert.Equal((0, 0), (history.Version, history.Events.Count));
    }

    [Fact]
    public async Task What_was_appended_is_loaded_with_everything_known_about_it()
    {
        IDomainEvent[] events =
        [
            Samples.Registered(Samples.Rahima, "رحیمه Rahîma 🌙 e\u0301"),
            new SampleMoved(1),
            new SampleCompanionsNamed([Personal.Of(Samples.Yonas, "ዮናስ"), Personal.Of(Samples.Rahima, "she")], new DateOnly(2026, 1, 2)),
        ];

        var appended = await store.AppendAsync(Samples.Stream, events);
        var loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);

        Assert.Equal(events, loaded.Events.Select(recorded => recorded.Event));
        Assert.Equal([1, 2, 3], loaded.Events.Select(recorded => recorded.Version));
        Assert.Equal(appended.Events, loaded.Events);
        Assert.Equal(3, appended.Version);
        var metadata = loaded.Events[2].Metadata;
        Assert.Equal(Samples.Context.ActorId, metadata.ActorId);
        Assert.Equal(Samples.Context.ActorRoles, metadata.ActorRoles);
        Assert.Equal(Samples.Context.CorrelationId, metadata.CorrelationId);
        Assert.Equal(Samples.Context.CausationId, metadata.CausationId);
        Assert.Equal(Samples.Context.OccurredAt, metadata.OccurredAt);
        Assert.Equal(Samples.Now, metadata.RecordedAt);
    }

    [Fact]
    public async Task Events_follow_each_other_over_several_appends()
    {
        for (var step = 1; step <= 5; step++)
            await store.AppendAsync(Samples.Stream, new SampleMoved(step), new SampleMoved(-step));

        var loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);

        Assert.Equal([1, -1, 2, -2, 3, -3, 4, -4, 5, -5], loaded.Events.Select(recorded => ((SampleMoved)recorded.Event).Step));
        Assert.Equal(["(10,sample,1)"], await store.RowsAsync("select s.version, s.type, (select count(*) from mt_streams) from mt_streams s"));
        Assert.Equal(10, await store.ScalarAsync<long>("select count(*) from (select version, row_number() over (order by seq_id) n from mt_events) e where version = n"));
    }

    [Fact]
    public async Task A_stream_of_another_type_is_not_there()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));

        var other = await store.Store.LoadAsync(Samples.Stream, "another", default);

        Assert.Equal((0, 0), (other.Version, other.Events.Count));
        await Assert.ThrowsAsync<ConcurrencyConflict>(() => store.Store.AppendAsync([new(other, [new SampleMoved(2)])], Samples.Context, [], default));
    }

    [Fact]
    public async Task An_append_on_a_stream_that_moved_is_refused_and_writes_nothing()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));
        var stale = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        await store.AppendAsync(Samples.Stream, new SampleMoved(2));

        await Assert.ThrowsAsync<ConcurrencyConflict>(() => store.Store.AppendAsync(
            [new(stale, [new SampleMoved(3)])], Samples.Context, [new NpgsqlBatchCommand("create table written ()")], default));

        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from mt_events"));
        Assert.True(await store.ScalarAsync<bool>("select to_regclass('written') is null"));
    }

    [Fact]
    public async Task An_append_on_a_stream_that_came_into_being_is_refused()
    {
        var absent = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));

        await Assert.ThrowsAsync<ConcurrencyConflict>(() => store.Store.AppendAsync([new(absent, [new SampleMoved(2)])], Samples.Context, [], default));
    }

    [Fact]
    public async Task Several_streams_are_appended_together_or_not_at_all()
    {
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        await store.AppendAsync(ids[1], new SampleMoved(1));
        var loaded = await store.Store.LoadAsync([.. ids.Select(id => (id, Samples.Type))], [], default);
        await store.AppendAsync(ids[1], new SampleMoved(2));

        await Assert.ThrowsAsync<ConcurrencyConflict>(() => store.Store.AppendAsync(
            [.. ids.Select(id => new StreamAppend(loaded[id], [new SampleMoved(3)]))], Samples.Context, [], default));
        Assert.Equal(1, await store.ScalarAsync<long>("select count(*) from mt_streams"));

        loaded = await store.Store.LoadAsync([.. ids.Select(id => (id, Samples.Type))], [], default);
        var histories = await store.Store.AppendAsync(
            [.. ids.Reverse().Select(id => new StreamAppend(loaded[id], [new SampleMoved(4)]))], Samples.Context, [], default);
        Assert.Equal([(ids[2], 1), (ids[1], 3), (ids[0], 1)], histories.Select(history => (history.Id, history.Version)));
    }

    [Fact]
    public async Task Fifty_writers_on_one_stream_each_append_or_are_told_of_the_conflict()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(0));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 50).Select(async writer =>
        {
            var loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
            try
            {
                await store.Store.AppendAsync([new(loaded, [new SampleMoved(writer), new SampleMoved(-writer)])], Samples.Context, [], default);
                return writer;
            }
            catch (ConcurrencyConflict)
            {
                return 0;
            }
        }));

        var history = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        var steps = history.Events.Select(recorded => ((SampleMoved)recorded.Event).Step).Skip(1).ToList();
        Assert.Equal(Enumerable.Range(1, history.Events.Count).Select(version => (long)version), history.Events.Select(recorded => recorded.Version));
        Assert.Equal(outcomes.Where(writer => writer > 0).Order(), steps.Where(step => step > 0).Order());
        Assert.All(steps.Chunk(2), pair => Assert.Equal(pair[0], -pair[1]));
    }

    [Fact]
    public async Task Appends_to_the_same_streams_in_opposite_order_do_not_lock_each_other_out()
    {
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var id in ids)
            await store.AppendAsync(id, new SampleMoved(0));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async writer =>
        {
            var order = writer % 2 == 0 ? ids : [ids[1], ids[0]];
            var appended = false;
            while (!appended)
            {
                var loaded = await store.Store.LoadAsync([.. order.Select(id => (id, Samples.Type))], [], default);
                try
                {
                    await store.Store.AppendAsync(
                        [.. order.Select(id => new StreamAppend(loaded[id], [new SampleMoved(writer)]))], Samples.Context, [], default);
                    appended = true;
                }
                catch (ConcurrencyConflict)
                {
                }
            }
        }));

        Assert.Equal(42, await store.ScalarAsync<long>("select count(*) from mt_events"));
    }

    [Fact]
    public async Task An_accompanying_command_that_meets_a_taken_key_undoes_the_append_and_names_the_key()
    {
        await store.ExecuteAsync("create table idempotency (key text constraint idempotency_key_taken primary key); insert into idempotency values ('a')");
        var loaded = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);

        var violation = await Assert.ThrowsAsync<UniqueViolation>(() => store.Store.AppendAsync(
            [new(loaded, [new SampleMoved(1)])], Samples.Context, [new NpgsqlBatchCommand("insert into idempotency values ('a')")], default));

        Assert.Equal("idempotency_key_taken", violation.ConstraintName);
        Assert.Equal(0, await store.ScalarAsync<long>("select count(*) from mt_events"));
    }

    [Fact]
    public async Task Queries_are_answered_along_with_a_load()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        var first = new ReadNumber("select 7");
        var second = new ReadNumber("select version::int from mt_streams");

        var loaded = await store.Store.LoadAsync([(Samples.Stream, Samples.Type)], [first, second], default);

        Assert.Equal((7, 1, 1), (first.Number, second.Number, loaded[Samples.Stream].Version));
    }

    [Fact]
    public async Task An_append_without_events_leaves_the_stream_alone()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));

        var history = await store.AppendAsync(Samples.Stream);

        Assert.Equal(1, history.Version);
    }

    private sealed class ReadNumber(string sql) : IReadAlong
    {
        public int Number { get; private set; }

        public NpgsqlBatchCommand Command() => new(sql);

        public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
        {
            await reader.ReadAsync(ct);
            Number = reader.GetInt32(0);
        }
    }
}
