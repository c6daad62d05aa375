using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Testing;
using Store = Rfl.Infrastructure.EventStore.EventStore;

namespace Rfl.Infrastructure.Tests.EventStore;

/// <summary>One node's store on a database, wired as the service does it, without the host.</summary>
public sealed class TestStore : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    private TestStore(string connectionString, IKeyEncryptionKeys keys, IReadOnlyList<IInlineView> views, EventCatalogue? catalogue)
    {
        DataSource = PostgresDataSource.Create(connectionString);
        Keys = keys;
        Catalogue = catalogue ?? EventCatalogue.Of([typeof(SampleRegistered), typeof(SampleMoved), typeof(SampleCompanionsNamed)]);
        Vault = new PersonKeyVault(keys, Status, LookupHash, NullLogger<PersonKeyVault>.Instance);
        Views = views;
        Store = new Store(DataSource, Catalogue, Vault, views, Clock);
        Erasure = new PersonErasure(DataSource, Vault, Clock);
        Reader = new PersonalDataReader(DataSource, Vault);
        Rotation = new KeyRotation(DataSource, keys, Status, Clock, NullLogger<KeyRotation>.Instance);
    }

    public FixedClock Clock { get; } = new(Samples.Now);

    public NpgsqlDataSource DataSource { get; }

    public IKeyEncryptionKeys Keys { get; }

    public KeyEncryptionStatus Status { get; } = new();

    public LookupHash LookupHash { get; } = new();

    public EventCatalogue Catalogue { get; }

    public PersonKeyVault Vault { get; }

    public IReadOnlyList<IInlineView> Views { get; }

    public Store Store { get; }

    public PersonErasure Erasure { get; }

    public PersonalDataReader Reader { get; }

    public KeyRotation Rotation { get; }

    public KeyInUse InUse => new(DataSource, Keys, Status, NullLogger<KeyInUse>.Instance);

    /// <summary>A store on a migrated database, with its keys checked as at the service's start.</summary>
    public static async Task<TestStore> OpenAsync(
        string connectionString, IKeyEncryptionKeys? keys = null, IReadOnlyList<IInlineView>? views = null, EventCatalogue? catalogue = null)
    {
        var store = new TestStore(connectionString, keys ?? new KeyEncryptionKeys([Key]), views ?? [], catalogue);
        await new PersonalDataStart(
            store.DataSource, store.Keys, store.Status, store.LookupHash, store.Clock, NullLogger<PersonalDataStart>.Instance).RunAsync(default);
        return store;
    }

    public static async Task MigrateAsync(string connectionString)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await new DatabaseMigrator(dataSource, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(default);
    }

    /// <summary>Loads and appends, as a handler does.</summary>
    public async Task<StreamHistory> AppendAsync(Guid stream, params IDomainEvent[] events)
    {
        var loaded = await Store.LoadAsync(stream, Samples.Type, default);
        return (await Store.AppendAsync([new StreamAppend(loaded, events)], Samples.Context, [], default))[0];
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All rows of a query as text, one line each.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand($"select t::text from ({sql}) t");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Vault.Dispose();
        await DataSource.DisposeAsync();
    }
}

/// <summary>A migrated database of the test class's own.</summary>
public sealed class MigratedDatabase() : DatabaseFixture("migrated", TestStore.MigrateAsync);
