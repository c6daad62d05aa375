using Npgsql;
using Rfl.Api.Matches;
using Rfl.Domain.BlindQueries;
using Rfl.Domain.Matching;
using Rfl.Domain.Policies;

namespace Rfl.Api.BlindQueries;

/// <summary>Counts what a partner asks, and raises an alarm where it looks like trying out names: many in an hour, or many about people who sound alike.</summary>
public sealed class BlindQueryWatch(NpgsqlDataSource database, MatchIndex index, TimeProvider clock)
{
    public const string Flood = "Flood";
    public const string Probing = "Probing";

    public async Task<int> CountOfDayAsync(string society, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select count(*)::int from blind_query_row where society = $1 and received_at >= $2");
        command.Parameters.AddWithValue(society);
        command.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-1));
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task RaiseAlarmsAsync(string society, ComparedPerson asked, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            insert into enumeration_alarm (society, kind, day, raised_at, queries)
            select $1, counted.kind, $2, $3, counted.queries
            from (
                select $4 as kind, count(*)::int as queries, $5 as most from match_search where society = $1 and searched_at > $3 - interval '1 hour'
                union all
                select $6, count(*)::int, $7 from match_search s
                where s.society = $1 and s.searched_at > $3 - interval '1 day'
                    and (select count(*) from unnest(s.keys) as k where k = any($8)) >= least(2, cardinality($8))) as counted
            where counted.queries >= counted.most
            on conflict (society, kind, day) do update set queries = excluded.queries
            """);
        command.Parameters.AddWithValue(society);
        command.Parameters.AddWithValue(WorkingCalendar.DayOf(now));
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(Flood);
        command.Parameters.AddWithValue(BlindQueryRules.FloodPerHour);
        command.Parameters.AddWithValue(Probing);
        command.Parameters.AddWithValue(BlindQueryRules.ProbesPerDay);
        command.Parameters.AddWithValue(Array.ConvertAll(index.SoundsOf(asked), key => (long)key));
        await command.ExecuteNonQueryAsync(ct);
    }
}
