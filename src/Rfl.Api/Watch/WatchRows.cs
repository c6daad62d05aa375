using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Watch;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Casework.RowParameters;

namespace Rfl.Api.Watch;

/// <summary>One row for each case that is watched now.</summary>
public sealed class WatchedCaseRows : IInlineView
{
    public string StreamType => StreamKinds.WatchedCase.Name;

    public string Name => "watched-case-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        var put = after.Events.Select(recorded => recorded.Event).OfType<CasePutUnderWatch>().Last();
        yield return new NpgsqlBatchCommand("delete from watched_case_row where case_id = $1")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = put.TracingRequestId.Value } },
        };
        if (StreamKinds.WatchedCase.Fold(after) is not WatchedCase.Watched)
            yield break;
        yield return new NpgsqlBatchCommand("insert into watched_case_row (case_id, version, reason, account, since) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = put.TracingRequestId.Value },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<string> { TypedValue = put.Reason.ToString() },
                new NpgsqlParameter { Value = (object?)put.Account ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Events[^1].Metadata.RecordedAt },
            },
        };
    }
}

/// <summary>One row an alarm: who, what kind, how many; the note of its handling is in the events.</summary>
public sealed class AccessAlarmRows : IInlineView
{
    public string StreamType => StreamKinds.AccessAlarm.Name;

    public string Name => "access-alarm-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        var raised = (AccessAlarmRaised)after.Events[0].Event;
        var handled = (StreamKinds.AccessAlarm.Fold(after) as AccessAlarm.Handled)?.Handling;
        yield return new NpgsqlBatchCommand(
            """
            insert into access_alarm_row (id, version, kind, viewer, society, record, from_at, until_at, count, raised_at, outcome, handled_by, handled_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (id) do update set version = excluded.version, outcome = excluded.outcome, handled_by = excluded.handled_by, handled_at = excluded.handled_at
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<string> { TypedValue = raised.Kind.ToString() },
                Nullable(raised.Viewer, NpgsqlDbType.Uuid),
                Nullable(raised.Society, NpgsqlDbType.Text),
                Nullable(raised.Record, NpgsqlDbType.Uuid),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = raised.From },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = raised.Until },
                new NpgsqlParameter<int> { TypedValue = raised.Count },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Events[0].Metadata.RecordedAt },
                Nullable(handled?.Outcome.ToString(), NpgsqlDbType.Text),
                Nullable(handled?.By, NpgsqlDbType.Uuid),
                Nullable(handled is null ? null : after.Events[^1].Metadata.RecordedAt, NpgsqlDbType.TimestampTz),
            },
        };
    }
}
