using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Retentions;

/// <summary>What would go, what was proposed, and what went.</summary>
public static class ReadingRetention
{
    public static void Map(IEndpointRouteBuilder retention)
    {
        retention.MapGet("/preview", Preview)
            .WithName("PreviewRetention")
            .WithSummary("What would be due on a day under the policy in force: how many of each kind, and the oldest with their references");
        retention.MapGet("/proposals", Proposals)
            .WithName("ListRetentionProposals")
            .WithSummary("Records proposed to go, and what became of them; the latest first");
    }

    /// <param name="on">A day, at the Society; today where left out.</param>
    public static async Task<QueryAnswer<RetentionPreview>> Preview(DateOnly? on, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new PreviewRetention(on), ct)).ToHttp();

    public static async Task<QueryAnswer<Page<RetentionProposalView>>> Proposals(
        RetentionStatus? status, RetentionKind? kind, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListRetentionProposals(status, kind, cursor, limit ?? Page<RetentionProposalView>.DefaultLimit), ct)).ToHttp();
}

public sealed record RetentionPreview(DateOnly On, ValueList<RetentionPreviewOfKind> Kinds);

/// <param name="Keeps">How long the policy keeps records of this kind after their end.</param>
/// <param name="Automatic">Whether they go without approval.</param>
/// <param name="Due">How many records; of those without a record of their own, how many rows.</param>
/// <param name="Records">The oldest of them, at most a hundred; none where they have no reference.</param>
public sealed record RetentionPreviewOfKind(RetentionKind Kind, Period Keeps, bool Automatic, long Due, ValueList<RetentionRecordView> Records);

/// <param name="Reference">Of a request; absent for other records.</param>
public sealed record RetentionRecordView(Guid RecordId, string? Reference, DateTimeOffset EndedAt);

/// <param name="DecidedBy">The account that approved or postponed; absent where nobody did and the policy carries it out by itself.</param>
/// <param name="KeptBy">What about its persons keeps a proposed or approved record; it goes once nothing does.</param>
/// <param name="PersonsKept">Who stand in another record that is kept.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record RetentionProposalView(
    Guid RecordId,
    RetentionKind? Kind,
    string? Reference,
    DateTimeOffset EndedAt,
    DateTimeOffset ProposedAt,
    RetentionStatus? Status,
    Guid? DecidedBy,
    DateOnly? PostponedUntil,
    PostponementReason? Reason,
    DateTimeOffset? CarriedOutAt,
    int? PersonsErased,
    int? PersonsKept,
    RetentionObstacle? KeptBy,
    bool IsUnreadable);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("retention-preview")]
public sealed record PreviewRetention(DateOnly? On) : IQuery<RetentionPreview>;

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("retention-proposal-list")]
public sealed record ListRetentionProposals(RetentionStatus? Status, RetentionKind? Kind, string? Cursor, int Limit) : IQuery<Page<RetentionProposalView>>;

