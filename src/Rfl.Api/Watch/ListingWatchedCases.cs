using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Watch;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Watch;

public static class ListingWatchedCases
{
    public static void Map(IEndpointRouteBuilder cases) =>
        cases.MapGet("/", Get).WithName("ListWatchedCases").WithSummary("Lists the cases under watch, the latest first");

    public static async Task<QueryAnswer<Page<WatchedCaseItem>>> Get(string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListWatchedCases(cursor, limit ?? Page<WatchedCaseItem>.DefaultLimit), ct)).ToHttp();
}

/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record WatchedCaseItem(
    TracingRequestId TracingRequestId, string Reference, WatchReason? Reason, Guid? AccountId, DateTimeOffset Since, bool IsUnreadable);

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer)]
[ReadsPersonalData("watched-case-list")]
public sealed record ListWatchedCases(string? Cursor, int Limit) : IQuery<Page<WatchedCaseItem>>;

public sealed class ListWatchedCasesHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListWatchedCases, Page<WatchedCaseItem>>
{
    private const string Name = "watched-cases";

    private const string Query =
        $"""
        with page as (
            select w.case_id, c.reference, w.reason, w.account, w.since, c.id as log_record, @ground as log_ground, {CaseReachSql.Persons} as log_persons
            from watched_case_row w join case_row c on c.id = w.case_id
            where (@after_since::timestamptz is null or (w.since, w.case_id) < (@after_since, @after_id))
            order by w.since desc, w.case_id desc limit @limit),
        {ReadLogSql.PageLogged}
        select * from page
        """;

    private readonly record struct Place(DateTimeOffset Since, Guid Id);

    public async Task<QueryOutcome<Page<WatchedCaseItem>>> Handle(ListWatchedCases query, CancellationToken ct)
    {
        var (page, problem) = PageRequest<Place>.Read(cursors, Name, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<WatchedCaseItem>>.Invalid([problem!]);
        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue("ground", (viewer.Viewer.Is(Role.Supervisor) ? ReadGround.Supervision : ReadGround.DataProtection).ToString());
        command.Parameters.AddWithValue("after_since", NpgsqlDbType.TimestampTz, (object?)page.After?.Since ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", page.After?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", page.Limit + 1);
        reads.AddTo(command.Parameters, query, page.Limit);
        var rows = new List<WatchedCaseItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var words = unreadable.Row(reader, "watched_case_row", reader.GetGuid(0));
            rows.Add(new WatchedCaseItem(
                new TracingRequestId(reader.GetGuid(0)),
                reader.GetString(1),
                words.Word<WatchReason>("reason", 2),
                reader.IsDBNull(3) ? null : reader.GetGuid(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                words.IsUnreadable));
        }
        return page.Page(cursors, Name, rows, row => new Place(row.Since, row.TracingRequestId.Value), row => row);
    }
}
