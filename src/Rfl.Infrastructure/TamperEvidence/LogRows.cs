using Npgsql;
using NpgsqlTypes;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>A row of a chained log as it is now.</summary>
internal readonly record struct LogRow(FeedPosition Position, byte[] Hash);

/// <summary>Reads the rows of a chained log with their hashes, in the feed's order.</summary>
internal static class LogRows
{
    /// <summary>The settled rows after a place: no transaction that is still running can add one among them (ADR 21).</summary>
    public static Task<List<LogRow>> SettledAsync(
        NpgsqlConnection connection, ChainedLog log, string hash, FeedPosition after, int limit, CancellationToken ct) => ReadAsync(
        new NpgsqlCommand(
            $"""
            {Select(log, hash)} where {Place(log)} > ($1, $2, $3)
              and (r.feed_epoch < (select max(epoch) from feed_epochs) or r.transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
            {Order(log)} limit {limit}
            """,
            connection),
        [after],
        ct);

    public static Task<List<LogRow>> BetweenAsync(
        NpgsqlConnection connection, ChainedLog log, string hash, FeedPosition after, FeedPosition to, CancellationToken ct) => ReadAsync(
        new NpgsqlCommand($"{Select(log, hash)} where {Place(log)} > ($1, $2, $3) and {Place(log)} <= ($4, $5, $6) {Order(log)}", connection),
        [after, to],
        ct);

    /// <summary>Of the last row committed; the default where there is none.</summary>
    public static async Task<FeedPosition> LastAsync(NpgsqlConnection connection, ChainedLog log, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select feed_epoch, transaction_id, {log.Sequence} from {log.Table} order by feed_epoch desc, transaction_id desc, {log.Sequence} desc limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new FeedPosition(reader.GetInt32(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2)) : default;
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, ChainedLog log, long row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select exists (select from {log.Table} where {log.Sequence} = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string Select(ChainedLog log, string hash) =>
        $"select r.feed_epoch, r.transaction_id, r.{log.Sequence}, {hash} from {log.Table} r";

    private static string Place(ChainedLog log) => $"(r.feed_epoch, r.transaction_id, r.{log.Sequence})";

    private static string Order(ChainedLog log) => $"order by r.feed_epoch, r.transaction_id, r.{log.Sequence}";

    private static async Task<List<LogRow>> ReadAsync(NpgsqlCommand command, FeedPosition[] places, CancellationToken ct)
    {
        await using var disposed = command;
        foreach (var place in places)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = place.Epoch });
            command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = place.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = place.Sequence });
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<LogRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new LogRow(
                new FeedPosition(reader.GetInt32(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2)),
                reader.GetFieldValue<byte[]>(3)));
        }

        return rows;
    }
}
