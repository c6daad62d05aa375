using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;
using Rfl.Infrastructure.TamperEvidence;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture.Checks;

/// <summary>What has to be true of an installation at rest, whatever happened to it. Every method answers what is wrong; nothing where all is right.</summary>
internal static class Truth
{
    /// <summary>Not made from events, written by the very act of rebuilding, or by running nodes of themselves.</summary>
    private const string NoViews =
        "'mt_streams', 'mt_event_progression', 'view_rebuilds', 'job_run', 'schema_migrations', 'log_link', 'log_checkpoint', 'log_verification', 'key_encryption_keys'";

    /// <summary>All of them.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(House house, Journal journal)
    {
        await using var database = house.Ask();
        return
        [
            .. journal.Complaints.Select(complaint => $"{complaint.Key} ({complaint.Value} times)"),
            .. await OnceAsync(database, journal),
            .. await DenseAsync(database),
            .. await DeadlinesAsync(database),
            .. await ViewsAsync(database, house.Inside),
            .. await ChainsAsync(house.Inside),
        ];
    }

    /// <summary>Every acknowledged command is there, and no command is there twice: by the clients' own journal.</summary>
    private static async Task<IReadOnlyList<string>> OnceAsync(NpgsqlDataSource database, Journal journal)
    {
        var transactions = new Dictionary<Guid, int>();
        await using var command = database.CreateCommand(
            "select correlation_id::uuid, count(distinct (feed_epoch, transaction_id)) from mt_events where correlation_id is not null group by 1");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            transactions[reader.GetGuid(0)] = (int)reader.GetInt64(1);
        return
        [
            .. journal.Entries.Select(entry => (entry, Times: transactions.GetValueOrDefault(entry.Command.Id)))
                .Where(one => one.Times > 1 || (one.Times == 0 && one.entry is { Acknowledged: true, Command.Always: true }) || (one.Times == 1 && one.entry is { Acknowledged: false, Status: not null }))
                .Select(one => $"{one.entry.Command.Kind} {one.entry.Command.Id} was answered {(int?)one.entry.Status} after {one.entry.Attempts} attempts and is there {one.Times} times"),
        ];
    }

    /// <summary>Versions run from 1 without a gap, and the stream knows its last one.</summary>
    public static Task<IReadOnlyList<string>> DenseAsync(NpgsqlDataSource database) => ListAsync(
        database,
        """
        select format('stream %s has %s events from version %s to %s and says %s', s.id, count(e.version), min(e.version), max(e.version), s.version)
        from mt_streams s left join mt_events e on e.stream_id = s.id
        group by s.id, s.version having count(e.version) <> s.version or min(e.version) <> 1 or max(e.version) <> s.version
        union all
        select format('event %s of stream %s belongs to no stream', e.version, e.stream_id) from mt_events e where not exists (select from mt_streams s where s.id = e.stream_id)
        """);

    /// <summary>No deadline fell twice, and none that is due has not fallen.</summary>
    private static Task<IReadOnlyList<string>> DeadlinesAsync(NpgsqlDataSource database) => ListAsync(
        database,
        """
        select format('deadline %s of stream %s fell %s times', data->'deadline', stream_id, count(*))
        from mt_events where data ? 'deadline' and type <> 'deadline-moved.v1' group by stream_id, data->'deadline' having count(*) > 1
        union all
        select format('deadline %s of stream %s was due at %s and has not fallen', kind, stream_id, due_at) from deadline where passed_at is null and due_at < now()
        """);

    /// <summary>How many deadlines fell.</summary>
    public static async Task<long> FallenAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select count(*) from mt_events where data ? 'deadline' and type <> 'deadline-moved.v1'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The rows of every view are those that a rebuild from the events gives. Sealed values are compared by their length: they are sealed anew each time.</summary>
    private static async Task<IReadOnlyList<string>> ViewsAsync(NpgsqlDataSource database, IServiceProvider inside)
    {
        var feed = inside.GetRequiredService<FeedRunner>();
        await feed.CatchUpAsync();
        await inside.GetRequiredService<PolicyReader>().ReadAsync(CancellationToken.None);
        var before = await RowsAsync(database);
        var rebuilder = inside.GetRequiredService<ViewRebuilder>();
        var failed = new List<string>();
        foreach (var view in inside.GetServices<IInlineView>().Select(view => view.Name).Concat(inside.GetServices<IFeedProjection>().Select(view => view.Name)))
        {
            if (await rebuilder.RebuildAsync(view, null, CancellationToken.None) is { StreamsFailed: > 0 } rebuilt)
                failed.Add($"{rebuilt.StreamsFailed} streams of view {view} could not be rebuilt");
        }

        await feed.CatchUpAsync();
        var after = await RowsAsync(database);
        return
        [
            .. failed,
            .. from table in before.Keys.Union(after.Keys)
               let lost = before[table].Except(after[table]).ToList()
               let gained = after[table].Except(before[table]).ToList()
               where lost.Count + gained.Count > 0
               select $"{table} differs from its rebuild: {lost.Count} rows were not given again, {gained.Count} are new; first {lost.Concat(gained).First()}",
        ];
    }

    /// <summary>The logs are as they were written, by their hash chains.</summary>
    private static async Task<IReadOnlyList<string>> ChainsAsync(IServiceProvider inside)
    {
        await inside.GetRequiredService<LogSealing>().CatchUpAsync();
        var verified = await inside.GetRequiredService<LogVerification>().VerifyAsync(null, null, CancellationToken.None);
        return verified is { IsIntact: true, Rows: 0 } ? ["the hash chains cover nothing"] : [.. verified.Breaks.Select(one => one.ToString())];
    }

    private static async Task<Dictionary<string, HashSet<string>>> RowsAsync(NpgsqlDataSource database)
    {
        var tables = await ListAsync(
            database,
            $"""
            select format('%s|%s', c.table_name, string_agg(case
                when c.data_type = 'bytea' then format('octet_length(%I)', c.column_name)
                when c.table_name = 'match_record' and c.column_name = 'compared_by' then 'true' -- the nightly comparing's own note
                else format('%I::text', c.column_name) end, ', ' order by c.ordinal_position))
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not in ({NoViews}) and c.table_name not like 'qrtz%'
                -- the append-only logs
                and not exists (select from information_schema.columns k where k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = 'feed_epoch')
            group by c.table_name
            """);
        var rows = new Dictionary<string, HashSet<string>>();
        foreach (var (table, columns) in tables.Select(table => (table.Split('|')[0], table.Split('|')[1])))
            rows[table] = [.. await ListAsync(database, string.Create(CultureInfo.InvariantCulture, $"select row({columns})::text from {table}"))];
        return rows;
    }

    private static async Task<IReadOnlyList<string>> ListAsync(NpgsqlDataSource database, string query)
    {
        await using var command = database.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }
}
