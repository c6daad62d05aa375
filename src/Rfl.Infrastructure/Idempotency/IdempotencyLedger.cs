using Npgsql;
using NpgsqlTypes;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Idempotency;

/// <summary>The answer that a request with this key got the first time. Holds ids and versions only, never a body.</summary>
public sealed record FirstAnswer(Guid? Id, long? Version, string? Location, bool Created);

/// <summary>
/// Remembers, per caller and <c>Idempotency-Key</c>, what a request was and what it got, in the transaction of its effect: a request whose answer was lost can be
/// sent again. Key and request are kept as keyed hashes, and the answer's id under another name: a partner's answer that stands here and not in its search was a
/// finding (rule 12).
/// </summary>
public sealed class IdempotencyLedger(LookupHash hash)
{
    /// <summary>The constraint by which a racing twin of the same request is noticed.</summary>
    public const string Constraint = "idempotency_record_pkey";

    public IdempotencyLookup Lookup(Guid caller, string key, string request) =>
        new(caller, hash.Of("idempotency-key", key), hash.Of("idempotent-request", request), hash.Cover);
}

/// <summary>One look into the ledger, read along with the streams of the command.</summary>
public sealed class IdempotencyLookup(Guid caller, byte[] keyHash, byte[] requestHash, InstallationCover cover) : IReadAlong
{
    /// <summary>What the same request was answered before; null where it is new.</summary>
    public FirstAnswer? Answer { get; private set; }

    /// <summary>The key was used before, for another request.</summary>
    public bool IsDifferentRequest { get; private set; }

    public NpgsqlBatchCommand Command() => new(
        "select request_hash, target_id, version, location, created from idempotency_record where caller_id = $1 and key_hash = $2")
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller }, new NpgsqlParameter<byte[]> { TypedValue = keyHash } },
    };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
            return;
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(requestHash))
        {
            IsDifferentRequest = true;
            return;
        }

        Answer = new FirstAnswer(
            reader.IsDBNull(1) ? null : cover.IdOf(reader.GetGuid(1)),
            reader.IsDBNull(2) ? null : reader.GetInt64(2),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            reader.GetBoolean(4));
    }

    /// <summary>Remembers the answer, in the transaction of the effect.</summary>
    public NpgsqlBatchCommand Remember(FirstAnswer answer, DateTimeOffset now) => new(
        """
        insert into idempotency_record (caller_id, key_hash, request_hash, target_id, version, location, created, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = caller },
            new NpgsqlParameter<byte[]> { TypedValue = keyHash },
            new NpgsqlParameter<byte[]> { TypedValue = requestHash },
            new NpgsqlParameter { Value = answer.Id is { } id ? cover.Alias(id) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new NpgsqlParameter { Value = (object?)answer.Version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new NpgsqlParameter { Value = (object?)answer.Location ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter<bool> { TypedValue = answer.Created },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
        },
    };
}
