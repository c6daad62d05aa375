using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Infrastructure.TamperEvidence;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.TamperEvidence;

/// <summary>A database with twelve events and three audit lines in three links each, as a service would have made them.</summary>
internal sealed class ChainedDatabase : IAsyncDisposable
{
    public static readonly CheckpointKey Key = new([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);

    private ChainedDatabase(TestDatabase database, TestStore store)
    {
        Database = database;
        Store = store;
        Sealing = Node();
        Checkpoints = new LogCheckpoints(store.DataSource, Sealing, Key, store.Clock);
    }

    public TestDatabase Database { get; }

    public TestStore Store { get; }

    public LogSealing Sealing { get; }

    public LogCheckpoints Checkpoints { get; }

    public static async Task<ChainedDatabase> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        var chained = new ChainedDatabase(database, await TestStore.OpenAsync(database.ConnectionString));
        for (var link = 0; link < 3; link++)
        {
            for (var number = 0; number < 4; number++)
                await chained.Store.AppendAsync(Guid.CreateVersion7(), Samples.Registered(Samples.Rahima, $"In link {link}"));
            await chained.NoteAsync();
            await chained.SealAsync();
        }

        return chained;
    }

    public LogSealing Node() => new(Store.DataSource, Store.Clock, NullLogger<LogSealing>.Instance);

    public Task NoteAsync() => Store.ExecuteAsync("insert into identity.audit (at, action, outcome, detail) values ('2026-03-04 05:06:07.123456+00', 'sign-in', 'done', 'é')");

    /// <summary>
    /// Seals all there is, in one link a log. The feed waits for the oldest transaction of the whole server, where other tests work; so does this, and what is
    /// sealed depends on nobody else.
    /// </summary>
    public async Task SealAsync()
    {
        await SettleAsync();
        await Sealing.CatchUpAsync();
    }

    /// <summary>Waits until everything written here may be sealed.</summary>
    public async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var isSettled = Store.DataSource.CreateCommand(
            """
            select not exists (select from mt_events where transaction_id >= pg_snapshot_xmin(pg_current_snapshot()))
                and not exists (select from identity.audit where transaction_id >= pg_snapshot_xmin(pg_current_snapshot()))
            """);
        while (!(bool)(await isSettled.ExecuteScalarAsync(patience.Token))!)
        {
        }
    }

    /// <summary>What is broken, in words.</summary>
    public async Task<string[]> VerifyAsync(ExportedCheckpoint? exported = null) =>
        [.. (await new LogVerification(Store.DataSource).VerifyAsync([Key.Public], exported, default)).Breaks.Select(found => found.ToString())];

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Database.DisposeAsync();
    }
}
