using Npgsql;

namespace Rfl.Infrastructure.Projections;

internal static class FeedPositions
{
    /// <summary>Of the last event committed; the default when there is none.</summary>
    public static Task<FeedPosition> LastPositionAsync(this NpgsqlDataSource dataSource, CancellationToken ct) => ReadAsync(
        dataSource.CreateCommand(
            "select feed_epoch, transaction_id, seq_id from mt_events order by feed_epoch desc, transaction_id desc, seq_id desc limit 1"),
        ct);

    /// <summary>Where a projection stands.</summary>
    public static Task<FeedPosition> PositionAsync(this NpgsqlDataSource dataSource, string projection, CancellationToken ct)
    {
        var command = dataSource.CreateCommand(
            "select feed_epoch, transaction_id, coalesce(last_seq_id, 0) from mt_event_progression where name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projection });
        return ReadAsync(command, ct);
    }

    private static async Task<FeedPosition> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? new FeedPosition(reader.GetInt32(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2)) : default;
        }
    }
}