public sealed class ReadingRetentionHandler(NpgsqlDataSource database, PolicyReader policies, ReadLog reads, Cursors cursors, TimeProvider clock, UnreadableRows unreadable)
    : IQueryHandler<PreviewRetention, RetentionPreview>, IQueryHandler<ListRetentionProposals, Page<RetentionProposalView>>
{
    private const int RecordsShown = 100;

    private static readonly string proposalsQuery =
        $"""
        with page as (
            select record_id, kind, reference, ended_at, proposed_at, status, decided_by, postponed_until, reason, carried_out_at, persons_erased, persons_kept,
                (select {RetentionRecords.ObstacleOf("own.ids")} from (select {RetentionRecords.PersonsOf("p.record_id")} as ids) own
                    where p.status in ('Proposed', 'Approved')),
                record_id as log_record, '{nameof(ReadGround.DataProtection)}' as log_ground, '{"{}"}'::uuid[] as log_persons
            from retention_proposal_row p
            where (@status::text is null or status = @status) and (@kind::text is null or kind = @kind)
                and (@after_proposed::timestamptz is null or proposed_at < @after_proposed or (proposed_at = @after_proposed and record_id > @after_record))
            order by proposed_at desc, record_id
            limit @limit),
        {ReadLogSql.PageLogged}
        select * from page
        """;

    private readonly record struct Place(DateTimeOffset ProposedAt, Guid Record);

    public async Task<QueryOutcome<RetentionPreview>> Handle(PreviewRetention query, CancellationToken ct)
    {
        var (policy, now) = (await policies.ReadAsync(ct), clock.GetUtcNow());
        // Of a day to come, all of it.
        var on = query.On ?? WorkingCalendar.DayOf(now);
        var moment = on <= WorkingCalendar.DayOf(now) || on == DateOnly.MaxValue ? now : WorkingCalendar.StartOf(on.AddDays(1));
        var kinds = new List<RetentionPreviewOfKind>();
        foreach (var (kind, rule) in policy.Retention.OrderBy(rule => rule.Key))
            kinds.Add(await PreviewAsync(kind, rule, RetentionDecider.EndedBefore(rule, moment), ct));
        // Records are named, persons are not.
        await reads.WriteAsync(query, [.. kinds.SelectMany(kind => kind.Records).Select(record => new Shown(record.RecordId, nameof(ReadGround.DataProtection), []))], ct);
        return new RetentionPreview(on, kinds.ToValueList());
    }

    private async Task<RetentionPreviewOfKind> PreviewAsync(RetentionKind kind, RetentionRule rule, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = database.CreateCommand(kind switch
        {
            RetentionKind.IdempotencyRecord => "select null::uuid, null, null::timestamptz, count(*) from idempotency_record where recorded_at < $1",
            RetentionKind.JobRecord => "select null::uuid, null, null::timestamptz, count(*) from job_run where started_at < $1",
            _ =>
                """
                select r.record_id, r.reference, r.ended_at, count(*) over ()
                from retention_row r left join retention_proposal_row p on p.record_id = r.record_id
                where r.kind = $2 and r.ended_at <= $1 and (p.record_id is null or p.status <> 'CarriedOut' or p.ended_at <> r.ended_at)
                order by r.ended_at, r.record_id
                limit $3
                """,
        });
        command.Parameters.AddWithValue(before);
        if (kind.HoldsPersons())
        {
            command.Parameters.AddWithValue(kind.ToString());
            command.Parameters.AddWithValue(RecordsShown);
        }

        var (records, due) = (new List<RetentionRecordView>(), 0L);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            due = reader.GetInt64(3);
            if (!reader.IsDBNull(0))
                records.Add(new RetentionRecordView(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return new RetentionPreviewOfKind(kind, rule.Keeps, rule.Automatic, due, records.ToValueList());
    }

    public async Task<QueryOutcome<Page<RetentionProposalView>>> Handle(ListRetentionProposals query, CancellationToken ct)
    {
        var list = $"retention-proposals:{query.Status}:{query.Kind}";
        var (page, problem) = PageRequest<Place>.Read(cursors, list, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<RetentionProposalView>>.Invalid([problem!]);
        await using var command = database.CreateCommand(proposalsQuery);
        command.Parameters.AddWithValue("status", NpgsqlDbType.Text, (object?)query.Status?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("kind", NpgsqlDbType.Text, (object?)query.Kind?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("after_proposed", NpgsqlDbType.TimestampTz, (object?)page.After?.ProposedAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_record", page.After?.Record ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", page.Limit + 1);
        reads.AddTo(command.Parameters, query, page.Limit);
        var rows = new List<RetentionProposalView>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(View(reader));
        return page.Page(cursors, list, rows, row => new Place(row.ProposedAt, row.RecordId), row => row);
    }

    private RetentionProposalView View(NpgsqlDataReader reader)
    {
        var words = unreadable.Row(reader, "retention_proposal_row", reader.GetGuid(0));
        return new RetentionProposalView(
            reader.GetGuid(0),
            words.Word<RetentionKind>("kind", 1),
            reader.IsDBNull(2) ? null : reader.GetString(2),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.GetFieldValue<DateTimeOffset>(4),
            words.Word<RetentionStatus>("status", 5),
            reader.IsDBNull(6) ? null : reader.GetGuid(6),
            reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7),
            words.Word<PostponementReason>("reason", 8),
            reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
            reader.IsDBNull(10) ? null : reader.GetInt32(10),
            reader.IsDBNull(11) ? null : reader.GetInt32(11),
            words.Word<RetentionObstacle>("obstacle", 12),
            words.IsUnreadable);
    }
}
