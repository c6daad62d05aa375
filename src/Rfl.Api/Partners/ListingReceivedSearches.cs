using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Partners;

public static class ListingReceivedSearches
{
    public static void Map(IEndpointRouteBuilder partner) =>
        partner.MapGet("/searches", Get)
            .RequireScope(ApiKeyScopes.ReadTransmissions)
            .WithName("ListReceivedSearches")
            .WithSummary("Your inbox: searches that your society was asked to make, newest first");

    public static async Task<QueryAnswer<Page<ReceivedSearchSummary>>> Get(string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListReceivedSearches(cursor, limit ?? Page<ReceivedSearchSummary>.DefaultLimit), ct)).ToHttp();
}

public sealed record ReceivedSearchSummary(PartnerSearchId Id, string OurReference, ReceivedSearchStatus Status, bool Urgent, DateTimeOffset TransmittedAt);

[AllowedFor(Role.PartnerSociety)]
[ReadsPersonalData("received-search-list")]
public sealed record ListReceivedSearches(string? Cursor, int Limit) : IQuery<Page<ReceivedSearchSummary>>;

public sealed class ListReceivedSearchesHandler(
    NpgsqlDataSource database, LookupHash hash, CurrentViewer viewer, ReadLog reads, Cursors cursors)
    : IQueryHandler<ListReceivedSearches, Page<ReceivedSearchSummary>>
{
    private const string List = "received-searches";

    private sealed record Key(DateTimeOffset TransmittedAt, Guid Id);

    public async Task<QueryOutcome<Page<ReceivedSearchSummary>>> Handle(ListReceivedSearches query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<ReceivedSearchSummary>.MaxLimit)
            return new QueryOutcome<Page<ReceivedSearchSummary>>.Invalid("limit", "limit-out-of-range");
        Key? after = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(List, cursor, out after))
            return new QueryOutcome<Page<ReceivedSearchSummary>>.Invalid("cursor", Cursors.Invalid);

        await using var command = database.CreateCommand(
            $"""
            with page as (
                select p.id, p.our_reference, p.status, p.acknowledged, p.urgent, p.transmitted_at,
                    p.case_id as log_record, 'PartnerScope' as log_ground, array[p.sought_person] as log_persons
                from partner_search_row p
                where p.society = @society and p.transmitted_at is not null
                    and (@after_transmitted::timestamptz is null or (p.transmitted_at, p.id) < (@after_transmitted, @after_id))
                order by p.transmitted_at desc, p.id desc
                limit @limit),
            {ReadLogSql.PageLogged}
            select * from page
            """);
        command.Parameters.AddWithValue("society", viewer.Viewer.Society ?? "");
        command.Parameters.AddWithValue("after_transmitted", NpgsqlDbType.TimestampTz, (object?)after?.TransmittedAt ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", after?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", query.Limit + 1);
        reads.AddTo(command.Parameters, query, query.Limit);

        var rows = new List<(Key Key, string Reference, string Status, bool Acknowledged, bool Urgent)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                rows.Add((
                    new Key(reader.GetFieldValue<DateTimeOffset>(5), reader.GetGuid(0)),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetBoolean(3),
                    reader.GetBoolean(4)));
            }
        }

        var page = rows.Take(query.Limit).ToList();
        var found = await FoundAsync(page.Select(row => row.Key.Id), ct);
        return new Page<ReceivedSearchSummary>(
            [.. page.Select(row => new ReceivedSearchSummary(
                new PartnerSearchId(row.Key.Id),
                row.Reference,
                StatusOf(row.Status, row.Acknowledged, found.Contains(row.Key.Id)),
                row.Urgent,
                row.Key.TransmittedAt))],
            rows.Count > query.Limit ? cursors.Seal(List, page[^1].Key) : null);
    }

    /// <summary>Those that the partner answered with a finding: the database knows them under another name, so it is asked a second time.</summary>
    private async Task<HashSet<Guid>> FoundAsync(IEnumerable<Guid> searches, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select distinct search_alias from partner_finding where search_alias = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. searches.Select(hash.Cover.Alias)] });
        var found = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(hash.Cover.IdOf(reader.GetGuid(0)));
        return found;
    }

    private static ReceivedSearchStatus StatusOf(string status, bool acknowledged, bool hasFinding) => status switch
    {
        "Recalled" => ReceivedSearchStatus.Recalled,
        "Negative" or "CannotSearch" => ReceivedSearchStatus.Answered,
        _ when hasFinding => ReceivedSearchStatus.Answered,
        _ => acknowledged ? ReceivedSearchStatus.Acknowledged : ReceivedSearchStatus.Received,
    };
}
