using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Deadlines;
using Rfl.Domain.BreakGlass;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;
using Glass = Rfl.Domain.BreakGlass.BreakGlass;

namespace Rfl.Api.BreakGlass;

/// <summary>One row a break-glass: who looks at which case until when. Reads of that case ask for it.</summary>
public sealed class BreakGlassRows : IInlineView
{
    public string StreamType => StreamKinds.BreakGlass.Name;

    public string Name => "break-glass-rows";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        if (StreamKinds.BreakGlass.Fold(after) is not Glass.Existing glass)
            yield break;
        var review = (glass as Glass.Reviewed)?.Review;
        yield return new NpgsqlBatchCommand(
            """
            insert into break_glass_row (id, version, case_id, viewer, reason, opened_at, ends_at, judgement, reviewed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do update set version = excluded.version, ends_at = excluded.ends_at, judgement = excluded.judgement, reviewed_by = excluded.reviewed_by
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<long> { TypedValue = after.Version },
                new NpgsqlParameter<Guid> { TypedValue = glass.Opening.TracingRequestId.Value },
                new NpgsqlParameter<Guid> { TypedValue = glass.Opening.OpenedBy },
                new NpgsqlParameter<string> { TypedValue = glass.Opening.Reason.ToString() },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = glass.OpenedAt },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = glass.EndsAt },
                new NpgsqlParameter { Value = (object?)review?.Judgement.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter { Value = (object?)review?.ReviewedBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
    }
}

/// <summary>The review that is waited for. It is nobody's case that waits, so that no worklist of cases counts it.</summary>
public sealed class BreakGlassDeadlineRows(PolicyInForce policy) : DeadlineRows<Glass, IBreakGlassEvent>(StreamKinds.BreakGlass, policy)
{
    protected override IEnumerable<OpenDeadline> Open(Glass state) => BreakGlassDeadlines.Of(state);

    protected override Guid CaseOf(Guid streamId, Glass state) => streamId;
}
