using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.Projections;

/// <summary>How far each projection has come, in <c>mt_event_progression</c>, and the lock that leaves each to one node at a time.</summary>
internal static class FeedCheckpoints
{
    /// <summary>
    /// Takes the projection for this transaction and says where it stands; null when another node has it. The lock ends with the transaction, so a lost
    /// node cannot keep it.
    /// </summary>
    public static async Task<FeedPosition?> TryTakeAsync(NpgsqlConnection connection, string projection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select pg_try_advisory_xact_lock(hashtextextended($1, 5918))") { Parameters = { new NpgsqlParameter<string> { TypedValue = "feed:" + projection } } },
                Select(projection),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(0))
            return null;
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? new FeedPosition(reader.GetInt32(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2)) : default;
    }

    /// <summary>As <see cref="TryTakeAsync"/>, but waits for the other node to finish its batch.</summary>
    public static async Task TakeAsync(NpgsqlConnection connection, string projection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 5918))", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "feed:" + projection });
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task MoveAsync(NpgsqlConnection connection, string projection, FeedPosition position, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into mt_event_progression (name, last_seq_id, last_updated, feed_epoch, transaction_id) values ($1, $2, $3, $4, $5)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated,
                feed_epoch = excluded.feed_epoch, transaction_id = excluded.transaction_id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projection });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position.Sequence });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = position.Epoch });
        command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = position.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Select(string projection) =>
        new("select feed_epoch, transaction_id, coalesce(last_seq_id, 0) from mt_event_progression where name = $1")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projection } },
        };
}
