using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.Projections;

public sealed class ViewRebuilderTests : IAsyncLifetime
{
    private const string AllRows = "select * from sample_view order by stream_id";
    private TestDatabase database = null!;
    private TestStore store = null!;
    private EventFeed feed = null!;
    private ViewRebuilder rebuilder = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        store = await TestStore.OpenAsync(database.ConnectionString, views: [new SampleView()]);
        await store.ExecuteAsync(SampleView.Table);
        await store.ExecuteAsync(Journal.Table);
        feed = new EventFeed(store.Catalogue, store.Vault, NullLogger<EventFeed>.Instance);
        rebuilder = new ViewRebuilder(
            store.DataSource, store.Catalogue, store.Vault, feed, store.Views, [new Journal()], store.Clock, NullLogger<ViewRebuilder>.Instance);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_rows_to_the_byte()
    {
        for (var i = 0; i < 30; i++)
            await store.AppendAsync(Guid.CreateVersion7(), Samples.Registered(PersonId.From(Guid.CreateVersion7()), $"Person {i}"), new SampleMoved(i));
        var live = await store.RowsAsync(AllRows);
        await store.ExecuteAsync("update sample_view set name = null, step = -1 where step < 10; delete from sample_view where step > 20");

        var progress = await rebuilder.RebuildAsync("samples", null, default);

        Assert.Equal(live, await store.RowsAsync(AllRows));
        Assert.Equal(new RebuildProgress("samples", 30, 30, 0), progress);
        Assert.Equal(["(samples,30,30,0,t)"], await store.RowsAsync(
            "select view_name, streams_total, streams_done, streams_failed, finished_at is not null from view_rebuilds"));
    }

    [Fact]
    public async Task A_rebuild_while_writers_run_ends_with_the_rows_the_writers_left()
    {
        Guid[] streams = [.. Enumerable.Range(0, 2 * ViewRebuilder.PageSize).Select(_ => Guid.CreateVersion7())];
        await Parallel.ForEachAsync(streams, async (stream, _) =>
            await store.AppendAsync(stream, Samples.Registered(PersonId.From(stream), "Somebody"), new SampleMoved(0)));
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var step = 1; !stop.IsCancellationRequested; step++)
            {
                try
                {
                    await store.AppendAsync(streams[random.Next(streams.Length)], new SampleMoved(step));
                }
                catch (ConcurrencyConflict)
                {
                }
            }
        })));

        for (var time = 0; time < 3; time++)
            await rebuilder.RebuildAsync("samples", null, default);
        await stop.CancelAsync();
        await writing;

        var left = await store.RowsAsync(AllRows);
        Assert.Equal(0, await store.ScalarAsync<long>("select count(*) from sample_view v join mt_streams s on s.id = v.stream_id where v.version <> s.version"));
        await rebuilder.RebuildAsync("samples", null, default);
        Assert.Equal(left, await store.RowsAsync(AllRows));
    }

    [Fact]
    public async Task One_damaged_stream_keeps_its_rows_and_the_others_are_rebuilt()
    {
        Guid[] streams = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var stream in streams)
            await store.AppendAsync(stream, new SampleMoved(7));
        await store.ExecuteAsync($"update mt_events set data = '[]' where stream_id = '{streams[1]}'; update sample_view set step = 0");

        var progress = await rebuilder.RebuildAsync("samples", null, default);

        Assert.Equal((3, 1), (progress.StreamsDone, progress.StreamsFailed));
        Assert.Equal(["(7)", "(0)", "(7)"], await store.RowsAsync($"select step from sample_view order by array_position('{{{string.Join(',', streams)}}}'::uuid[], stream_id)"));
    }

    [Fact]
    public async Task After_an_erasure_a_rebuild_leaves_the_placeholder()
    {
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"), new SampleMoved(1));
        await store.Erasure.ErasePersonAsync(Samples.Rahima, default);

        var progress = await rebuilder.RebuildAsync("samples", null, default);

        Assert.Equal(0, progress.StreamsFailed);
        Assert.Equal(["(0,,1)"], await store.RowsAsync("select length(name), name_hash, step from sample_view"));
    }

    [Fact]
    public async Task A_feed_projection_is_replayed_and_goes_on_from_there()
    {
        for (var step = 1; step <= 5; step++)
            await store.AppendAsync(Samples.Stream, new SampleMoved(step));
        var runner = new FeedRunner(store.DataSource, feed, [new Journal()], store.Clock, NullLogger<FeedRunner>.Instance);
        await runner.CatchUpAsync();
        await store.ExecuteAsync("delete from journal where version < 3");

        await rebuilder.RebuildAsync("journal", null, default);
        Assert.Equal(5, await store.ScalarAsync<long>("select count(*) from journal"));
        await store.AppendAsync(Samples.Stream, new SampleMoved(6));
        await runner.CatchUpAsync();

        Assert.Equal(6, await store.ScalarAsync<long>("select count(*) from journal"));
    }
}
