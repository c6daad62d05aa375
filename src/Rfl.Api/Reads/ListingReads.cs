using MediatR;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Reads;

/// <summary>The data-protection officer checks who looked. Reads inside the disclosure circle are not among these lines, nor do they leave a gap in them.</summary>
public static class ListingReads
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/read-log", Get)
            .WithTags("Data protection")
            .WithName("ListReads")
            .WithSummary("Lists who was shown or refused which cases and persons, when and on which ground, the latest first");

    public static async Task<QueryAnswer<Page<ReadLine>>> Get([AsParameters] ReadFilter filter, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListReads(filter), ct)).ToHttp();
}

/// <summary>The same inside the circle, for its officers: each sees what the others looked at.</summary>
public static class ListingCircleReads
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/disclosures/read-log", Get)
            .WithTags("Disclosures")
            .WithName("ListCircleReads")
            .WithSummary("Lists who looked into the disclosure circle, the latest first; for its officers only");

    public static async Task<QueryAnswer<Page<ReadLine>>> Get([AsParameters] ReadFilter filter, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListCircleReads(filter), ct)).ToHttp();
}

/// <param name="Person">Only reads in which this person was shown, or asked for in vain.</param>
/// <param name="Record">Only reads of this request, registration or query.</param>
/// <param name="Viewer">Only reads by this account or API key.</param>
/// <param name="View">Only this view, for example <c>case</c>.</param>
/// <param name="Refused">True: only what was refused; false: only what was shown.</param>
/// <param name="From">From this instant on.</param>
/// <param name="To">Before this instant.</param>
public sealed record ReadFilter(
    Guid? Person,
    Guid? Record,
    Guid? Viewer,
    string? View,
    ReadGround? Ground,
    bool? Refused,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Cursor,
    int? Limit);

/// <param name="ViewerName">The account's or key's name, where there still is one.</param>
/// <param name="Records">What was shown and why; where the read was refused, what was asked for.</param>
/// <param name="IsUnreadable">A ground of the line is damaged and left out.</param>
/// <param name="Searched">The same value means that the same was searched for.</param>
public sealed record ReadLine(
    DateTimeOffset At,
    Guid Viewer,
    string? ViewerName,
    ValueList<string> Roles,
    string? Society,
    string View,
    bool Refused,
    ValueList<ReadRecord> Records,
    ValueList<PersonId> Persons,
    Guid? BreakGlass,
    string? Searched,
    Guid CorrelationId,
    bool IsUnreadable);

/// <param name="Ground">Absent where the read was refused, or it cannot be read.</param>
public sealed record ReadRecord(Guid Id, ReadGround? Ground);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("read-log")]
public sealed record ListReads(ReadFilter Filter) : IQuery<Page<ReadLine>>;

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
[ReadsPersonalData("disclosure-read-log", InCircle = true)]
public sealed record ListCircleReads(ReadFilter Filter) : IQuery<Page<ReadLine>>;

