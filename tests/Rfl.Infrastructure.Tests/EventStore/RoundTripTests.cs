using Npgsql;
using Rfl.Infrastructure.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.EventStore;

/// <summary>A load, and an append with its views, keys and accompanying commands, cost one network round trip each: one Sync on the wire.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private SyncCountingProxy proxy = null!;
    private TestStore store = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        proxy = SyncCountingProxy.Start(database.ConnectionString);
        store = await TestStore.OpenAsync(proxy.ConnectionString, views: [new SampleView()]);
        await store.ExecuteAsync(SampleView.Table);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await proxy.DisposeAsync();
        await database.DisposeAsync();
    }

    // The third time statements are prepared, the first time they are not: both must hold.
    [Fact]
    public async Task Loading_and_appending_take_one_round_trip_each()
    {
        for (var time = 0; time < 3; time++)
        {
            Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7()];
            var before = proxy.Syncs;
            var loaded = await store.Store.LoadAsync([.. ids.Select(id => (id, Samples.Type))], [], default);
            var afterLoad = proxy.Syncs;
            var appended = await store.Store.AppendAsync(
                [
                    new(loaded[ids[0]], [Samples.Registered(Domain.Common.PersonId.From(Guid.CreateVersion7()), "Rahima"), new SampleMoved(1)]),
                    new(loaded[ids[1]], [Samples.Registered(Domain.Common.PersonId.From(Guid.CreateVersion7()), "Yonas")]),
                ],
                Samples.Context,
                [new NpgsqlBatchCommand("select 1")],
                default);
            var afterAppend = proxy.Syncs;
            await store.Store.AppendAsync([.. appended.Select(history => new StreamAppend(history, [new SampleMoved(2)]))], Samples.Context, [], default);

            Assert.Equal((1, 1, 1), (afterLoad - before, afterAppend - afterLoad, proxy.Syncs - afterAppend));
        }

        Assert.Equal(6, await store.ScalarAsync<long>("select count(*) from sample_view where step = 2"));
    }
}
