using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Watch;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Watch;

public static class ListingAccessAlarms
{
    public static void Map(IEndpointRouteBuilder alarms) =>
        alarms.MapGet("/", Get)
            .WithName("ListAccessAlarms")
            .WithSummary("The data-protection officer's worklist: who looked at unusually many, was refused often, or looked at a watched case");

    /// <param name="open">True: only what nobody has handled; false: only what was handled.</param>
    public static async Task<QueryAnswer<Page<AccessAlarmItem>>> Get(
        bool? open, AccessAlarmKind? kind, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListAccessAlarms(open, kind, cursor, limit ?? Page<AccessAlarmItem>.DefaultLimit), ct)).ToHttp();
}

/// <param name="Record">The watched case.</param>
/// <param name="From">What was counted, from this instant on …</param>
/// <param name="Until">… and before this one: to be asked of the read log.</param>
/// <param name="Count">Persons, refusals, reads or queries, as the kind has it.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record AccessAlarmItem(
    Guid Id,
    AccessAlarmKind? Kind,
    Guid? Viewer,
    string? ViewerName,
    string? Society,
    Guid? Record,
    DateTimeOffset From,
    DateTimeOffset Until,
    int Count,
    DateTimeOffset RaisedAt,
    AccessAlarmOutcome? Outcome,
    Guid? HandledBy,
    DateTimeOffset? HandledAt,
    bool IsUnreadable);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("access-alarm-list")]
public sealed record ListAccessAlarms(bool? Open, AccessAlarmKind? Kind, string? Cursor, int Limit) : IQuery<Page<AccessAlarmItem>>;

public sealed class ListAccessAlarmsHandler(NpgsqlDataSource database, ReadLog reads, AccountTexts accounts, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListAccessAlarms, Page<AccessAlarmItem>>
{
    private const string Query =
        $"""
        with page as (
            select r.id, r.kind, r.viewer, coalesce(a.display_name, k.name), r.society, r.record, r.from_at, r.until_at, r.count, r.raised_at, r.outcome,
                r.handled_by, r.handled_at, a.id is not null, coalesce(r.record, r.id) as log_record, 'DataProtection' as log_ground, '{"{}"}'::uuid[] as log_persons
            from access_alarm_row r left join identity.accounts a on a.id = r.viewer left join identity.api_keys k on k.id = r.viewer
            where (@open::boolean is null or (r.outcome is null) = @open)
                and (@kind::text is null or r.kind = @kind)
                and (@after_raised::timestamptz is null or (r.raised_at, r.id) < (@after_raised, @after_id))
            order by r.raised_at desc, r.id desc limit @limit),
        {ReadLogSql.PageLogged}
        select * from page
        """;

    private readonly record struct Place(DateTimeOffset RaisedAt, Guid Id);

    public async Task<QueryOutcome<Page<AccessAlarmItem>>> Handle(ListAccessAlarms query, CancellationToken ct)
    {
        var list = $"access-alarms:{query.Open}:{query.Kind}";
        var (page, problem) = PageRequest<Place>.Read(cursors, list, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<AccessAlarmItem>>.Invalid([problem!]);
        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue("open", NpgsqlDbType.Boolean, (object?)query.Open ?? DBNull.Value);
        command.Parameters.AddWithValue("kind", NpgsqlDbType.Text, (object?)query.Kind?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("after_raised", NpgsqlDbType.TimestampTz, (object?)page.After?.RaisedAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", page.After?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", page.Limit + 1);
        reads.AddTo(command.Parameters, query, page.Limit);
        var rows = new List<AccessAlarmItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Item(reader));
        return page.Page(cursors, list, rows, row => new Place(row.RaisedAt, row.Id), row => row);
    }

    private AccessAlarmItem Item(NpgsqlDataReader reader)
    {
        var words = unreadable.Row(reader, "access_alarm_row", reader.GetGuid(0));
        return new AccessAlarmItem(
            reader.GetGuid(0),
            words.Word<AccessAlarmKind>("kind", 1),
            Optional<Guid>(2),
            // A key's name stands in the open, and may look like anything.
            Text(3) is { } name && reader.GetBoolean(13) ? accounts.Open(name) : Text(3),
            Text(4),
            Optional<Guid>(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            reader.GetFieldValue<DateTimeOffset>(7),
            reader.GetInt32(8),
            reader.GetFieldValue<DateTimeOffset>(9),
            words.Word<AccessAlarmOutcome>("outcome", 10),
            Optional<Guid>(11),
            Optional<DateTimeOffset>(12),
            words.IsUnreadable);

        T? Optional<T>(int ordinal)
            where T : struct => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<T>(ordinal);
        string? Text(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }
}
