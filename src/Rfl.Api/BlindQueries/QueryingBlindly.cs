using FluentValidation;
using MediatR;
using Rfl.Api.Access;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.BlindQueries;
using Rfl.Domain.Common;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.BlindQueries;

/// <summary>"Do you have a candidate for this person?" Nothing is compared while the partner waits, so that not even the time of the answer can tell anything.</summary>
public static class QueryingBlindly
{
    public static void Map(IEndpointRouteBuilder partner)
    {
        partner.MapPost("/blind-queries", Post)
            .RequireScope(ApiKeyScopes.QueryMatches)
            .WithName("QueryBlindly")
            .WithSummary("Asks whether there is a candidate for a person; people look at it, and the answer is \"contact us\" or \"no candidate\"")
            .Creates()
            .TakesIdempotencyKey()
            .WithExample(new QueryBlindlyBody(
                new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c20"),
                new SearchPersonsBody(["Rahimullah"], FatherName: "Nazar Mohammad", Birth: UncertainDate.Parse("2011~"))))
            .MayRefuse("blind-query-changed", "blind-query-quota-reached");
        partner.MapGet("/blind-queries/{id:guid}", Get)
            .RequireScope(ApiKeyScopes.QueryMatches)
            .WithName("GetBlindAnswer")
            .WithSummary("Shows what became of a query of your society");
    }

    public static async Task<CommandAnswer<BlindAnswerView>> Post(QueryBlindlyBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new QueryBlindly(body), ct)).ToHttp<BlindAnswerView>();

    public static async Task<QueryAnswer<BlindAnswerView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetBlindAnswer(id), ct)).ToHttp();
}

/// <param name="QueryId">Made by you; the reference of the query from now on.</param>
/// <param name="Person">Its roles are not asked for.</param>
public sealed record QueryBlindlyBody(Guid QueryId, SearchPersonsBody Person);

public sealed record BlindAnswerView(Guid Reference, Released<BlindQueryStatus> Status);

[AllowedFor(Role.PartnerSociety)]
[ReadsPersonalData("blind-query")]
public sealed record QueryBlindly(QueryBlindlyBody Body) : ICommand;

[AllowedFor(Role.PartnerSociety)]
[ReadsPersonalData("blind-answer")]
public sealed record GetBlindAnswer(Guid Id) : IQuery<BlindAnswerView>;

public sealed class QueryBlindlyValidator : AbstractValidator<QueryBlindly>
{
    public QueryBlindlyValidator()
    {
        RuleFor(command => command.Body.QueryId).NotEmpty();
        RuleFor(command => command.Body.Person.Names.Count).InclusiveBetween(1, 4).OverridePropertyName("Body.Person.Names");
        RuleForEach(command => command.Body.Person.Names).NotEmpty().MaximumLength(300).OverridePropertyName("Body.Person.Names");
        RuleFor(command => command.Body.Person.Relatives.Count).LessThanOrEqualTo(30).OverridePropertyName("Body.Person.Relatives");
    }
}

public sealed class QueryBlindlyHandler(Desk desk, BlindQueryWatch watch, SearchRecord searches, CurrentViewer viewer, ReadLog reads)
    : ICommandHandler<QueryBlindly>
{
    public async Task<Outcome> Handle(QueryBlindly command, CancellationToken ct)
    {
        if (viewer.Viewer.Society is not { } society)
            return new Outcome.Forbidden();
        var (id, kind) = (command.Body.QueryId, StreamKinds.BlindQuery);
        var person = command.Body.Person.ToDetails();
        // More round trips than other commands: the quota is counted first and the query noted afterwards. Partners ask rarely.
        var askedToday = await watch.CountOfDayAsync(society, ct);
        var isNew = false;
        var outcome = await desk.CarryOutAsync(command, [(id, kind.Name)], work =>
        {
            var state = work.State(kind, id);
            isNew = state is BlindQuery.None;
            var received = new BlindQueryReceived(society, new PersonId(id), Personal.Of(new PersonId(id), OthersNamed.On(person, (state as BlindQuery.Existing)?.Question.Person.Value)));
            return work.Record(kind, id, BlindQueryDecider.Receive(state, received, askedToday))
                ?? new Outcome.Done(id, Location: $"/api/v1/partner/blind-queries/{id}", Created: true);
        }, ct, show: work => BlindAnswers.View(id, (BlindQuery.Existing)work.State(kind, id)));
        var question = new Shown(id, nameof(ReadGround.PartnerScope), [id]);
        if (isNew && outcome is Outcome.Done)
            await searches.AddAsync(command, new MatchForm(person), question, [], ct);
        else if (outcome is Outcome.Done)
            await reads.WriteAsync(command, [question], ct);
        if (isNew)
            await watch.RaiseAlarmsAsync(society, ComparedPerson.Of(person), ct);
        return outcome;
    }
}

public sealed class GetBlindAnswerHandler(EventStore store, CurrentViewer viewer, ReadLog reads) : IQueryHandler<GetBlindAnswer, BlindAnswerView>
{
    public async Task<QueryOutcome<BlindAnswerView>> Handle(GetBlindAnswer query, CancellationToken ct)
    {
        var log = reads.Along(query, ReadSubjects.OfBlindQuery(viewer.Viewer, query.Id), query.Id);
        var history = (await store.LoadAsync([(query.Id, StreamKinds.BlindQuery.Name)], [log], ct))[query.Id];
        var existing = StreamKinds.BlindQuery.Fold(history) as BlindQuery.Existing;
        var isTheirs = existing is not null && existing.Question.Society == viewer.Viewer.Society;
        ReadLog.Agree(log, query.Id, history.Version, isTheirs ? ReadGround.PartnerScope : null);
        return isTheirs ? BlindAnswers.View(query.Id, existing!) : new QueryOutcome<BlindAnswerView>.NotFound();
    }
}

internal static class BlindAnswers
{
    public static BlindAnswerView View(Guid id, BlindQuery.Existing query) => new(id, TransferPermission.Status(query));
}
