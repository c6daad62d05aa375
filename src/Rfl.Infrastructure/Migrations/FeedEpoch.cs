using Npgsql;
using Rfl.Infrastructure.TamperEvidence;

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
        await open.ExecuteNonQueryAsync(ct);
        await UseAsync(connection, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Rows of every chained log are written with the latest epoch, also those of a table that came with a later migration.</summary>
    private static async Task UseAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var statements = new List<string>();
        await using (var behind = new NpgsqlCommand(
            """
            select format('alter table %s alter column feed_epoch set default %s', a.attrelid::regclass, latest.epoch)
            from (select max(epoch) as epoch from feed_epochs) latest, unnest($1) as log (name)
            join pg_attribute a on a.attrelid = log.name::regclass and a.attname = 'feed_epoch'
            join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where pg_get_expr(d.adbin, d.adrelid) <> latest.epoch::text
            """,
            connection))
        {
            behind.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ChainedLog.All.Select(log => log.Table)] });
            await using var reader = await behind.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                statements.Add(reader.GetString(0));
        }

        foreach (var statement in statements)
        {
            await using var use = new NpgsqlCommand(statement, connection);
            await use.ExecuteNonQueryAsync(ct);
        }
    }
}
