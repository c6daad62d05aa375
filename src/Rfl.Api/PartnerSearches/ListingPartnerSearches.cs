using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.PartnerSearches;

public static class ListingPartnerSearches
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partner-searches", Get)
            .WithTags("Partner searches")
            .WithName("ListPartnerSearches")
            .WithSummary("Our outbox: searches asked of partners, newest first");

    public static async Task<QueryAnswer<Page<PartnerSearchSummary>>> Get(
        string? society, PartnerSearchStatus? status, Guid? tracingRequestId, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(
            new ListPartnerSearches(society, status, tracingRequestId, cursor, limit ?? Page<PartnerSearchSummary>.DefaultLimit), ct)).ToHttp();
}

/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record PartnerSearchSummary(
    PartnerSearchId Id,
    TracingRequestId TracingRequestId,
    string Society,
    PartnerSearchStatus? Status,
    bool Urgent,
    DateTimeOffset PreparedAt,
    DateTimeOffset? TransmittedAt,
    bool Escalated,
    int Reminders,
    DateTimeOffset? NextDeadline,
    bool IsUnreadable);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("partner-search-list")]
public sealed record ListPartnerSearches(string? Society, PartnerSearchStatus? Status, Guid? TracingRequestId, string? Cursor, int Limit)
    : IQuery<Page<PartnerSearchSummary>>;

public sealed class ListPartnerSearchesHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListPartnerSearches, Page<PartnerSearchSummary>>
{
    private sealed record Key(DateTimeOffset PreparedAt, Guid Id);

    public async Task<QueryOutcome<Page<PartnerSearchSummary>>> Handle(ListPartnerSearches query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<PartnerSearchSummary>.MaxLimit)
            return new QueryOutcome<Page<PartnerSearchSummary>>.Invalid("limit", "limit-out-of-range");
        var list = $"partner-searches:{query.Society}:{query.Status}:{query.TracingRequestId}";
        Key? after = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(list, cursor, out after))
            return new QueryOutcome<Page<PartnerSearchSummary>>.Invalid("cursor", Cursors.Invalid);

        await using var command = database.CreateCommand(
            $"""
            with page as (
                select p.id, p.case_id, p.society, p.status, p.urgent, p.prepared_at, p.transmitted_at, p.escalated, p.reminders,
                    (select min(d.due_at) from deadline d where d.stream_id = p.id and d.passed_at is null),
                    c.id as log_record, {CaseReachSql.Ground} as log_ground, {CaseReachSql.Persons} as log_persons
                from partner_search_row p join case_row c on c.id = p.case_id
                where {CaseReachSql.Condition}
                    and (@society::text is null or p.society = @society)
                    and (@status::text is null or p.status = @status)
                    and (@case::uuid is null or p.case_id = @case)
                    and (@after_prepared::timestamptz is null or (p.prepared_at, p.id) < (@after_prepared, @after_id))
                order by p.prepared_at desc, p.id desc
                limit @limit),
            {ReadLogSql.PageLogged}
            select * from page
            """);
        command.AddReach(viewer.Viewer);
        reads.AddTo(command.Parameters, query, query.Limit);
        command.Parameters.AddWithValue("society", NpgsqlDbType.Text, (object?)query.Society?.ToUpperInvariant() ?? DBNull.Value);
        command.Parameters.AddWithValue("status", NpgsqlDbType.Text, (object?)query.Status?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("case", NpgsqlDbType.Uuid, (object?)query.TracingRequestId ?? DBNull.Value);
        command.Parameters.AddWithValue("after_prepared", NpgsqlDbType.TimestampTz, (object?)after?.PreparedAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", after?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", query.Limit + 1);

        var rows = new List<PartnerSearchSummary>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var words = unreadable.Row(reader, "partner_search_row", reader.GetGuid(0));
            rows.Add(new PartnerSearchSummary(
                new PartnerSearchId(reader.GetGuid(0)),
                new TracingRequestId(reader.GetGuid(1)),
                reader.GetString(2),
                words.Word<PartnerSearchStatus>("status", 3),
                reader.GetBoolean(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetBoolean(7),
                reader.GetInt32(8),
                reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
                words.IsUnreadable));
        }

        var page = rows.Take(query.Limit).ToList();
        return new Page<PartnerSearchSummary>(
            page, rows.Count > query.Limit ? cursors.Seal(list, new Key(page[^1].PreparedAt, page[^1].Id.Value)) : null);
    }
}
