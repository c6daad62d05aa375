using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// At start: compares the key-encryption keys at hand with those the database is written with, and unwraps the installation's secrets. A missing or wrong
/// key is told in the log and on health; the service then serves what needs no personal data, and writes none.
/// </summary>
public sealed partial class PersonalDataStart(
    NpgsqlDataSource dataSource,
    IKeyEncryptionKeys keyEncryptionKeys,
    KeyEncryptionStatus status,
    LookupHash lookupHash,
    TimeProvider clock,
    ILogger<PersonalDataStart> logger)
{
    internal const string LookupSecret = "lookup-hash";
    private const long RegistrationLock = 0x52464C_4B454B; // "RFLKEK"

    public async Task RunAsync(CancellationToken ct)
    {
        var problem = keyEncryptionKeys.Problem ?? await RegisterAsync(ct);
        status.Set(problem);
        if (problem is null)
            await UseLookupSecretAsync(ct);
        else
            LogProblem(problem);
    }

    internal static byte[] SecretContext(string name, Guid secretId) =>
        [.. "rfl secret v1 "u8, .. System.Text.Encoding.UTF8.GetBytes(name), .. secretId.ToByteArray(bigEndian: true)];

    /// <summary>Two nodes may start at once on an empty database with different keys: the second is told that it has the wrong one.</summary>
    private async Task<string?> RegisterAsync(CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var locking = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = RegistrationLock } } })
            await locking.ExecuteNonQueryAsync(ct);

        var missing = new List<string>();
        await using (var registered = new NpgsqlCommand($"select k.kek_id from key_encryption_keys k where {KeyRotation.IsNeeded}", connection))
        {
            await using var reader = await registered.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (!keyEncryptionKeys.Ids.Contains(reader.GetString(0)))
                    missing.Add(reader.GetString(0));
            }
        }

        if (missing.Count > 0)
        {
            return $"this database is written with the key-encryption keys {string.Join(", ", missing)}, which are not at hand (at hand: "
                + $"{string.Join(", ", keyEncryptionKeys.Ids)}). Put them back into PersonalData:KeyFile, or PersonalData:Key and PersonalData:PreviousKeys.";
        }

        await using var register = new NpgsqlCommand(
            """
            insert into key_encryption_keys (kek_id, first_used_at) values ($1, $2)
            on conflict (kek_id) do update set retired_at = null where key_encryption_keys.retired_at is not null
            """,
            connection);
        register.Parameters.Add(new() { Value = keyEncryptionKeys.CurrentId });
        register.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await register.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task UseLookupSecretAsync(CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var wrapped = keyEncryptionKeys.Wrap(RandomNumberGenerator.GetBytes(32), SecretContext(LookupSecret, id));
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into wrapped_secrets (name, secret_id, kek_id, wrapped, created_at) values ($1, $2, $3, $4, $5) on conflict (name) do nothing")
                {
                    Parameters =
                    {
                        new() { Value = LookupSecret }, new() { Value = id }, new() { Value = keyEncryptionKeys.CurrentId }, new() { Value = wrapped },
                        new() { Value = clock.GetUtcNow() },
                    },
                },
                new("select secret_id, kek_id, wrapped from wrapped_secrets where name = $1") { Parameters = { new() { Value = LookupSecret } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        lookupHash.Use(keyEncryptionKeys.Unwrap(
            reader.GetString(1), reader.GetFieldValue<byte[]>(2), SecretContext(LookupSecret, reader.GetGuid(0))));
    }

    [LoggerMessage(LogLevel.Critical, "Personal data can be neither read nor written: {Problem}")]
    private partial void LogProblem(string problem);
}
