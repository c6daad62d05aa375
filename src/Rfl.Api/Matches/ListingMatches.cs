using MediatR;
using Npgsql;
using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Matches;

public static class ListingMatches
{
    public static void Map(IEndpointRouteBuilder matches) =>
        matches.MapGet("/", Get)
            .WithName("ListMatches")
            .WithSummary("Lists matches within reach, the surest first: those to confirm, to review, confirmed, rejected");

    /// <param name="tracingRequestId">Only matches of this request.</param>
    public static async Task<QueryAnswer<Page<MatchSummary>>> Get(
        MatchStateView? state, Guid? tracingRequestId, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListMatches(state, tracingRequestId, cursor, limit ?? Page<MatchSummary>.DefaultLimit), ct)).ToHttp();
}

/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record MatchSummary(
    MatchId Id,
    MatchStateView? State,
    double Probability,
    bool ProbablySibling,
    MatchSideView First,
    MatchSideView Second,
    DateTimeOffset ProposedAt,
    bool IsUnreadable);

/// <param name="Record">The tracing request or registration.</param>
public sealed record MatchSideView(PersonId Person, Guid Record, MatchRole? Role);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("match-list")]
public sealed record ListMatches(MatchStateView? State, Guid? TracingRequestId, string? Cursor, int Limit) : IQuery<Page<MatchSummary>>;

public sealed class ListMatchesHandler(NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListMatches, Page<MatchSummary>>
{
    private const string List =
        $"""
        select r.id, r.state, r.log_odds, r.sibling, r.first_person, r.first_record, r.first_role, r.second_person, r.second_record, r.second_role, r.proposed_at,
            reached.record as log_record, reached.ground as log_ground, array[r.first_person, r.second_person] as log_persons
        from match_row r
        cross join lateral (
            select c.id as record, {CaseReachSql.Ground} as ground from case_row c
            where c.id in (r.first_record, r.second_record) and {CaseReachSql.Condition} order by c.id limit 1) reached
        where not exists (select from data_subject_row s where s.person_id in (r.first_person, r.second_person) and s.restricted)
            and (@state::text is null or r.state = @state)
            and (@record::uuid is null or r.first_record = @record or r.second_record = @record)
            and (@after_odds::double precision is null or (-r.log_odds, r.id) > (-@after_odds::double precision, @after_id))
        order by r.log_odds desc, r.id
        limit @limit
        """;

    private const string Query = $"with page as ({List}), {ReadLogSql.PageLogged} select * from page";

    private sealed record Key(double LogOdds, Guid Id);

    public async Task<QueryOutcome<Page<MatchSummary>>> Handle(ListMatches query, CancellationToken ct)
    {
        if (query.Limit is < 1 or > Page<MatchSummary>.MaxLimit)
            return new QueryOutcome<Page<MatchSummary>>.Invalid("limit", "limit-out-of-range");
        var list = $"matches:{query.State}:{query.TracingRequestId}";
        Key? after = null;
        if (query.Cursor is { } cursor && !cursors.TryOpen(list, cursor, out after))
            return new QueryOutcome<Page<MatchSummary>>.Invalid("cursor", Cursors.Invalid);
        await using var command = database.CreateCommand(Query);
        command.AddReach(viewer.Viewer);
        reads.AddTo(command.Parameters, query, query.Limit);
        command.Parameters.AddWithValue("state", NpgsqlDbType.Text, (object?)query.State?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("record", NpgsqlDbType.Uuid, (object?)query.TracingRequestId ?? DBNull.Value);
        command.Parameters.AddWithValue("after_odds", NpgsqlDbType.Double, (object?)after?.LogOdds ?? DBNull.Value);
        command.Parameters.AddWithValue("after_id", after?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue("limit", query.Limit + 1);

        var rows = new List<(Key Key, MatchSummary Summary)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var odds = reader.GetDouble(2);
            var words = unreadable.Row(reader, "match_row", reader.GetGuid(0));
            rows.Add((new Key(odds, reader.GetGuid(0)), new MatchSummary(
                new MatchId(reader.GetGuid(0)),
                words.Word<MatchStateView>("state", 1),
                Math.Round(1 / (1 + Math.Exp(-odds)), 4),
                reader.GetBoolean(3),
                Side(words, "first_role", 4),
                Side(words, "second_role", 7),
                reader.GetFieldValue<DateTimeOffset>(10),
                words.IsUnreadable)));
        }

        var page = rows.Take(query.Limit).ToList();
        return new Page<MatchSummary>([.. page.Select(row => row.Summary)], rows.Count > query.Limit ? cursors.Seal(list, page[^1].Key) : null);

        MatchSideView Side(RowWords words, string role, int at) => new(new PersonId(reader.GetGuid(at)), reader.GetGuid(at + 1), words.Word<MatchRole>(role, at + 2));
    }
}
