using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.TracingRequests;

public static class ListingCases
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapGet("/", Get)
            .WithName("ListCases")
            .WithSummary("A worklist: the requests within your reach, newest first");

    public static async Task<QueryAnswer<Page<CaseSummary>>> Get([AsParameters] CaseFilter filter, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListCases(filter), ct)).ToHttp();
}

/// <param name="Worklist">Which of the viewer's worklists; every request within reach when left out.</param>
/// <param name="Country">Where contact was lost; ISO 3166 code.</param>
/// <param name="Partner">A partner society that sent the request or was asked to search.</param>
/// <param name="OpenedFrom">First day, inclusive.</param>
/// <param name="OpenedTo">Last day, inclusive.</param>
public sealed record CaseFilter(
    Worklist? Worklist,
    Stage? Stage,
    Priority? Priority,
    string? Region,
    string? Country,
    string? Partner,
    Guid? Caseworker,
    DateOnly? OpenedFrom,
    DateOnly? OpenedTo,
    string? Cursor,
    int? Limit);

public enum Worklist
{
    Mine,
    Unassigned,

    /// <summary>Submitted, and nobody has decided on acceptance yet.</summary>
    AwaitingDecision,

    /// <summary>The enquirer or partner was asked something.</summary>
    AwaitingInformation,

    /// <summary>A deadline has passed.</summary>
    Overdue,
    Minors,
}

/// <param name="Stage">Absent where it cannot be read.</param>
/// <param name="Enquirer">A name; absent for those who may know the stage only, and when the person was erased.</param>
/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record CaseSummary(
    TracingRequestId Id,
    string Reference,
    Stage? Stage,
    DateTimeOffset OpenedAt,
    Priority? Priority = null,
    string? Region = null,
    string? Society = null,
    string? Country = null,
    Guid? Caseworker = null,
    bool? ConcernsMinor = null,
    DateTimeOffset? SubmittedAt = null,
    DateTimeOffset? LastActivityAt = null,
    DateTimeOffset? NextDeadline = null,
    int? Overdue = null,
    string? Enquirer = null,
    ValueList<string> SoughtPersons = default,
    bool IsUnreadable = false);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("case-list")]
public sealed record ListCases(CaseFilter Filter) : IQuery<Page<CaseSummary>>;

