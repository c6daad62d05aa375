using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.BreakGlass;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.BreakGlass;

public static class ListingBreakGlass
{
    public static void Map(IEndpointRouteBuilder breakGlass) =>
        breakGlass.MapGet("/", Get)
            .WithName("ListBreakGlass")
            .WithSummary("The supervisors' worklist of reviews: who looked beyond their cases, the latest first");

    /// <param name="waiting">True: only what waits for its review; false: only what was reviewed.</param>
    public static async Task<QueryAnswer<Page<BreakGlassItem>>> Get(bool? waiting, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListBreakGlass(waiting, cursor, limit ?? Page<BreakGlassItem>.DefaultLimit), ct)).ToHttp();
}

/// <param name="ReviewBy">When the review is due, or was; absent once it is done.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record BreakGlassItem(
    Guid Id,
    TracingRequestId TracingRequestId,
    string Reference,
    Guid OpenedBy,
    string? OpenedByName,
    BreakGlassReason? Reason,
    DateTimeOffset OpenedAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? ReviewBy,
    BreakGlassJudgement? Judgement,
    Guid? ReviewedBy,
    bool IsUnreadable);

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer)]
[ReadsPersonalData("break-glass-list")]
public sealed record ListBreakGlass(bool? Waiting, string? Cursor, int Limit) : IQuery<Page<BreakGlassItem>>;

public sealed class ListBreakGlassHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, AccountTexts accounts, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListBreakGlass, Page<BreakGlassItem>>
{
    private const string Query =
        $"""
        with page as (
            select b.id, b.case_id, c.reference, b.viewer, a.display_name, b.reason, b.opened_at, b.ends_at,
                (select min(d.due_at) from deadline d where d.stream_id = b.id), b.judgement, b.reviewed_by,
                c.id as log_record, @ground as log_ground, {CaseReachSql.Persons} as log_persons
            from break_glass_row b join case_row c on c.id = b.case_id left join identity.accounts a on a.id = b.viewer
            where (@waiting::boolean is null or (b.judgement is null) = @waiting)
                and (@after_opened::timestamptz is null or (b.opened_at, b.id) < (@after_opened, @after_id))
            order by b.opened_at desc, b.id desc limit @limit),
        {ReadLogSql.PageLogged}
        select * from page
        """;

    private readonly record struct Place(DateTimeOffset OpenedAt, Guid Id);

    public async Task<QueryOutcome<Page<BreakGlassItem>>> Handle(ListBreakGlass query, CancellationToken ct)
    {
        var list = $"break-glass:{query.Waiting}";
        var (page, problem) = PageRequest<Place>.Read(cursors, list, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<BreakGlassItem>>.Invalid([problem!]);

        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue("ground", (viewer.Viewer.Is(Role.Supervisor) ? ReadGround.Supervision : ReadGround.DataProtection).ToString());
        command.Parameters.AddWithValue("waiting", NpgsqlDbType.Boolean, (object?)query.Waiting ?? DBNull.Value);
        command.Parameters.AddWithValue("after_opened", NpgsqlDbType.TimestampTz, (object?)page.After?.OpenedAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", page.After?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", page.Limit + 1);
        reads.AddTo(command.Parameters, query, page.Limit);
        var rows = new List<BreakGlassItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var words = unreadable.Row(reader, "break_glass_row", reader.GetGuid(0));
            rows.Add(new BreakGlassItem(
                reader.GetGuid(0),
                new TracingRequestId(reader.GetGuid(1)),
                reader.GetString(2),
                reader.GetGuid(3),
                reader.IsDBNull(4) ? null : accounts.Open(reader.GetString(4)),
                words.Word<BreakGlassReason>("reason", 5),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetFieldValue<DateTimeOffset>(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                words.Word<BreakGlassJudgement>("judgement", 9),
                reader.IsDBNull(10) ? null : reader.GetGuid(10),
                words.IsUnreadable));
        }
        return page.Page(cursors, list, rows, row => new Place(row.OpenedAt, row.Id), row => row);
    }
}
