using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Deadlines;

/// <summary>
/// What is waited for, as rows: the open deadlines that follow from a stream's facts, each with the instant that the policy in force gives it, or that
/// its passing recorded. A change of policy rewrites the instants of deadlines that have not passed (docs/adr/0060).
/// </summary>
public abstract class DeadlineRows<TState, TEvent>(StreamKind<TState, TEvent> kind, PolicyInForce policy) : IInlineView
    where TEvent : IDomainEvent
{
    public string StreamType => kind.Name;

    public string Name => $"{kind.Name}-deadlines";

    public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer)
    {
        var state = kind.Fold(after);
        var rows = Rows(state);
        // One command changes one or two deadlines of several; the others are compared and not written.
        yield return new NpgsqlBatchCommand(
            """
            delete from deadline d
            where d.stream_id = $1 and not exists (
                select from unnest($2, $3, $4, $5) as row (kind, subject, since, occurrence)
                where row.kind = d.kind and row.subject = d.subject and row.since = d.since and row.occurrence = d.occurrence)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                Array(rows.Select(row => row.Open.Key.Kind.ToString())),
                Array(rows.Select(row => row.Open.Key.Subject)),
                Array(rows.Select(row => row.Open.Key.Since)),
                Array(rows.Select(row => row.Open.Key.Occurrence)),
            },
        };
        if (rows.Count == 0)
            yield break;
        yield return new NpgsqlBatchCommand(
            """
            insert into deadline as d (stream_id, stream_type, case_id, kind, subject, since, occurrence, due_at, passed_at, moved, urgent, country, partner)
            select $1, $2, $3, kind, subject, since, occurrence, due_at, passed_at, moved, urgent, country, partner
            from unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                as row (kind, subject, since, occurrence, due_at, passed_at, moved, urgent, country, partner)
            on conflict on constraint deadline_pkey do update set case_id = excluded.case_id, due_at = excluded.due_at, passed_at = excluded.passed_at,
                moved = excluded.moved, urgent = excluded.urgent, country = excluded.country, partner = excluded.partner
            where (d.case_id, d.due_at, d.passed_at, d.moved, d.urgent, d.country, d.partner) is distinct from
                (excluded.case_id, excluded.due_at, excluded.passed_at, excluded.moved, excluded.urgent, excluded.country, excluded.partner)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = after.Id },
                new NpgsqlParameter<string> { TypedValue = kind.Name },
                new NpgsqlParameter<Guid> { TypedValue = CaseOf(after.Id, state) },
                Array(rows.Select(row => row.Open.Key.Kind.ToString())),
                Array(rows.Select(row => row.Open.Key.Subject)),
                Array(rows.Select(row => row.Open.Key.Since)),
                Array(rows.Select(row => row.Open.Key.Occurrence)),
                Array(rows.Select(row => row.DueAt)),
                new NpgsqlParameter { Value = rows.Select(row => row.Open.PassedAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                Array(rows.Select(row => row.Open.MovedTo is not null)),
                Array(rows.Select(row => row.Open.Scope.Urgent)),
                new NpgsqlParameter { Value = rows.Select(row => row.Open.Scope.Country).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter { Value = rows.Select(row => row.Open.Scope.Partner).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
    }

    private List<(OpenDeadline Open, DateTimeOffset DueAt)> Rows(TState state) =>
        [.. from open in Open(state) let due = policy.Current.DueAt(open) where due is not null select (open, due.Value)];

    protected abstract IEnumerable<OpenDeadline> Open(TState state);

    /// <summary>The request whose worklists show the deadline.</summary>
    protected abstract Guid CaseOf(Guid streamId, TState state);

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };
}

public sealed class TracingRequestDeadlineRows(PolicyInForce policy) : DeadlineRows<TracingRequest, ITracingRequestEvent>(StreamKinds.TracingRequest, policy)
{
    protected override IEnumerable<OpenDeadline> Open(TracingRequest state) => TracingRequestDeadlines.Of(state);

    protected override Guid CaseOf(Guid streamId, TracingRequest state) => streamId;
}

public sealed class PartnerSearchDeadlineRows(PolicyInForce policy) : DeadlineRows<PartnerSearch, IPartnerSearchEvent>(StreamKinds.PartnerSearch, policy)
{
    protected override IEnumerable<OpenDeadline> Open(PartnerSearch state) => PartnerSearchDeadlines.Of(state);

    protected override Guid CaseOf(Guid streamId, PartnerSearch state) =>
        state is PartnerSearch.Existing { File.Preparation: var prepared } ? prepared.TracingRequestId.Value : streamId;
}

/// <summary>The circle's deadlines: never read by a worklist outside it, and chased by a job of their own.</summary>
public sealed class DisclosureDeadlineRows(PolicyInForce policy) : DeadlineRows<Disclosure, IDisclosureEvent>(StreamKinds.Disclosure, policy)
{
    protected override IEnumerable<OpenDeadline> Open(Disclosure state) => DisclosureDeadlines.Of(state);

    /// <summary>No worklist of a request shows it, and its row must not lead to the request.</summary>
    protected override Guid CaseOf(Guid streamId, Disclosure state) => streamId;
}

/// <summary>The legal deadlines of data subjects' requests: they belong to no case and stand in the data-protection officer's worklist alone.</summary>
public sealed class DataSubjectRequestDeadlineRows(PolicyInForce policy)
    : DeadlineRows<DataSubjectRequest, IDataSubjectRequestEvent>(StreamKinds.DataSubjectRequest, policy)
{
    protected override IEnumerable<OpenDeadline> Open(DataSubjectRequest state) => DataSubjectRequestDeadlines.Of(state);

    protected override Guid CaseOf(Guid streamId, DataSubjectRequest state) => streamId;
}
