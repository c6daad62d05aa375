using MediatR;
using Rfl.Api.Access;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.TracingRequests;
using Rfl.Api.Transfers;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Partners;

public static class FollowingSentRequests
{
    public static void Map(IEndpointRouteBuilder partner)
    {
        partner.MapGet("/tracing-requests/{id:guid}", Get)
            .RequireScope(ApiKeyScopes.SendRequests)
            .WithName("GetSentRequest")
            .WithSummary("Shows where a request of your society stands, and what we ask you");
        partner.MapPut("/tracing-requests/{id:guid}/information-requests/{informationRequestId:guid}/answer", Put)
            .RequireScope(ApiKeyScopes.SendRequests)
            .WithName("AnswerInformationRequest")
            .WithSummary("Answers what we asked about a request of your society")
            .TakesIdempotencyKey()
            .WithExample(new ProvideInformationBody("He is about twelve."))
            .MayRefuse("information-request-unknown", "already-recorded-differently");
        partner.MapPost("/tracing-requests/{id:guid}/withdrawal", Post)
            .RequireScope(ApiKeyScopes.SendRequests)
            .WithName("WithdrawSentRequest")
            .WithSummary("Withdraws a request of your society: searches stop")
            .TakesIdempotencyKey();
    }

    public static async Task<QueryAnswer<SentRequestView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetSentRequest(new TracingRequestId(id)), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid id, Guid informationRequestId, ProvideInformationBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AnswerInformationRequest(new TracingRequestId(id), informationRequestId, body), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawSentRequest(new TracingRequestId(id)), ct)).ToHttp();
}

/// <summary>A partner's own request, as much of it as it may follow: the stage, our questions, and what was told.</summary>
public sealed record SentRequestView(
    TracingRequestId Id,
    string OurReference,
    Stage Stage,
    ValueList<QuestionView> Questions,
    ValueList<NewsForPartner> News);

public sealed record QuestionView(Guid Id, Released<string>? Question, bool IsAnswered);

/// <param name="Coordinates">Only where the found person allowed them to be passed on.</param>
public sealed record NewsForPartner(Released<NewsKind> Kind, PersonId? SoughtPerson, DateOnly InformedOn, Released<string>? Coordinates);

[AllowedFor(Role.PartnerSociety)]
[ReadsPersonalData("sent-request")]
public sealed record GetSentRequest(TracingRequestId TracingRequestId) : IQuery<SentRequestView>;

[AllowedFor(Role.PartnerSociety)]
public sealed record AnswerInformationRequest(TracingRequestId TracingRequestId, Guid InformationRequestId, ProvideInformationBody Body) : ICommand;

[AllowedFor(Role.PartnerSociety)]
public sealed record WithdrawSentRequest(TracingRequestId TracingRequestId) : ICommand;

