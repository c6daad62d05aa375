using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Deadlines;
using Rfl.Domain.Breaches;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Casework.RowParameters;

namespace Rfl.Api.Breaches;

/// <summary>One row a breach: dates and numbers.</summary>
public sealed class BreachRows : IInlineView
{
    public string StreamType => StreamKinds.Breach.Name;

    public string Name => "breach-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.Breach.Fold(after) is not Breach.Existing breach)
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into breach_row (id, version, aware_at, recorded_at, natures, risk, affected, notified_at, subjects_informed, closed)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (id) do update set version = excluded.version, risk = excluded.risk, affected = excluded.affected, notified_at = excluded.notified_at,
                subjects_informed = excluded.subjects_informed, closed = excluded.closed
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = breach.Recording.AwareAt.ToUniversalTime() },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = breach.RecordedAt },
                new NpgsqlParameter<string[]> { TypedValue = [.. breach.Recording.Natures.Select(nature => nature.ToString())] },
                Nullable(breach.Assessment?.Risk.ToString(), NpgsqlDbType.Text),
                Nullable(breach.Assessment?.Affected ?? breach.Recording.Affected, NpgsqlDbType.Integer),
                Nullable(breach.Notification?.NotifiedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz),
                new NpgsqlParameter<bool> { TypedValue = breach.Information is not null },
                new NpgsqlParameter<bool> { TypedValue = breach is Breach.Closed },
            },
        };
    }
}

/// <summary>The clock of the authority's notification; on no worklist of cases.</summary>
public sealed class BreachDeadlineRows(PolicyInForce policy) : DeadlineRows<Breach, IBreachEvent>(StreamKinds.Breach, policy)
{
    protected override IEnumerable<OpenDeadline> Open(Breach state) => BreachDeadlines.Of(state);

    protected override Guid CaseOf(Guid streamId, Breach state) => streamId;
}
