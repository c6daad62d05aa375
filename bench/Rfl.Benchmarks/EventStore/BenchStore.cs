using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Benchmarks.Measuring;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Store = Rfl.Infrastructure.EventStore.EventStore;

namespace Rfl.Benchmarks.EventStore;

/// <summary>The event store on an empty database, with and without a view.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private static readonly KeyEncryptionKeys keyEncryptionKeys = new([new byte[32]]);

    private BenchStore(NpgsqlDataSource dataSource, PersonKeyVault vault)
    {
        DataSource = dataSource;
        Vault = vault;
        Plain = new Store(dataSource, BenchEvents.Catalogue, vault, [], TimeProvider.System);
        WithView = new Store(dataSource, BenchEvents.Catalogue, vault, [new BenchView()], TimeProvider.System);
    }

    public NpgsqlDataSource DataSource { get; }

    public PersonKeyVault Vault { get; }

    public Store Plain { get; }

    public Store WithView { get; }

    public static async Task<BenchStore> OpenAsync(BenchServer server, bool emptyFirst = true)
    {
        if (emptyFirst)
            await server.EmptyAsync();
        var dataSource = PostgresDataSource.Create(server.ConnectionString);
        await new DatabaseMigrator(dataSource, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(default);
        await using (var table = dataSource.CreateCommand(BenchView.Table))
            await table.ExecuteNonQueryAsync();
        var (status, hash) = (new KeyEncryptionStatus(), new LookupHash());
        await new PersonalDataStart(
            dataSource, keyEncryptionKeys, status, hash, TimeProvider.System, NullLogger<PersonalDataStart>.Instance).RunAsync(default);
        return new BenchStore(dataSource, new PersonKeyVault(keyEncryptionKeys, status, hash, NullLogger<PersonKeyVault>.Instance));
    }

    /// <summary>The ciphers of these persons, as a hand would keep them.</summary>
    public async Task<Dictionary<Guid, AesGcm>> CiphersAsync(Guid[] persons)
    {
        var ciphers = new Dictionary<Guid, AesGcm>();
        await using var command = DataSource.CreateCommand("select person_id, key_id, kek_id, wrapped_key from person_keys where person_id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = persons });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            byte[] context = [.. "rfl person key v1"u8, .. reader.GetGuid(0).ToByteArray(bigEndian: true), .. reader.GetGuid(1).ToByteArray(bigEndian: true)];
            ciphers[reader.GetGuid(0)] = new AesGcm(keyEncryptionKeys.Unwrap(reader.GetString(2), reader.GetFieldValue<byte[]>(3), context), 16);
        }

        return ciphers;
    }

    public async ValueTask DisposeAsync()
    {
        Vault.Dispose();
        await DataSource.DisposeAsync();
    }
}
