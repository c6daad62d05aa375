using Npgsql;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Reads;

namespace Rfl.Infrastructure.Identity;

/// <summary>Whom an API key stands for, as one lookup by the hash of its secret tells.</summary>
public sealed record ApiKeyHolder(Viewer Viewer, IReadOnlyList<string> Scopes);

/// <summary>Recognises API keys and notes their use once an hour, in the key's row and in the audit.</summary>
public sealed class ApiKeyDirectory(NpgsqlDataSource database, TimeProvider clock, UnreadableRows unreadable)
{
    private static readonly TimeSpan usesNotedEvery = TimeSpan.FromHours(1);

    /// <summary>The holder, or null when the key is unknown, expired or revoked, or nobody can read what it opens.</summary>
    /// <param name="key">The key as presented.</param>
    /// <param name="ipHash">Where it came from, for the audit.</param>
    /// <param name="cancel">Ends the lookup.</param>
    public async Task<ApiKeyHolder?> Find(ApiKeyText key, byte[]? ipHash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            select k.role, k.society, k.scopes, coalesce(k.last_used_at <= $4, true)
            from identity.api_key_secrets s join identity.api_keys k on k.id = s.key_id
            where s.hash = $1 and k.id = $2 and s.expires_at > $3 and k.expires_at > $3 and k.revoked_at is null
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = IdentitySecrets.Hash(key.Secret) });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.Id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - usesNotedEvery });
        ApiKeyHolder holder;
        bool firstUse;
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            if (!await row.ReadAsync(cancel) || unreadable.Row(row, "identity.api_keys", key.Id).Word<Role>("role", 0) is not { } role)
                return null;
            holder = new ApiKeyHolder(new Viewer(key.Id, [role], Society: row.GetString(1)), row.GetFieldValue<string[]>(2));
            firstUse = row.GetBoolean(3);
        }

        if (firstUse)
            await NoteUse(key.Id, ipHash, now, cancel);
        return holder;
    }

    private async Task NoteUse(Guid key, byte[]? ipHash, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            with first as (
                update identity.api_keys set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3) returning id)
            insert into identity.audit (at, action, outcome, actor_id, subject_id, ip_hash) select $2, $4, $5, id, id, $6 from first
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - usesNotedEvery });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AuditAction.ApiKeyUsed });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AuditOutcome.Done });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)ipHash ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