public sealed class ListCasesHandler(NpgsqlDataSource database, PersonalDataReader personalData, CurrentViewer viewer, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListCases, Page<CaseSummary>>
{
    private const string List =
        $"""
        select c.id, c.reference, c.stage, c.opened_at, c.priority, c.region, c.society, c.country, c.caseworker, c.concerns_minor, c.submitted_at,
            c.last_activity_at,
            (select min(d.due_at) from deadline d where d.case_id = c.id and d.stream_type <> 'disclosure' and d.passed_at is null),
            (select count(*)::int from deadline d where d.case_id = c.id and d.stream_type <> 'disclosure' and d.passed_at is not null),
            (select array_agg(p.person_id order by p.ordinal) from case_person p where p.case_id = c.id) as log_persons,
            (select array_agg(p.role order by p.ordinal) from case_person p where p.case_id = c.id),
            (select array_agg(p.name order by p.ordinal) from case_person p where p.case_id = c.id),
            {CaseReachSql.Ground} as ground,
            c.id as log_record, coalesce({CaseReachSql.Ground}, 'OwnInterview') as log_ground
        from case_row c
        where {CaseReachSql.Condition}
            and (@stage::text is null or c.stage = @stage)
            and (@priority::smallint is null or c.priority = @priority)
            and (@in_region::text is null or c.region = @in_region)
            and (@country::text is null or c.country = @country)
            and (@caseworker::uuid is null or c.caseworker = @caseworker)
            and (@partner::text is null or c.society = @partner
                or exists (select 1 from partner_search_row s where s.case_id = c.id and s.society = @partner))
            and (@from::timestamptz is null or c.opened_at >= @from)
            and (@to::timestamptz is null or c.opened_at < @to)
            and (@list::text is null
                or (@list = 'Mine' and c.caseworker = @viewer)
                or (@list = 'Unassigned' and c.caseworker is null and c.submitted_at is not null and c.stage not in ('Closed', 'Declined', 'Withdrawn'))
                or (@list = 'AwaitingDecision' and c.submitted_at is not null and c.accepted_at is null and c.stage in ('Submitted', 'InformationRequested'))
                or (@list = 'AwaitingInformation' and c.open_questions > 0)
                or (@list = 'Overdue' and exists (
                    select 1 from deadline d where d.case_id = c.id and d.stream_type <> 'disclosure' and d.passed_at is not null))
                or (@list = 'Minors' and c.concerns_minor))
            and (@after_opened::timestamptz is null or (c.opened_at, c.id) < (@after_opened, @after_id))
        order by c.opened_at desc, c.id desc
        limit @limit
        """;

    private const string Query = $"with page as ({List}), {ReadLogSql.PageLogged} select * from page";

    private sealed record Key(DateTimeOffset OpenedAt, Guid Id);

    private sealed record Row(CaseSummary Summary, bool IsReached, Guid[] People, string[] Roles, byte[][] Names);

    public async Task<QueryOutcome<Page<CaseSummary>>> Handle(ListCases query, CancellationToken ct)
    {
        var filter = query.Filter;
        var limit = filter.Limit ?? Page<CaseSummary>.DefaultLimit;
        if (limit is < 1 or > Page<CaseSummary>.MaxLimit)
            return new QueryOutcome<Page<CaseSummary>>.Invalid("limit", "limit-out-of-range");
        var list = $"cases:{filter with { Cursor = null, Limit = null }}";
        Key? after = null;
        if (filter.Cursor is { } cursor && !cursors.TryOpen(list, cursor, out after))
            return new QueryOutcome<Page<CaseSummary>>.Invalid("cursor", Cursors.Invalid);

        var rows = await ReadAsync(query, after, limit, ct);
        var page = rows.Take(limit).ToList();
        var keys = await personalData.KeysOfAsync(page.SelectMany(row => row.People).Select(id => new PersonId(id)), ct);
        return new Page<CaseSummary>(
            [.. page.Select(row => Shown(row, keys))],
            rows.Count > limit ? cursors.Seal(list, new Key(page[^1].Summary.OpenedAt, page[^1].Summary.Id.Value)) : null);
    }

    private async Task<List<Row>> ReadAsync(ListCases query, Key? after, int limit, CancellationToken ct)
    {
        var filter = query.Filter;
        await using var command = database.CreateCommand(Query);
        command.AddReach(viewer.Viewer, asVolunteer: true);
        reads.AddTo(command.Parameters, query, limit);
        Add("stage", NpgsqlDbType.Text, filter.Stage?.ToString());
        Add("priority", NpgsqlDbType.Smallint, (short?)filter.Priority);
        Add("in_region", NpgsqlDbType.Text, filter.Region);
        Add("country", NpgsqlDbType.Text, filter.Country?.ToUpperInvariant());
        Add("caseworker", NpgsqlDbType.Uuid, filter.Caseworker);
        Add("partner", NpgsqlDbType.Text, filter.Partner?.ToUpperInvariant());
        Add("from", NpgsqlDbType.TimestampTz, filter.OpenedFrom is { } from ? new DateTimeOffset(from, default, TimeSpan.Zero) : null);
        Add("to", NpgsqlDbType.TimestampTz, filter.OpenedTo is { } to ? new DateTimeOffset(to.AddDays(1), default, TimeSpan.Zero) : null);
        Add("list", NpgsqlDbType.Text, filter.Worklist?.ToString());
        Add("after_opened", NpgsqlDbType.TimestampTz, after?.OpenedAt);
        Add("after_id", NpgsqlDbType.Uuid, after?.Id ?? Guid.Empty);
        Add("limit", NpgsqlDbType.Integer, limit + 1);
        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Read(reader));
        return rows;

        void Add(string name, NpgsqlDbType type, object? value) => command.Parameters.AddWithValue(name, type, value ?? DBNull.Value);
    }

    private Row Read(NpgsqlDataReader reader)
    {
        var words = unreadable.Row(reader, "case_row", reader.GetGuid(0));
        var summary = new CaseSummary(
            new TracingRequestId(reader.GetGuid(0)),
            reader.GetString(1),
            words.Word<Stage>("stage", 2),
            reader.GetFieldValue<DateTimeOffset>(3),
            words.Number<Priority>("priority", 4),
            reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetString(6),
            reader.IsDBNull(7) ? null : reader.GetString(7),
            Optional<Guid>(8),
            reader.GetBoolean(9),
            Optional<DateTimeOffset>(10),
            reader.GetFieldValue<DateTimeOffset>(11),
            Optional<DateTimeOffset>(12),
            reader.GetInt32(13),
            IsUnreadable: words.IsUnreadable);
        return new Row(summary, !reader.IsDBNull(17), Many<Guid>(14), Many<string>(15), Many<byte[]>(16));

        T? Optional<T>(int ordinal)
            where T : struct => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<T>(ordinal);
        T[] Many<T>(int ordinal) => reader.IsDBNull(ordinal) ? [] : reader.GetFieldValue<T[]>(ordinal);
    }

    /// <summary>A volunteer keeps reference and stage of what they submitted, and nothing more (handbook §9).</summary>
    private static CaseSummary Shown(Row row, IPersonalDataSealer keys)
    {
        var summary = row.Summary;
        if (!row.IsReached)
            return new CaseSummary(summary.Id, summary.Reference, summary.Stage, summary.OpenedAt, IsUnreadable: summary.Stage is null);
        var names = row.People.Zip(row.Roles, row.Names)
            .Select(person => (Role: person.Second, Name: keys.Open<string>(new PersonId(person.First), person.Third).Value)).ToList();
        return summary with
        {
            Enquirer = names.Find(person => person.Role == "enquirer").Name,
            SoughtPersons = names.Where(person => person is { Role: "sought", Name: not null }).Select(person => person.Name!).ToValueList(),
        };
    }
}
