using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Projections;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.Projections;

/// <summary>The feed goes on after a dump was restored into another cluster, whose transaction numbers are behind those in the rows.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_follower_goes_on_where_it_was_in_a_restored_database()
    {
        await using var database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        await using var store = await TestStore.OpenAsync(database.ConnectionString);
        await store.ExecuteAsync(Journal.Table);
        await store.ExecuteAsync("do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$");
        for (var step = 1; step <= 5; step++)
            await store.AppendAsync(Samples.Stream, new SampleMoved(step));
        await Runner(store).CatchUpAsync();
        // Not yet applied when the dump is made.
        await store.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));

        await using var restored = await Dump.RestoreElsewhereAsync(database.ConnectionString);
        await TestStore.MigrateAsync(restored.ConnectionString);
        await using var after = await TestStore.OpenAsync(restored.ConnectionString);
        Assert.True(await after.ScalarAsync<bool>("select pg_current_xact_id() < (select min(transaction_id) from mt_events)"));
        await after.AppendAsync(Samples.Stream, new SampleMoved(6));
        await after.AppendAsync(Guid.CreateVersion7(), Samples.Registered(Samples.Yonas, "Yonas"));
        await Runner(after).CatchUpAsync();

        Assert.Equal(8, await after.ScalarAsync<long>("select count(*) from journal"));
        Assert.Equal(
            await after.RowsAsync("select id from mt_events order by seq_id"),
            await after.RowsAsync("select event_id from journal order by place"));
        var history = await after.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        Assert.Equal(Personal.Of(Samples.Rahima, "Rahima"), ((SampleRegistered)history.Events[5].Event).Name);
    }

    [Fact]
    public async Task Starting_again_on_the_same_cluster_opens_no_epoch()
    {
        await using var database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        await using var store = await TestStore.OpenAsync(database.ConnectionString);

        await TestStore.MigrateAsync(database.ConnectionString);

        Assert.Equal(["(1)"], await store.RowsAsync("select epoch from feed_epochs"));
    }

    private static FeedRunner Runner(TestStore store) => new(
        store.DataSource,
        new EventFeed(store.Catalogue, store.Vault, NullLogger<EventFeed>.Instance),
        [new Journal()],
        store.Clock,
        NullLogger<FeedRunner>.Instance);
}
