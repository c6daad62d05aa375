using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.DataSubjectRequests;

public static class ListingDataSubjectRequests
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapGet("/", Get)
            .WithName("ListDataSubjectRequests")
            .WithSummary("The data-protection officer's worklist: requests of data subjects, the oldest first");

    /// <param name="overdue">True: only those whose legal deadline has passed.</param>
    public static async Task<QueryAnswer<Page<DataSubjectRequestSummary>>> Get(
        DataSubjectRequestStatus? status, bool? overdue, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(
            new ListDataSubjectRequests(status, overdue == true, cursor, limit ?? Page<DataSubjectRequestSummary>.DefaultLimit), ct)).ToHttp();
}

/// <param name="DueAt">The legal deadline; absent once the request has ended.</param>
/// <param name="Overdue">The deadline has passed without an answer.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record DataSubjectRequestSummary(
    DataSubjectRequestId Id,
    PersonId Person,
    DataSubjectRight? Right,
    Requester? Requester,
    DataSubjectRequestStatus? Status,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    bool Extended,
    bool Overdue,
    bool IsUnreadable);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("data-subject-request-list")]
public sealed record ListDataSubjectRequests(DataSubjectRequestStatus? Status, bool Overdue, string? Cursor, int Limit) : IQuery<Page<DataSubjectRequestSummary>>;

public sealed class ListDataSubjectRequestsHandler(NpgsqlDataSource database, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListDataSubjectRequests, Page<DataSubjectRequestSummary>>
{
    private const string List =
        """
        select r.id, r.person_id, r.asked_right, r.requester, r.status, r.received_at, r.extended, r.overdue,
            (select min(d.due_at) from deadline d where d.stream_id = r.id and d.passed_at is null) as due_at,
            (select min(d.due_at) from deadline d where d.stream_id = r.id) as first_due_at,
            r.id as log_record, 'DataProtection' as log_ground, array[r.person_id] as log_persons
        from data_subject_request_row r
        where (@status::text is null or r.status = @status) and (not @overdue or (r.overdue and r.status = 'Open'))
            and (@after_received::timestamptz is null or (r.received_at, r.id) > (@after_received, @after_id))
        order by r.received_at, r.id
        limit @rows
        """;

    private const string Query = $"with page as ({List}), {ReadLogSql.PageLogged} select * from page";

    private readonly record struct Place(DateTimeOffset ReceivedAt, Guid Id);

    public async Task<QueryOutcome<Page<DataSubjectRequestSummary>>> Handle(ListDataSubjectRequests query, CancellationToken ct)
    {
        var list = $"data-subject-requests:{query.Status}:{query.Overdue}";
        var (page, problem) = PageRequest<Place>.Read(cursors, list, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<DataSubjectRequestSummary>>.Invalid([problem!]);

        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue("status", NpgsqlDbType.Text, (object?)query.Status?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("overdue", query.Overdue);
        command.Parameters.AddWithValue("after_received", NpgsqlDbType.TimestampTz, (object?)page.After?.ReceivedAt.ToUniversalTime() ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", page.After?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("rows", page.Limit + 1);
        reads.AddTo(command.Parameters, query, page.Limit);
        var rows = new List<DataSubjectRequestSummary>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Read(reader));
        return page.Page(cursors, list, rows, row => new Place(row.ReceivedAt, row.Id.Value), row => row);
    }

    private DataSubjectRequestSummary Read(NpgsqlDataReader reader)
    {
        var words = unreadable.Row(reader, "data_subject_request_row", reader.GetGuid(0));
        var due = reader.IsDBNull(8) ? 9 : 8;
        return new DataSubjectRequestSummary(
            new DataSubjectRequestId(reader.GetGuid(0)),
            new PersonId(reader.GetGuid(1)),
            words.Word<DataSubjectRight>("asked_right", 2),
            words.Word<Requester>("requester", 3),
            words.Word<DataSubjectRequestStatus>("status", 4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.IsDBNull(due) ? null : reader.GetFieldValue<DateTimeOffset>(due),
            reader.GetBoolean(6),
            reader.GetBoolean(7),
            words.IsUnreadable);
    }
}
