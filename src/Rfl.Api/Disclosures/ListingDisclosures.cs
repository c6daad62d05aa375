using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Disclosures;

public static class ListingDisclosures
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapGet("/", Get)
            .WithName("ListDisclosures")
            .WithSummary("Lists what the circle works on, newest finding first");

    public static async Task<QueryAnswer<Page<DisclosureSummary>>> Get(
        DisclosureStatus? status, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListDisclosures(status, cursor, limit ?? Page<DisclosureSummary>.DefaultLimit), ct)).ToHttp();
}

/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record DisclosureSummary(
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string Reference,
    DisclosureStatus? Status,
    FindingKind? Kind,
    bool ConcernsMinor,
    DateTimeOffset FoundAt,
    DateTimeOffset? DueAt,
    bool IsUnreadable);

[AllowedFor(Role.DisclosureOfficer, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[Discreet]
[ReadsPersonalData("disclosure-list", InCircle = true)]
public sealed record ListDisclosures(DisclosureStatus? Status, string? Cursor, int Limit) : IQuery<Page<DisclosureSummary>>;

public sealed class ListDisclosuresHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListDisclosures, Page<DisclosureSummary>>
{
    private sealed record Key(DateTimeOffset FoundAt, Guid Id);

    public async Task<QueryOutcome<Page<DisclosureSummary>>> Handle(ListDisclosures query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<DisclosureSummary>.MaxLimit)
            return new QueryOutcome<Page<DisclosureSummary>>.Invalid("limit", "limit-out-of-range");
        var list = $"disclosures:{query.Status}";
        Key? after = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(list, cursor, out after))
            return new QueryOutcome<Page<DisclosureSummary>>.Invalid("cursor", Cursors.Invalid);

        await using var command = database.CreateCommand(
            $"""
            with page as (
                select r.id, r.case_id, r.sought_person, r.reference, r.status, r.kind, r.concerns_minor, r.found_at,
                    (select min(d.due_at) from deadline d where d.stream_id = r.id),
                    r.case_id as log_record, 'DisclosureCircle' as log_ground, array[r.sought_person] as log_persons
                from disclosure_row r
                where {CircleReachSql.Condition}
                    and (@status::text is null or r.status = @status)
                    and (@after_found::timestamptz is null or (r.found_at, r.id) < (@after_found, @after_id))
                order by r.found_at desc, r.id desc
                limit @limit),
            {ReadLogSql.PageLoggedInCircle}
            select * from page
            """);
        command.Parameters.AddCircle(viewer.Viewer);
        command.Parameters.AddWithValue("status", NpgsqlDbType.Text, (object?)query.Status?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("after_found", NpgsqlDbType.TimestampTz, (object?)after?.FoundAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", after?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", query.Limit + 1);
        reads.AddTo(command.Parameters, query, query.Limit);

        var rows = new List<(Key Key, DisclosureSummary Summary)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var words = unreadable.Row(reader, "disclosure_row", null);
            rows.Add((new Key(reader.GetFieldValue<DateTimeOffset>(7), reader.GetGuid(0)), new DisclosureSummary(
                new TracingRequestId(reader.GetGuid(1)),
                new PersonId(reader.GetGuid(2)),
                reader.GetString(3),
                words.Word<DisclosureStatus>("status", 4),
                words.Word<FindingKind>("kind", 5),
                reader.GetBoolean(6),
                reader.GetFieldValue<DateTimeOffset>(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                words.IsUnreadable)));
        }

        var more = rows.Count > query.Limit;
        var page = rows.Take(query.Limit).ToList();
        return new Page<DisclosureSummary>([.. page.Select(row => row.Summary)], more ? cursors.Seal(list, page[^1].Key) : null);
    }
}
