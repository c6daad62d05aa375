using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.PersonalData;

/// <param name="Wrapped">How many keys were wrapped again.</param>
/// <param name="Damaged">How many did not unwrap; they stay as they were, and so does the key-encryption key that they name.</param>
public readonly record struct RotationResult(long Wrapped, long Damaged);

/// <summary>A key-encryption key that must be kept beside the current one.</summary>
/// <param name="IsWrittenWith">A node wraps new persons' keys with it, or did within the last minute.</param>
public readonly record struct NeededKey(string Id, bool IsWrittenWith);

/// <summary>
/// Wraps every key again with the current key-encryption key, page by page while the service runs; events are not touched. First give every node the new key
/// beside the old ones, then make it the current one; the old ones may go when none is still needed (<see cref="StillNeededAsync"/>).
/// </summary>
public sealed partial class KeyRotation(NpgsqlDataSource dataSource, IKeyEncryptionKeys keyEncryptionKeys, KeyEncryptionStatus status, TimeProvider clock, ILogger<KeyRotation> logger)
{
    /// <summary>Of a row <c>k</c> of key_encryption_keys. A key that was retired is needed again when something turns up that is wrapped with it.</summary>
    internal const string IsNeeded =
        """
        (k.retired_at is null
            or exists (select from person_keys p where p.kek_id = k.kek_id and p.wrapped_key is not null)
            or exists (select from wrapped_secrets s where s.kek_id = k.kek_id))
        """;

    private const int PageSize = 500;

    /// <param name="progress">Told the number of keys wrapped again so far.</param>
    /// <param name="inUseFor">
    /// Does nothing until the current key has been in use for so long: while nodes are given a new key one by one, those that do not have it yet could not read
    /// what is wrapped with it.
    /// </param>
    /// <exception cref="KeyEncryptionKeyUnavailableException">A key-encryption key is missing or wrong; nothing was changed.</exception>
    public async Task<RotationResult> RotateAsync(IProgress<long>? progress, CancellationToken ct, TimeSpan inUseFor = default)
    {
        status.RequireReady();
        var total = default(RotationResult);
        foreach (var old in await OldKeysAsync(inUseFor, ct))
        {
            var last = Guid.Empty;
            while (await RotatePageAsync(old, last, ct) is { } page)
            {
                last = page.Last;
                total = new RotationResult(total.Wrapped + page.Wrapped, total.Damaged + page.Damaged);
                progress?.Report(total.Wrapped);
            }

            await RotateSecretsAndRetireAsync(old, ct);
        }

        return total;
    }

    /// <summary>Keys other than the current one without which something could not be read, now or in a minute.</summary>
    public async Task<IReadOnlyList<NeededKey>> StillNeededAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            $"select k.kek_id, coalesce(k.written_with_until > clock_timestamp(), false) from key_encryption_keys k where k.kek_id <> $1 and {IsNeeded} order by 1");
        command.Parameters.Add(new() { Value = keyEncryptionKeys.CurrentId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var needed = new List<NeededKey>();
        while (await reader.ReadAsync(ct))
            needed.Add(new NeededKey(reader.GetString(0), reader.GetBoolean(1)));
        return needed;
    }

    private async Task<List<string>> OldKeysAsync(TimeSpan inUseFor, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            $"""
            select k.kek_id from key_encryption_keys k where k.kek_id <> $1 and {IsNeeded}
              and exists (select from key_encryption_keys where kek_id = $1 and first_used_at <= $2)
            """);
        command.Parameters.Add(new() { Value = keyEncryptionKeys.CurrentId });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() - inUseFor });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var old = new List<string>();
        while (await reader.ReadAsync(ct))
            old.Add(reader.GetString(0));
        return old;
    }

    /// <returns>Null where no key is left after that of the last person.</returns>
    private async Task<(Guid Last, int Wrapped, int Damaged)?> RotatePageAsync(string old, Guid last, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var persons = new List<Guid>();
        var wrapped = new List<byte[]>();
        var damaged = 0;
        await using (var select = new NpgsqlCommand(
            """
            select person_id, key_id, wrapped_key from person_keys
            where kek_id = $1 and wrapped_key is not null and person_id > $2 order by person_id limit $3 for update
            """,
            connection))
        {
            select.Parameters.Add(new() { Value = old });
            select.Parameters.Add(new() { Value = last });
            select.Parameters.Add(new() { Value = PageSize });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                last = reader.GetGuid(0);
                if (TryWrapAgain(old, reader.GetFieldValue<byte[]>(2), PersonKeyVault.Context(last, reader.GetGuid(1))) is { } again)
                {
                    persons.Add(last);
                    wrapped.Add(again);
                }
                else
                {
                    damaged++;
                    LogDamaged(last);
                }
            }
        }

        if (persons.Count + damaged == 0)
            return null;
        await using var update = new NpgsqlCommand(
            "update person_keys k set kek_id = $1, wrapped_key = n.wrapped from unnest($2, $3) as n (person_id, wrapped) where k.person_id = n.person_id",
            connection);
        update.Parameters.Add(new() { Value = keyEncryptionKeys.CurrentId });
        update.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. persons] });
        update.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. wrapped] });
        await update.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return (last, persons.Count, damaged);
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

        // A node that still writes with the old key keeps it needed; a later rotation finds what it wrote.
        batch.BatchCommands.Add(new(
            """
            update key_encryption_keys set retired_at = $1
            where kek_id = $2 and retired_at is null and coalesce(written_with_until < clock_timestamp(), true)
              and not exists (select from person_keys where kek_id = $2 and wrapped_key is not null)
            """)
        {
            Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = old } },
        });
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private byte[]? TryWrapAgain(string old, byte[] wrapped, byte[] context)
    {
        try
        {
            return WrapAgain(old, wrapped, context);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] WrapAgain(string old, byte[] wrapped, byte[] context) =>
        keyEncryptionKeys.Wrap(keyEncryptionKeys.Unwrap(old, wrapped, context), context);

    [LoggerMessage(LogLevel.Error, "The key of person {Person} is damaged and was not wrapped again; what is known of them cannot be read. The old key-encryption key stays in use.")]
    private partial void LogDamaged(Guid person);
}
