using Npgsql;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Destroys a person's key, and with it everything sealed about them, and does nothing else. An erasure as people decide on it does more, in one transaction: see
/// <see cref="ErasureLedger"/>.
/// </summary>
public sealed class PersonErasure(NpgsqlDataSource dataSource, PersonKeyVault vault, TimeProvider clock)
{
    /// <summary>
    /// From now on the person's values are unreadable on every node, and nothing new can be stored about them. Erasing again changes nothing. A copy made
    /// earlier still holds the wrapped key: after a restore the erasures since have to be carried out again.
    /// </summary>
    /// <returns>When the person was erased: now, or earlier.</returns>
    public async Task<DateTimeOffset> ErasePersonAsync(PersonId person, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            insert into person_keys as k (person_id, key_id, kek_id, wrapped_key, created_at, erased_at) values ($1, $2, '', null, $3, $3)
            on conflict (person_id) do update set wrapped_key = null, erased_at = coalesce(k.erased_at, excluded.erased_at)
            returning key_id, erased_at
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person.Value });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        vault.Forget(reader.GetGuid(0));
        return reader.GetFieldValue<DateTimeOffset>(1);
    }
}
