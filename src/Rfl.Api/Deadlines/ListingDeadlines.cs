using System.Text.Json;
using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Deadlines;

public static class ListingDeadlines
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/deadlines", Get)
            .WithName("ListDeadlines")
            .WithTags("Deadlines")
            .WithSummary("Lists what the viewer's cases wait for, the most overdue first");

    /// <param name="dueBefore">Only what falls due before this instant.</param>
    /// <param name="overdue">True: only what is due already.</param>
    /// <param name="mine">True: only cases assigned to the viewer.</param>
    /// <param name="country">Where contact was lost.</param>
    /// <param name="partner">Code of the society that is searched with, or that sent the request.</param>
    public static async Task<QueryAnswer<Page<DeadlineItem>>> Get(
        DateTimeOffset? dueBefore,
        bool? overdue,
        DeadlineKind? kind,
        bool? mine,
        string? region,
        string? country,
        string? partner,
        string? cursor,
        int? limit,
        IMediator mediator,
        CancellationToken ct) => (await mediator.Send(
            new ListDeadlines(
                new DeadlineFilter(dueBefore, overdue == true, kind, mine == true, region, country, partner),
                cursor,
                limit ?? Page<DeadlineItem>.DefaultLimit),
            ct)).ToHttp();
}

/// <param name="Subject">The inquiry, consent, person or society that is waited for; empty when it is the whole case.</param>
/// <param name="Occurrence">1 for the first reminder, 2 for the second …</param>
/// <param name="PassedAt">When it was noticed that the deadline had passed; absent while it is still ahead.</param>
/// <param name="Kind">Absent where it cannot be read; so for the stage.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record DeadlineItem(
    TracingRequestId TracingRequestId,
    string Reference,
    DeadlineKind? Kind,
    string Subject,
    int Occurrence,
    DateTimeOffset DueAt,
    DateTimeOffset? PassedAt,
    Stage? Stage,
    Priority? Priority,
    string Region,
    Guid? Caseworker,
    bool IsUnreadable);

public sealed record DeadlineFilter(
    DateTimeOffset? DueBefore, bool Overdue, DeadlineKind? Kind, bool Mine, string? Region, string? Country, string? Partner);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("deadline-list")]
public sealed record ListDeadlines(DeadlineFilter Filter, string? Cursor, int Limit) : IQuery<Page<DeadlineItem>>;

public sealed class ListDeadlinesHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, Cursors cursors, TimeProvider clock, UnreadableRows unreadable)
    : IQueryHandler<ListDeadlines, Page<DeadlineItem>>
{
    private const string Select =
        $"""
        select d.case_id, c.reference, d.kind, d.subject, d.occurrence, d.due_at, d.passed_at, c.stage, c.priority, c.region, c.caseworker, d.stream_id, d.since,
            c.id as log_record, {CaseReachSql.Ground} as log_ground, {CaseReachSql.Persons} as log_persons
        from deadline d join case_row c on c.id = d.case_id
        where d.stream_type <> 'disclosure' and {CaseReachSql.Condition}
        """;

    private sealed record Place(DateTimeOffset DueAt, Guid Stream, string Kind, string Subject, DateTimeOffset Since, int Occurrence);

    public async Task<QueryOutcome<Page<DeadlineItem>>> Handle(ListDeadlines query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<DeadlineItem>.MaxLimit)
            return new QueryOutcome<Page<DeadlineItem>>.Invalid("limit", "limit-out-of-range");
        var list = $"deadlines:{JsonSerializer.Serialize(query.Filter)}";
        Place? after = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(list, cursor, out after))
            return new QueryOutcome<Page<DeadlineItem>>.Invalid("cursor", Cursors.Invalid);

        await using var command = Command(query, after);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(DeadlineItem Item, Place Place)>();
        while (await reader.ReadAsync(ct))
        {
            var item = Read(reader);
            rows.Add((item, new Place(
                item.DueAt, reader.GetGuid(11), reader.GetString(2), item.Subject, reader.GetFieldValue<DateTimeOffset>(12), item.Occurrence)));
        }

        var page = rows.Take(query.Limit).ToList();
        return new Page<DeadlineItem>([.. page.Select(row => row.Item)], rows.Count > query.Limit ? cursors.Seal(list, page[^1].Place) : null);
    }

    private NpgsqlCommand Command(ListDeadlines query, Place? after)
    {
        var filter = query.Filter;
        var command = database.CreateCommand();
        var text = new System.Text.StringBuilder("with page as (").Append(Select);
        reads.AddTo(command.Parameters, query, query.Limit);
        command.AddReach(viewer.Viewer);
        if (filter.DueBefore is { } before)
            Where("d.due_at < @before", "before", before);
        if (filter.Overdue)
            Where("d.due_at <= @now", "now", clock.GetUtcNow());
        if (filter.Kind is { } kind)
            Where("d.kind = @kind", "kind", kind.ToString());
        if (filter.Mine)
            text.Append(" and c.caseworker = @viewer");
        if (filter.Region is { } region)
            Where("c.region = @of_region", "of_region", region);
        if (filter.Country is { } country)
            Where("c.country = @country", "country", country.ToUpperInvariant());
        if (filter.Partner is { } partner)
            Where("d.partner = @partner", "partner", partner.ToUpperInvariant());
        if (after is not null)
        {
            Where("(d.due_at, d.stream_id, d.kind, d.subject, d.since, d.occurrence) > (@due, @stream, @after_kind, @subject, @since, @occurrence)", "due", after.DueAt);
            command.Parameters.AddWithValue("stream", after.Stream);
            command.Parameters.AddWithValue("after_kind", after.Kind);
            command.Parameters.AddWithValue("subject", after.Subject);
            command.Parameters.AddWithValue("since", after.Since);
            command.Parameters.AddWithValue("occurrence", after.Occurrence);
        }

        text.Append(" order by d.due_at, d.stream_id, d.kind, d.subject, d.since, d.occurrence limit @rows), ").Append(ReadLogSql.PageLogged).Append(" select * from page");
        command.Parameters.AddWithValue("rows", query.Limit + 1);
#pragma warning disable CA2100 // Made of the constants above; every value is a parameter.
        command.CommandText = text.ToString();
#pragma warning restore CA2100
        return command;

        void Where(string condition, string name, object value)
        {
            text.Append(" and ").Append(condition);
            command.Parameters.AddWithValue(name, value is DateTimeOffset instant ? instant.ToUniversalTime() : value);
        }
    }

    private DeadlineItem Read(NpgsqlDataReader reader)
    {
        var (deadline, request) = (unreadable.Row(reader, "deadline", reader.GetGuid(11)), unreadable.Row(reader, "case_row", reader.GetGuid(0)));
        return new DeadlineItem(
            new TracingRequestId(reader.GetGuid(0)),
            reader.GetString(1),
            deadline.Word<DeadlineKind>("kind", 2),
            reader.GetString(3),
            reader.GetInt32(4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
            request.Word<Stage>("stage", 7),
            request.Number<Priority>("priority", 8),
            reader.GetString(9),
            reader.IsDBNull(10) ? null : reader.GetGuid(10),
            deadline.IsUnreadable || request.IsUnreadable);
    }
}
