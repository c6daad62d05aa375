using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.People;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.BlindQueries;

/// <summary>People look at every blind query before it is answered. A supervisor does, who alone reaches every record that may be meant.</summary>
public static class ReviewingBlindQueries
{
    public static void Map(IEndpointRouteBuilder queries)
    {
        queries.MapGet("/", List).WithName("ListBlindQueries").WithSummary("Lists the partners' queries that wait for an answer, oldest first");
        queries.MapGet("/{id:guid}", Get).WithName("GetBlindQuery").WithSummary("Shows whom a partner asks for, and the candidates with reasons");
        queries.MapPut("/{id:guid}/answer", Put)
            .WithName("AnswerBlindQuery")
            .WithSummary("Answers a partner's query: \"contact us\" or \"no candidate\"")
            .TakesIdempotencyKey()
            .WithExample(new AnswerBlindQueryBody(BlindAnswer.ContactUs))
            .MayRefuse("blind-query-answered-differently");
    }

    public static async Task<QueryAnswer<BlindQueryList>> List(IMediator mediator, CancellationToken ct) => (await mediator.Send(new ListBlindQueries(), ct)).ToHttp();

    public static async Task<QueryAnswer<BlindQueryView>> Get(Guid id, HttpContext context, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetBlindQuery(id, Language.Of(context)), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AnswerBlindQueryBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AnswerBlindQuery(id, body), ct)).ToHttp();
}

/// <param name="Queries">At most 200.</param>
/// <param name="Alarms">Of the last 30 days: partners that seem to try out names.</param>
public sealed record BlindQueryList(ValueList<OpenBlindQuery> Queries, ValueList<EnumerationAlarm> Alarms);

public sealed record OpenBlindQuery(Guid Id, string Society, DateTimeOffset ReceivedAt);

/// <param name="Kind"><c>Flood</c>: many in an hour; <c>Probing</c>: many about people who sound alike.</param>
public sealed record EnumerationAlarm(string Society, string Kind, DateOnly Day, int Queries);

/// <param name="Person">Absent where the person was erased.</param>
public sealed record BlindQueryView(Guid Id, string Society, BlindQueryStatus Status, PersonDetails? Person, ValueList<FoundPersonView> Candidates);

public sealed record AnswerBlindQueryBody(BlindAnswer Answer);

[AllowedFor(Role.Supervisor)]
[ReadsPersonalData("blind-query-list")]
public sealed record ListBlindQueries : IQuery<BlindQueryList>;

[AllowedFor(Role.Supervisor)]
[ReadsPersonalData("blind-query-review")]
public sealed record GetBlindQuery(Guid Id, string Language) : IQuery<BlindQueryView>;

[AllowedFor(Role.Supervisor)]
public sealed record AnswerBlindQuery(Guid Id, AnswerBlindQueryBody Body) : ICommand;

public sealed class ListBlindQueriesHandler(NpgsqlDataSource database, ReadLog reads, TimeProvider clock) : IQueryHandler<ListBlindQueries, BlindQueryList>
{
    private const int MostQueries = 200;

    private const string Query =
        $"""
        with page as (
            select q.id, q.society, q.received_at, q.id as log_record, 'Supervision' as log_ground, array[q.id] as log_persons
            from blind_query_row q where q.answer is null order by q.received_at, q.id limit @limit),
        {ReadLogSql.PageLogged}
        select * from page
        """;

    public async Task<QueryOutcome<BlindQueryList>> Handle(ListBlindQueries query, CancellationToken ct)
    {
        var queries = new List<OpenBlindQuery>();
        await using (var command = database.CreateCommand(Query))
        {
            reads.AddTo(command.Parameters, query, MostQueries);
            command.Parameters.AddWithValue("limit", MostQueries);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                queries.Add(new OpenBlindQuery(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        var alarms = new List<EnumerationAlarm>();
        await using (var command = database.CreateCommand("select society, kind, day, queries from enumeration_alarm where raised_at > $1 order by day desc, society, kind"))
        {
            command.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-30));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                alarms.Add(new EnumerationAlarm(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateOnly>(2), reader.GetInt32(3)));
        }

        return new BlindQueryList(queries.ToValueList(), alarms.ToValueList());
    }
}

public sealed class GetBlindQueryHandler(EventStore store, MatchIndex index, SearchRecord searches, CurrentViewer viewer, ReadLog reads)
    : IQueryHandler<GetBlindQuery, BlindQueryView>
{
    public async Task<QueryOutcome<BlindQueryView>> Handle(GetBlindQuery query, CancellationToken ct)
    {
        if (StreamKinds.BlindQuery.Fold(await store.LoadAsync(query.Id, StreamKinds.BlindQuery.Name, ct)) is not BlindQuery.Existing existing)
            return new QueryOutcome<BlindQueryView>.NotFound();
        ValueList<FoundPersonView> candidates = [];
        var question = new Shown(query.Id, nameof(ReadGround.Supervision), [query.Id]);
        if (existing.Question.Person.Value is { } details)
        {
            var asked = new MatchForm(details);
            MatchRole[] roles = [MatchRole.Sought, MatchRole.Enquirer, MatchRole.Registered];
            var found = await index.FindAsync(asked, viewer.Viewer, roles, Guid.Empty, MatchRules.Shown, MatchRules.MostProposals, ct);
            await searches.AddAsync(query, asked, question, SearchPersonsHandler.Shown(found), ct);
            candidates = found.Select(candidate => SearchPersonsHandler.View(candidate, details, query.Language)).ToValueList();
        }
        else
        {
            // The person was erased; that there was a question still is a read.
            await reads.WriteAsync(query, [question], ct);
        }

        return new BlindQueryView(query.Id, existing.Question.Society, existing.Status, existing.Question.Person.Value, candidates);
    }
}

public sealed class AnswerBlindQueryHandler(Desk desk) : ICommandHandler<AnswerBlindQuery>
{
    public Task<Outcome> Handle(AnswerBlindQuery command, CancellationToken ct) => desk.CarryOutAsync(
        command,
        [(command.Id, StreamKinds.BlindQuery.Name)],
        work =>
        {
            var state = work.State(StreamKinds.BlindQuery, command.Id);
            if (state is BlindQuery.None)
                return new Outcome.NotFound();
            return work.Record(StreamKinds.BlindQuery, command.Id, BlindQueryDecider.Answer(state, command.Body.Answer, work.Viewer.Id))
                ?? new Outcome.Done(command.Id, work.VersionOf(command.Id));
        },
        ct);
}
