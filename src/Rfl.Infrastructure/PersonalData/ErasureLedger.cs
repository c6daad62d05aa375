using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>One person was erased. Holds nothing personal, and says nothing to whoever has no database with the person's id in it.</summary>
/// <param name="Ground">A code.</param>
/// <param name="Request">The data subject's request that asked for it; null where none did.</param>
public sealed record ErasedPerson(PersonId Person, DateTimeOffset ErasedAt, string Ground, Guid? Request);

/// <summary>
/// The ledger of erasures in the database, written in the transaction that destroys the key. Every node reads what is new in it, forgets the keys, and keeps the
/// same lines in a file (<see cref="ErasureFile"/>).
/// </summary>
public sealed class ErasureLedger(NpgsqlDataSource dataSource)
{
    /// <summary>What one reading found, and from where the next one goes on.</summary>
    public sealed record Page(IReadOnlyList<(ErasedPerson Erased, Guid KeyId)> Erasures, ulong Next);

    /// <summary>
    /// The commands that erase a person: the key is destroyed, so that nothing sealed about them opens on any node or in any copy that the ledger reaches, and the
    /// ledger says so. A person without a key gets an empty one: nothing can be stored about them either.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Erase(ErasedPerson erased)
    {
        yield return new NpgsqlBatchCommand(
            """
            insert into person_keys as k (person_id, key_id, kek_id, wrapped_key, created_at, erased_at) values ($1, $2, '', null, $3, $3)
            on conflict (person_id) do update set wrapped_key = null, erased_at = coalesce(k.erased_at, excluded.erased_at)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = erased.Person.Value },
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = erased.ErasedAt },
            },
        };
        yield return new NpgsqlBatchCommand(
            "insert into erasure_ledger (person_id, erased_at, ground, request) values ($1, $2, $3, $4) on conflict (person_id) do nothing")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = erased.Person.Value },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = erased.ErasedAt },
                new NpgsqlParameter<string> { TypedValue = erased.Ground },
                new NpgsqlParameter { Value = (object?)erased.Request ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
    }

    /// <summary>Whether anybody could have been erased yet.</summary>
    public async Task<bool> KnowsPersonsAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select exists (select from person_keys)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Erasures committed since the last reading; some may come twice. By transaction, not by number: a number drawn earlier may be committed later.
    /// </summary>
    /// <param name="from">What the last page named as next; 0 for all.</param>
    public async Task<Page> ReadAsync(ulong from, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select pg_snapshot_xmin(pg_current_snapshot()), l.person_id, l.erased_at, l.ground, l.request, k.key_id
            from (select 1) here
            left join (erasure_ledger l join person_keys k on k.person_id = l.person_id)
                on $1 = '0'::xid8 or (l.feed_epoch = (select max(epoch) from feed_epochs) and l.transaction_id >= $1)
            order by l.erased_at, l.person_id
            """);
        command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = from, NpgsqlDbType = NpgsqlDbType.Xid8 });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var erasures = new List<(ErasedPerson, Guid)>();
        var next = from;
        while (await reader.ReadAsync(ct))
        {
            next = reader.GetFieldValue<ulong>(0);
            if (reader.IsDBNull(1))
                continue;
            erasures.Add((
                new ErasedPerson(
                    new PersonId(reader.GetGuid(1)), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetGuid(4)),
                reader.GetGuid(5)));
        }

        return new Page(erasures, next);
    }
}
