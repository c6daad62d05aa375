using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.Projections;

public sealed class FeedTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private TestStore store = null!;
    private EventFeed feed = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString);
        feed = new EventFeed(store.Catalogue, store.Vault, NullLogger<EventFeed>.Instance);
        await store.ExecuteAsync(Journal.Table);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task An_event_whose_transaction_commits_late_is_not_passed_over()
    {
        await store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(1));
        var settled = await ReadToAsync(default, 1);
        await using var late = await store.DataSource.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await InsertByHandAsync(late, 2);
        await store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(3));

        Assert.Empty((await ReadAsync(settled.Position)).Steps);
        await transaction.CommitAsync();

        Assert.Equal([2, 3], (await ReadToAsync(settled.Position, 2)).Steps);
    }

    [Fact]
    public async Task Under_racing_writers_followers_meet_every_event_exactly_once()
    {
        const int writers = 12;
        const int appends = 40;
        // Two nodes follow for the same projection; the journal's key tells when both apply a batch.
        FeedRunner[] nodes = [Runner(), Runner()];
        foreach (var node in nodes)
            await node.StartAsync(default);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            var random = new Random(writer);
            for (var i = 0; i < appends; i++)
            {
                await using var connection = await store.DataSource.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await InsertByHandAsync(connection, i);
                // Others commit greater sequences while this one stays open.
                if (random.Next(2) == 0)
                    await store.AppendAsync(Guid.CreateVersion7(), new SampleMoved(i));
                if (random.Next(10) == 0)
                    await transaction.RollbackAsync();
                else
                    await transaction.CommitAsync();
            }
        }));
        await nodes[0].CatchUpAsync();
        foreach (var node in nodes)
            await node.StopAsync(default);

        Assert.Empty(nodes.SelectMany(node => node.Failing));
        Assert.True(await store.ScalarAsync<long>("select count(*) from mt_events") > writers * appends);
        Assert.Equal(
            await store.RowsAsync("select id from mt_events order by id"),
            await store.RowsAsync("select event_id from journal order by event_id"));
    }

    [Fact]
    public async Task A_projection_that_fails_tries_the_same_events_again_and_skips_none()
    {
        for (var step = 1; step <= 3; step++)
            await store.AppendAsync(Samples.Stream, new SampleMoved(step));
        var runner = Runner(new Journal { FailuresLeft = 2 });

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.CatchUpAsync());
        Assert.Equal(0, await store.ScalarAsync<long>("select count(*) from journal"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.CatchUpAsync());
        await runner.CatchUpAsync();

        Assert.Equal(["(1)", "(2)", "(3)"], await store.RowsAsync("select version from journal order by place"));
    }

    [Fact]
    public async Task A_damaged_event_does_not_stop_the_feed()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(1), new SampleMoved(2), new SampleMoved(3));
        await store.ExecuteAsync("""update mt_events set data = '{"step": "damaged"}' where version = 2""");

        await Runner().CatchUpAsync();

        Assert.Equal(["(1,SampleMoved)", "(2,UnreadableEvent)", "(3,SampleMoved)"], await store.RowsAsync("select version, kind from journal order by version"));
    }

    [Fact]
    public async Task An_event_unknown_to_this_build_waits_for_a_newer_one()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));
        await store.ExecuteAsync("update mt_events set type = 'sample-of-tomorrow.v1'");

        Assert.False((await Assert.ThrowsAsync<UnreadableEventException>(() => Runner().CatchUpAsync())).IsKnown);
        Assert.Equal(0, await store.ScalarAsync<long>("select count(*) from mt_event_progression"));
    }

    [Fact]
    public async Task The_lag_is_the_age_of_the_oldest_event_not_applied()
    {
        var lag = new FeedLag(store.DataSource, [new Journal()], store.Clock);
        Assert.Equal(TimeSpan.Zero, (await lag.MeasureAsync(default)).Single().Behind);
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));
        store.Clock.Now += TimeSpan.FromSeconds(30);
        await store.AppendAsync(Samples.Stream, new SampleMoved(2));

        Assert.Equal(TimeSpan.FromSeconds(30), (await lag.MeasureAsync(default)).Single().Behind);
        await Runner().CatchUpAsync();
        Assert.Equal(TimeSpan.Zero, (await lag.MeasureAsync(default)).Single().Behind);
    }

    private FeedRunner Runner(Journal? journal = null) =>
        new(store.DataSource, feed, [journal ?? new Journal()], store.Clock, NullLogger<FeedRunner>.Instance);

    private async Task<(IReadOnlyList<int> Steps, FeedPosition Position)> ReadAsync(FeedPosition after)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync();
        var page = await feed.ReadAsync(connection, after, 100, default);
        return ([.. page.Events.Select(recorded => ((SampleMoved)recorded.Event).Step)], page.Position);
    }

    /// <summary>Reads until so many events are settled: transactions elsewhere in the cluster may hold the feed back for a moment.</summary>
    private async Task<(IReadOnlyList<int> Steps, FeedPosition Position)> ReadToAsync(FeedPosition after, int count)
    {
        while (true)
        {
            if (await ReadAsync(after) is var page && page.Steps.Count >= count)
                return page;
        }
    }

    /// <summary>An append in a transaction that the test holds open.</summary>
    private static async Task InsertByHandAsync(NpgsqlConnection connection, int step)
    {
        await using var command = new NpgsqlCommand(
            """
            with stream as (insert into mt_streams (id, type, version) values ($1, 'sample', 1))
            insert into mt_events (id, stream_id, version, data, type) values (gen_random_uuid(), $1, 1, jsonb_build_object('step', $2), 'sample-moved.v1')
            """,
            connection);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new() { Value = step });
        await command.ExecuteNonQueryAsync();
    }
}
