using Npgsql;

namespace Rfl.Infrastructure.Migrations;

/// <summary>
/// Transaction numbers order the feed, and they restart when a dump is restored into another cluster. So each cluster the data has lived in is an epoch:
/// when the latest one is not this cluster's, the next is opened before anything is written here. Stored rows keep theirs and stay first in the order.
/// </summary>
internal static class FeedEpoch
{
    public static async Task OpenForThisClusterAsync(NpgsqlDataSource dataSource, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var open = new NpgsqlCommand(
            """
            lock table feed_epochs in exclusive mode;
            insert into feed_epochs (epoch, system_identifier, started_at)
            select coalesce(latest.epoch, 0) + 1, here.system_identifier, @now
            from pg_control_system() here
            left join (select epoch, system_identifier from feed_epochs order by epoch desc limit 1) latest on true
            where latest.system_identifier is distinct from here.system_identifier
            returning epoch;
            """,
            connection);
        open.Parameters.AddWithValue("now", clock.GetUtcNow());
        if (await open.ExecuteScalarAsync(ct) is int epoch)
        {
            await using var use = new NpgsqlCommand($"alter table mt_events alter column feed_epoch set default {epoch}", connection);
            await use.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
