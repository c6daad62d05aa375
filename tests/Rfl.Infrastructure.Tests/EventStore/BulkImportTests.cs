using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.EventStore;

public sealed class BulkImportTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private TestStore store = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        await using (var dataSource = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var table = dataSource.CreateCommand(SampleView.Table))
            await table.ExecuteNonQueryAsync();
        store = await TestStore.OpenAsync(database.ConnectionString, views: [new SampleView()]);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    private BulkImport Import => new(store.DataSource, store.Catalogue, store.Vault, store.Views);

    [Fact]
    public async Task Imported_streams_are_as_if_they_had_been_appended_when_their_facts_happened()
    {
        var earlier = Samples.Now.AddDays(-40);
        IDomainEvent[] events = [Samples.Registered(Samples.Rahima, "رحیمه"), new SampleMoved(1), new SampleCompanionsNamed([Personal.Of(Samples.Yonas, "ዮናስ")], new DateOnly(2026, 1, 2))];
        var appended = Guid.CreateVersion7();

        await Import.ImportAsync([new(Samples.Stream, Samples.Type, [(events[0], earlier), (events[1], earlier.AddTicks(7)), (events[2], Samples.Now)])], Samples.Context, default);
        await store.AppendAsync(appended, events);

        var imported = await store.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        Assert.Equal(events, imported.Events.Select(recorded => recorded.Event));
        Assert.Equal((3, 3), (imported.Version, imported.Events[2].Version));
        Assert.Equal([earlier, earlier, Samples.Now], imported.Events.Select(recorded => recorded.Metadata.OccurredAt));
        Assert.Equal([earlier, earlier, Samples.Now], imported.Events.Select(recorded => recorded.Metadata.RecordedAt));
        Assert.Equal(Samples.Context.ActorId, imported.Events[0].Metadata.ActorId);
        // In whole microseconds, as the database keeps it: a deadline is known by the instant it runs from.
        Assert.Equal(imported.Events[0].Metadata.OccurredAt, imported.Events[1].Metadata.OccurredAt);
        // The same persons, so the same keys: the rows differ in nothing but the stream.
        Assert.Equal(1, await store.ScalarAsync<long>(
            "select count(distinct (version, data, type, mt_dotnet_type, persons)) from mt_events where version = 1"));
        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from sample_view"));
        await store.AppendAsync(Samples.Stream, new SampleMoved(2));
        Assert.Equal(4, (await store.Store.LoadAsync(Samples.Stream, Samples.Type, default)).Version);
    }

    [Fact]
    public async Task One_stream_that_is_there_already_keeps_all_of_them_out()
    {
        await store.AppendAsync(Samples.Stream, new SampleMoved(1));
        var other = Guid.CreateVersion7();

        await Assert.ThrowsAsync<PostgresException>(() => Import.ImportAsync(
            [new(other, Samples.Type, [(new SampleMoved(1), Samples.Now)]), new(Samples.Stream, Samples.Type, [(new SampleMoved(2), Samples.Now)])], Samples.Context, default));

        Assert.Equal(0, (await store.Store.LoadAsync(other, Samples.Type, default)).Version);
        Assert.Equal(1, (await store.Store.LoadAsync(Samples.Stream, Samples.Type, default)).Version);
    }
}
