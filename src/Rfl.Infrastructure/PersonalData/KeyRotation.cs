using Npgsql;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Wraps every key again with the current key-encryption key, page by page while the service runs; events are not touched. First give every node the new key
/// as its current one and the old ones beside it; when this is done the old ones may go. A key that does not unwrap stops it, and stays as it was.
/// </summary>
public sealed class KeyRotation(NpgsqlDataSource dataSource, IKeyEncryptionKeys keyEncryptionKeys, KeyEncryptionStatus status, TimeProvider clock)
{
    private const int PageSize = 500;

    /// <param name="progress">Told the number of keys wrapped again so far.</param>
    /// <returns>How many keys were wrapped again.</returns>
    /// <exception cref="KeyEncryptionKeyUnavailableException">A key-encryption key is missing or wrong; nothing was changed.</exception>
    public async Task<long> RotateAsync(IProgress<long>? progress, CancellationToken ct)
    {
        status.RequireReady();
        var total = 0L;
        foreach (var old in await OldKeysAsync(ct))
        {
            int page;
            do
            {
                page = await RotatePageAsync(old, ct);
                total += page;
                progress?.Report(total);
            }
            while (page == PageSize);
            await RotateSecretsAndRetireAsync(old, ct);
        }

        return total;
    }

    private async Task<List<string>> OldKeysAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select kek_id from key_encryption_keys where retired_at is null and kek_id <> $1");
        command.Parameters.Add(new() { Value = keyEncryptionKeys.CurrentId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var old = new List<string>();
        while (await reader.ReadAsync(ct))
            old.Add(reader.GetString(0));
        return old;
    }

    private async Task<int> RotatePageAsync(string old, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var persons = new List<Guid>();
        var wrapped = new List<byte[]>();
        await using (var select = new NpgsqlCommand(
            """
            select person_id, key_id, wrapped_key from person_keys
            where kek_id = $1 and wrapped_key is not null order by person_id limit $2 for update
            """,
            connection))
        {
            select.Parameters.Add(new() { Value = old });
            select.Parameters.Add(new() { Value = PageSize });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                persons.Add(reader.GetGuid(0));
                wrapped.Add(WrapAgain(old, reader.GetFieldValue<byte[]>(2), PersonKeyVault.Context(reader.GetGuid(0), reader.GetGuid(1))));
            }
        }

        await using var update = new NpgsqlCommand(
            "update person_keys k set kek_id = $1, wrapped_key = n.wrapped from unnest($2, $3) as n (person_id, wrapped) where k.person_id = n.person_id",
            connection);
        update.Parameters.Add(new() { Value = keyEncryptionKeys.CurrentId });
        update.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. persons] });
        update.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. wrapped] });
        await update.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return persons.Count;
    }

    private async Task RotateSecretsAndRetireAsync(string old, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var secrets = new List<(string Name, byte[] Wrapped)>();
        await using (var select = new NpgsqlCommand("select name, secret_id, wrapped from wrapped_secrets where kek_id = $1 for update", connection))
        {
            select.Parameters.Add(new() { Value = old });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var name = reader.GetString(0);
                secrets.Add((name, WrapAgain(old, reader.GetFieldValue<byte[]>(2), PersonalDataStart.SecretContext(name, reader.GetGuid(1)))));
            }
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var (name, wrapped) in secrets)
        {
            batch.BatchCommands.Add(new("update wrapped_secrets set kek_id = $1, wrapped = $2 where name = $3")
            {
                Parameters = { new() { Value = keyEncryptionKeys.CurrentId }, new() { Value = wrapped }, new() { Value = name } },
            });
        }

        // A node that still writes with the old key keeps it in use; the next rotation finds what it wrote.
        batch.BatchCommands.Add(new(
            """
            update key_encryption_keys set retired_at = $1
            where kek_id = $2 and not exists (select from person_keys where kek_id = $2 and wrapped_key is not null)
            """)
        {
            Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = old } },
        });
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private byte[] WrapAgain(string old, byte[] wrapped, byte[] context) =>
        keyEncryptionKeys.Wrap(keyEncryptionKeys.Unwrap(old, wrapped, context), context);
}
