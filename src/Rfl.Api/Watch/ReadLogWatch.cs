using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Policies;
using Rfl.Domain.Watch;
using Rfl.Infrastructure.Projections;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Watch;

/// <summary>
/// What in the read log is worth an alarm. Only new rows are looked at, in the log's own order and below the oldest transaction still running, so that none is
/// passed over; what they touch is counted by the hour of the clock through the index of viewers. Of a
/// watched case a look in vain is told of like any other, for whoever tries is whom the watch is there to notice; only those who have the case are left alone.
/// </summary>
public sealed class ReadLogWatch(NpgsqlDataSource database, UnreadableRows unreadable)
{
    /// <summary>Rows looked at in one go.</summary>
    public const int PageSize = 5_000;

    private const string Place = "access-watch";

    private const string Query =
        """
        with place as (
            select coalesce(max(feed_epoch), 0) as epoch, coalesce(max(transaction_id::text::bigint), 0)::text::xid8 as transaction, coalesce(max(last_seq_id), 0) as seq
            from mt_event_progression where name = 'access-watch'),
        fresh as materialized (
            select l.feed_epoch, l.transaction_id, l.seq, l.viewer, l.society, l.view, l.read_at, l.records, l.grounds, l.refused
            from read_log l, place
            where (l.feed_epoch, l.transaction_id, l.seq) > (place.epoch, place.transaction, place.seq)
                and (l.feed_epoch < (select max(epoch) from feed_epochs) or l.transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
            order by l.feed_epoch, l.transaction_id, l.seq limit @page),
        hours as (select distinct viewer, date_trunc('hour', read_at, 'UTC') as hour from fresh),
        counted as (
            select h.viewer, h.hour, n.opened, n.listed, n.refused
            from hours h cross join lateral (
                select count(distinct p.person) filter (where not l.refused and l.view not like '%-list' and l.view <> 'person-search') as opened,
                    count(distinct p.person) filter (where not l.refused) as listed,
                    count(distinct l.seq) filter (where l.refused) as refused
                from read_log l left join lateral unnest(l.persons) as p (person) on true
                where l.viewer = h.viewer and l.read_at >= h.hour and l.read_at < h.hour + interval '1 hour') n),
        found as (
            select 'ManyPersonsOpened' as kind, viewer, null::text as society, null::uuid as record, hour as from_at, hour + interval '1 hour' as until_at, opened as count
            from counted where opened >= @opened
            union all
            select 'ManyPersonsListed', viewer, null, null, hour, hour + interval '1 hour', listed from counted where listed >= @listed
            union all
            select 'ManyRefusals', viewer, null, null, hour, hour + interval '1 hour', refused from counted where refused >= @refused
            union all
            select case w.reason when 'Colleague' then 'ColleagueRead' else 'WellKnownCaseRead' end, f.viewer, null, w.case_id,
                date_trunc('day', f.read_at, 'UTC'), date_trunc('day', f.read_at, 'UTC') + interval '1 day', count(*)
            from fresh f cross join lateral unnest(f.records, f.grounds) as shown (record, ground)
            join watched_case_row w on w.case_id = shown.record
            where f.view not like '%-list'
                and (case when f.refused then not exists (select from case_row c where c.id = w.case_id and c.caseworker = f.viewer)
                    else shown.ground not in ('Assignment', 'DataProtection') end)
            group by 1, 2, 4, 5, 6)
        select 1 as part, kind, viewer, society, record, from_at, until_at, count::int, null::int as epoch, null::text as transaction, null::bigint as seq from found
        union all
        select 2, case kind when 'Flood' then 'BlindQueryFlood' else 'BlindQueryProbing' end, null, society, null, day::timestamp at time zone 'UTC',
            day::timestamp at time zone 'UTC' + interval '1 day', queries, null, null, null
        from enumeration_alarm e where raised_at > @since and not exists (
            select from access_alarm_row r where r.society = e.society and r.kind = 'BlindQuery' || e.kind and r.from_at = e.day::timestamp at time zone 'UTC')
        union all
        (select 3, null, null, null, null, null, null, null, feed_epoch, transaction_id::text, seq from fresh
        order by feed_epoch desc, transaction_id desc, seq desc limit 1)
        """;

    /// <returns>The alarms that follow from the next rows, and where these rows end; null where there are none.</returns>
    public async Task<(IReadOnlyList<AccessAlarmRaised> Alarms, FeedPosition? End)> NextAsync(WatchPolicy watch, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue("page", PageSize);
        command.Parameters.AddWithValue("opened", watch.PersonsOpenedPerHour);
        command.Parameters.AddWithValue("listed", watch.PersonsListedPerHour);
        command.Parameters.AddWithValue("refused", watch.RefusalsPerHour);
        command.Parameters.AddWithValue("since", now.AddDays(-2));
        var alarms = new List<AccessAlarmRaised>();
        FeedPosition? end = null;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetInt32(0) == 3)
            {
                end = new FeedPosition(
                    reader.GetInt32(8), ulong.Parse(reader.GetString(9), System.Globalization.CultureInfo.InvariantCulture), reader.GetInt64(10));
                continue;
            }

            if (unreadable.Row(reader, "enumeration_alarm", null).Word<AccessAlarmKind>("kind", 1) is not { } kind)
                continue;
            alarms.Add(new AccessAlarmRaised(
                kind,
                reader.IsDBNull(2) ? null : reader.GetGuid(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetGuid(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetInt32(7)));
        }

        return (alarms, end);
    }

    /// <summary>These rows were looked at: the next run begins behind them. A crash before this only finds the same alarms again.</summary>
    public async Task MoveAsync(FeedPosition end, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            insert into mt_event_progression (name, last_seq_id, last_updated, feed_epoch, transaction_id) values ($1, $2, $3, $4, $5)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated,
                feed_epoch = excluded.feed_epoch, transaction_id = excluded.transaction_id
            """);
        command.Parameters.AddWithValue(Place);
        command.Parameters.AddWithValue(end.Sequence);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(end.Epoch);
        command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = end.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 });
        await command.ExecuteNonQueryAsync(ct);
    }
}