public sealed class ListReadsHandler(
    NpgsqlDataSource database, ReadLog reads, AccountTexts accounts, LookupHash hash, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListReads, Page<ReadLine>>, IQueryHandler<ListCircleReads, Page<ReadLine>>
{
    private const string Columns =
        """
        select l.read_at, l.viewer, coalesce(a.display_name, k.name), l.roles, l.society, l.view, l.refused, l.records, l.grounds, l.persons, l.break_glass,
            l.searched, l.correlation_id, l.seq, a.id is not null
        """;

    private const string Names = "left join identity.accounts a on a.id = l.viewer left join identity.api_keys k on k.id = l.viewer where true";

    private const string OfAll = $"with logged as ({ReadLogSql.GivenLogged}) {Columns} from read_log l {Names}";

    private const string OfCircle = $"with logged as ({ReadLogSql.GivenLoggedInCircle}) {Columns} from disclosure_read_log l {Names}";

    private readonly record struct Place(DateTimeOffset At, long Number);

    public Task<QueryOutcome<Page<ReadLine>>> Handle(ListReads query, CancellationToken ct) =>
        ReadAsync(query, query.Filter, OfAll, ReadGround.DataProtection, null, ct);

    public Task<QueryOutcome<Page<ReadLine>>> Handle(ListCircleReads query, CancellationToken ct) =>
        ReadAsync(query, query.Filter, OfCircle, ReadGround.DisclosureCircle, hash.Cover, ct);

    /// <param name="cover">Where the log calls records and persons by their other names.</param>
    private async Task<QueryOutcome<Page<ReadLine>>> ReadAsync(
        object query, ReadFilter filter, string select, ReadGround ground, InstallationCover? cover, CancellationToken ct)
    {
        var list = $"reads:{query.GetType().Name}:{filter with { Cursor = null, Limit = null }}";
        var (page, problem) = PageRequest<Place>.Read(cursors, list, filter.Cursor, filter.Limit);
        if (page is null)
            return new QueryOutcome<Page<ReadLine>>.Invalid([problem!]);

        await using var command = Command(select, filter, cover, page.After, page.Limit + 1);
        // Whose reads were asked for; that everybody's were says nothing of anybody.
        reads.AddGivenTo(command.Parameters, query, (filter.Record ?? filter.Person) is { } about
            ? [new Shown(about, ground.ToString(), filter.Person is { } person ? [person] : [])]
            : []);
        var rows = new List<(ReadLine Line, Place Place)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // A line of the circle is named nowhere outside it.
            var line = Line(reader, cover is null ? unreadable.Row(reader, "read_log", reader.GetGuid(12)) : unreadable.Row(reader, "disclosure_read_log", null), cover);
            rows.Add((line, new Place(line.At, reader.GetInt64(13))));
        }
        return page.Page(cursors, list, rows, row => row.Place, row => row.Line);
    }

    private NpgsqlCommand Command(string select, ReadFilter filter, InstallationCover? cover, Place? after, int rows)
    {
        var command = database.CreateCommand();
        var text = new System.Text.StringBuilder(select);
        if (filter.Person is { } person)
            Where("l.persons @> array[@person]", "person", cover?.Alias(person) ?? person);
        if (filter.Record is { } record)
            Where("l.records @> array[@record]", "record", cover?.Alias(record) ?? record);
        if (filter.Viewer is { } viewer)
            Where("l.viewer = @of_viewer", "of_viewer", viewer);
        if (filter.View is { } view)
            Where("l.view = @of_view", "of_view", view);
        if (filter.Ground is { } ground)
            Where("l.grounds @> array[@ground]", "ground", ground.ToString());
        if (filter.Refused is { } refused)
            Where("l.refused = @refused", "refused", refused);
        if (filter.From is { } from)
            Where("l.read_at >= @from", "from", from.ToUniversalTime());
        if (filter.To is { } to)
            Where("l.read_at < @to", "to", to.ToUniversalTime());
        if (after is { } place)
        {
            Where("(l.read_at, l.seq) < (@after_at, @after_seq)", "after_at", place.At);
            command.Parameters.AddWithValue("after_seq", place.Number);
        }

        text.Append(" order by l.read_at desc, l.seq desc limit @rows");
        command.Parameters.AddWithValue("rows", rows);
#pragma warning disable CA2100 // Made of the constants above; every value is a parameter.
        command.CommandText = text.ToString();
#pragma warning restore CA2100
        return command;

        void Where(string condition, string name, object value)
        {
            text.Append(" and ").Append(condition);
            command.Parameters.AddWithValue(name, value);
        }
    }

    /// <param name="words">Of the line, which is named by the correlation of its read.</param>
    private ReadLine Line(NpgsqlDataReader reader, RowWords words, InstallationCover? cover)
    {
        var records = reader.GetFieldValue<Guid[]>(7);
        var grounds = reader.GetFieldValue<string[]>(8);
        return new ReadLine(
            reader.GetFieldValue<DateTimeOffset>(0),
            reader.GetGuid(1),
            // A key's name stands in the open, and may look like anything.
            Text(2) is { } name && reader.GetBoolean(14) ? accounts.Open(name) : Text(2),
            reader.GetFieldValue<string[]>(3).ToValueList(),
            Text(4),
            reader.GetString(5),
            reader.GetBoolean(6),
            records.Select((id, i) => new ReadRecord(cover?.IdOf(id) ?? id, i < grounds.Length ? words.Of<ReadGround>("grounds", grounds[i]) : null)).ToValueList(),
            reader.GetFieldValue<Guid[]>(9).Select(id => new PersonId(cover?.IdOf(id) ?? id)).ToValueList(),
            reader.IsDBNull(10) ? null : reader.GetGuid(10),
            reader.IsDBNull(11) ? null : Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(11)),
            reader.GetGuid(12),
            words.IsUnreadable);

        string? Text(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }
}
