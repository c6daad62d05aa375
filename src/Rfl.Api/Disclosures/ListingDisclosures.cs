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
using Rfl.Infrastructure.PersonalData;
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

/// <param name="Reference">Absent in a damaged row.</param>
/// <param name="Status">Absent where the person was erased or a record cannot be read.</param>
/// <param name="Kind">Absent in a damaged row.</param>
/// <param name="IsUnreadable">The row is damaged: whom it is about is shown, and nothing else of it.</param>
public sealed record DisclosureSummary(
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string? Reference,
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

/// <summary>
/// The status stands in no column that the database could filter by: where one is asked for, the circle's rows are opened page by page until enough have it. There
/// are few, and fewer still in the first pages.
/// </summary>
public sealed class ListDisclosuresHandler(
    NpgsqlDataSource database, PersonalDataReader personalData, LookupHash hash, CurrentViewer viewer, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListDisclosures, Page<DisclosureSummary>>
{
    private const int OpenedAtOnce = 200;

    private const string Rows =
        $"""
        select r.id, r.found_at, r.covered, (select min(d.due_at) from deadline d where d.stream_id = r.id),
            r.case_alias as log_record, 'DisclosureCircle' as log_ground, array[r.person_alias] as log_persons, r.concerns_minor
        from disclosure_row r
        where {CircleReachSql.Condition}
            and (@after_found::timestamptz is null or (r.found_at, r.id) < (@after_found, @after_id))
        order by r.found_at desc, r.id desc
        limit @limit
        """;

    private const string LoggedRows = $"with page as ({Rows}), {ReadLogSql.PageLoggedInCircle} select * from page";

    private sealed record Key(DateTimeOffset FoundAt, Guid Id);

    private sealed record Row(Key Key, DisclosureSummary Summary);

    public async Task<QueryOutcome<Page<DisclosureSummary>>> Handle(ListDisclosures query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<DisclosureSummary>.MaxLimit)
            return new QueryOutcome<Page<DisclosureSummary>>.Invalid("limit", "limit-out-of-range");
        var list = $"disclosures:{query.Status}";
        Key? after = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(list, cursor, out after))
            return new QueryOutcome<Page<DisclosureSummary>>.Invalid("cursor", Cursors.Invalid);

        var rows = query.Status is { } status ? await FilteredAsync(query, status, after, ct) : await ReadAsync(query, after, ct);
        var page = rows.Take(query.Limit).ToList();
        return new Page<DisclosureSummary>(
            [.. page.Select(row => row.Summary)], rows.Count > query.Limit ? cursors.Seal(list, page[^1].Key) : null);
    }

    private async Task<List<Row>> ReadAsync(ListDisclosures query, Key? after, CancellationToken ct)
    {
        await using var command = Command(LoggedRows, after, query.Limit + 1);
        reads.AddTo(command.Parameters, query, query.Limit);
        return await OpenAsync(command, ct);
    }

    private async Task<List<Row>> FilteredAsync(ListDisclosures query, DisclosureStatus status, Key? after, CancellationToken ct)
    {
        var found = new List<Row>();
        List<Row> opened;
        do
        {
            await using var command = Command(Rows, after, OpenedAtOnce);
            opened = await OpenAsync(command, ct);
            found.AddRange(opened.Where(row => row.Summary.Status == status));
            after = opened.LastOrDefault()?.Key;
        }
        while (found.Count <= query.Limit && opened.Count == OpenedAtOnce);

        await reads.WriteAsync(
            query,
            [.. found.Take(query.Limit).Select(row =>
                new Shown(row.Summary.TracingRequestId.Value, nameof(ReadGround.DisclosureCircle), [row.Summary.SoughtPerson.Value]))],
            ct);
        return found;
    }

    private NpgsqlCommand Command(string rows, Key? after, int limit)
    {
#pragma warning disable CA2100 // One of the constants above; every value is a parameter.
        var command = database.CreateCommand(rows);
#pragma warning restore CA2100
        command.Parameters.AddCircle(viewer.Viewer);
        command.Parameters.AddWithValue("after_found", NpgsqlDbType.TimestampTz, (object?)after?.FoundAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", after?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", limit);
        return command;
    }

    private async Task<List<Row>> OpenAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var rows = new List<(Key Key, byte[] Covered, DateTimeOffset? DueAt, (Guid Case, Guid Person, bool Minor) Plain)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                rows.Add((
                    new Key(reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(0)),
                    reader.GetFieldValue<byte[]>(2),
                    reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                    (reader.GetGuid(4), reader.GetFieldValue<Guid[]>(6)[0], reader.GetBoolean(7))));
            }
        }

        var contents = await personalData.UncoverAsync<DisclosureContent>([.. rows.Select(row => row.Covered)], ct);
        return [.. rows.Select((row, i) => new Row(row.Key, contents[i] is { } content ? Summary(content, row.Key, row.DueAt) : Damaged(row.Plain, row.Key, row.DueAt)))];
    }

    private static DisclosureSummary Summary(DisclosureContent content, Key key, DateTimeOffset? dueAt) => new(
        content.TracingRequestId,
        content.SoughtPerson,
        content.Reference,
        content.Status.IsReadable ? content.Status.Value : null,
        content.Kind,
        content.ConcernsMinor,
        key.FoundAt,
        dueAt,
        IsUnreadable: false);

    /// <summary>Whom it is about stands beside it, so that nobody is forgotten.</summary>
    private DisclosureSummary Damaged((Guid Case, Guid Person, bool Minor) plain, Key key, DateTimeOffset? dueAt)
    {
        unreadable.Report("disclosure_row", "covered", null);
        return new DisclosureSummary(
            new TracingRequestId(hash.Cover.IdOf(plain.Case)), new PersonId(hash.Cover.IdOf(plain.Person)), null, null, null, plain.Minor, key.FoundAt, dueAt, IsUnreadable: true);
    }
}