public sealed class FollowingSentRequestsHandler(
    EventStore store, PolicyReader policies, Desk desk, TransferRegister register, CurrentViewer viewer, ReadLog reads, TimeProvider clock)
    : IQueryHandler<GetSentRequest, SentRequestView>, ICommandHandler<AnswerInformationRequest>, ICommandHandler<WithdrawSentRequest>
{
    public async Task<QueryOutcome<SentRequestView>> Handle(GetSentRequest query, CancellationToken ct)
    {
        var id = query.TracingRequestId.Value;
        var log = reads.Along(query, ReadSubjects.OfSentRequest(viewer.Viewer, query.TracingRequestId), id);
        var (version, noted, restricted) = (new PolicyVersionAlong(), new ReadingsNoted(id, viewer.Viewer.Society ?? ""), RestrictedPersons.In(id));
        var history = (await store.LoadAsync([(id, StreamKinds.TracingRequest.Name)], [version, noted, restricted, log], ct))[id];
        var request = StreamKinds.TracingRequest.Fold(history).Restricting(restricted.Persons);
        var isSender = IsSender(request, viewer.Viewer);
        ReadLog.Agree(log, id, history.Version, isSender ? ReadGround.PartnerScope : null);
        if (!isSender || request is not TracingRequest.Started { File: var file })
            return new QueryOutcome<SentRequestView>.NotFound();
        var policy = await policies.CatchUpAsync(version, ct);
        var (route, today) = (RouteToSender(file, policy), WorkingCalendar.DayOf(clock.GetUtcNow()));
        var questions = file.InformationRequests.OrderBy(asked => asked.Value.AskedAt)
            .Select(asked => new QuestionView(
                asked.Key, TransferPermission.Question(asked.Value.Question, route, file, today, policy), asked.Value.Answer is not null))
            .ToValueList();
        var news = file.News.Values.Where(news => news.Channel == ContactChannel.PartnerSociety).OrderBy(news => news.InformedOn).ThenBy(news => news.NewsId)
            .Select(news => (News: news, Kind: TransferPermission.News(news.Kind, news.SoughtPerson, route, file, today, policy).OrNothing))
            .Where(told => told.Kind is not null)
            .Select(told => new NewsForPartner(
                told.Kind!,
                told.News.SoughtPerson,
                told.News.InformedOn,
                told.News is { Kind: NewsKind.Located, SoughtPerson: { } person }
                    ? TransferPermission.Coordinates(person, route, file, today, policy)
                    : null))
            .ToValueList();
        await register.NoteReadingAsync(noted, id, history, [.. Personal(questions, news)], ct);
        return new SentRequestView(query.TracingRequestId, file.Reference, Stages.Of(request), questions, news);
    }

    /// <summary>What of it tells of anybody.</summary>
    private static IEnumerable<Transfer> Personal(ValueList<QuestionView> questions, ValueList<NewsForPartner> news) =>
        questions.Select(question => question.Question?.Transfer).Concat(news.SelectMany(told => new[] { told.Kind.Transfer, told.Coordinates?.Transfer }))
            .OfType<Transfer>().Where(transfer => transfer.Persons.Count > 0);

    private static TransferRoute RouteToSender(CaseFile file, Policy policy)
    {
        var sender = policy.Partners.GetValueOrDefault(file.Society!);
        return new TransferRoute(
            sender is null ? new Recipient(RecipientKind.PartnerSociety, file.Society!) : Recipient.Of(sender), TransferPurpose.AnswerToSender);
    }

    public Task<Outcome> Handle(AnswerInformationRequest command, CancellationToken ct)
    {
        var id = command.TracingRequestId.Value;
        return desk.CarryOutAsync(command, [(id, StreamKinds.TracingRequest.Name)], work =>
        {
            var request = work.State(StreamKinds.TracingRequest, id);
            if (!IsSender(request, work.Viewer))
                return new Outcome.NotFound();
            return work.Record(
                    StreamKinds.TracingRequest, id, AssessmentDecider.ProvideInformation(request, command.InformationRequestId, command.Body.Answer))
                ?? new Outcome.Done(id);
        }, ct);
    }

    public Task<Outcome> Handle(WithdrawSentRequest command, CancellationToken ct)
    {
        var id = command.TracingRequestId;
        return desk.CarryOutAsync(command, [(id.Value, StreamKinds.TracingRequest.Name)], work =>
        {
            var request = work.State(StreamKinds.TracingRequest, id.Value);
            if (!IsSender(request, work.Viewer))
                return new Outcome.NotFound();
            return work.Record(StreamKinds.TracingRequest, id.Value, LifeDecider.Withdraw(request))
                ?? PartnerSearches.Recalls.RecordAll(work, id, Domain.PartnerSearches.RecallReason.EnquirerWithdrew)
                ?? new Outcome.Done(id.Value);
        }, ct, PartnerSearches.Recalls.SearchesFor(id));
    }

    private static bool IsSender(TracingRequest request, Viewer viewer) =>
        request is TracingRequest.Started { File.Society: { } society } && society == viewer.Society;
}
