using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Enquirers;

public static class FollowingOwnRequest
{
    public static void Map(IEndpointRouteBuilder enquirer)
    {
        enquirer.MapGet("/", Get)
            .WithName("GetOwnRequest")
            .WithSummary("Shows an enquirer where their request stands and when they will hear from us next");
        enquirer.MapPost("/withdrawal", Post)
            .WithName("WithdrawOwnRequest")
            .WithSummary("Withdraws the own request: searches stop, transmissions are recalled")
            .TakesIdempotencyKey();
    }

    public static async Task<QueryAnswer<OwnRequestView>> Get(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetOwnRequest(), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Post(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawOwnRequest(), ct)).ToHttp();
}

/// <summary>
/// What an enquirer may read alone on a screen: never that somebody was found, and never a death. Such news is given by a person (rules 11, 13).
/// </summary>
public sealed record OwnRequestView(
    TracingRequestId Id, string Reference, OwnRequestStage Stage, ValueList<OwnQuestion> Questions, DateOnly? LastNewsOn, DateTimeOffset? NextNewsBy);

public sealed record OwnQuestion(Guid Id, Released<string>? Question);

public enum OwnRequestStage
{
    InPreparation,
    Received,
    InformationNeeded,
    Searching,
    Resting,
    Ended,
}

[AllowedFor(Role.Enquirer)]
[ReadsPersonalData("own-request")]
public sealed record GetOwnRequest : IQuery<OwnRequestView>;

[AllowedFor(Role.Enquirer)]
public sealed record WithdrawOwnRequest : ICommand;

public sealed class FollowingOwnRequestHandler(
    EventStore store, PolicyReader policies, Desk desk, CurrentViewer viewer, ReadLog reads, TimeProvider clock)
    : IQueryHandler<GetOwnRequest, OwnRequestView>, ICommandHandler<WithdrawOwnRequest>
{
    public async Task<QueryOutcome<OwnRequestView>> Handle(GetOwnRequest query, CancellationToken ct)
    {
        if (viewer.Viewer.TracingRequestId is not { } id)
            return new QueryOutcome<OwnRequestView>.NotFound();
        var version = new PolicyVersionAlong();
        var restricted = RestrictedPersons.In(id);
        var log = reads.Along(query, ReadSubjects.OfOwnRequest(id), id);
        var history = (await store.LoadAsync([(id, StreamKinds.TracingRequest.Name)], [version, restricted, log], ct))[id];
        var request = StreamKinds.TracingRequest.Fold(history).Restricting(restricted.Persons) as TracingRequest.Started;
        ReadLog.Agree(log, id, history.Version, request is null ? null : ReadGround.OwnRequest);
        if (request is not { File: var file })
            return new QueryOutcome<OwnRequestView>.NotFound();
        var policy = await policies.CatchUpAsync(version, ct);
        var (route, today) = (new TransferRoute(Recipient.Enquirer, TransferPurpose.NewsToEnquirer), WorkingCalendar.DayOf(clock.GetUtcNow()));
        return new OwnRequestView(
            new TracingRequestId(id),
            file.Reference,
            StageOf(request),
            file.InformationRequests.Where(asked => asked.Value.Answer is null).OrderBy(asked => asked.Value.AskedAt)
                .Select(asked => new OwnQuestion(asked.Key, TransferPermission.Question(asked.Value.Question, route, file, today, policy))).ToValueList(),
            file.News.Values.Select(news => (DateOnly?)news.InformedOn).Max(),
            TracingRequestDeadlines.Of(request).Where(open => open.Key.Kind == DeadlineKind.NewsToEnquirer && open.PassedAt is null)
                .Select(policy.DueAt).FirstOrDefault());
    }

    public Task<Outcome> Handle(WithdrawOwnRequest command, CancellationToken ct)
    {
        if (viewer.Viewer.TracingRequestId is not { } id)
            return Task.FromResult<Outcome>(new Outcome.NotFound());
        var request = new TracingRequestId(id);
        return desk.CarryOutAsync(command, [(id, StreamKinds.TracingRequest.Name)], work =>
        {
            var state = work.State(StreamKinds.TracingRequest, id);
            if (state is not TracingRequest.Started)
                return new Outcome.NotFound();
            return work.Record(StreamKinds.TracingRequest, id, LifeDecider.Withdraw(state))
                ?? Recalls.RecordAll(work, request, RecallReason.EnquirerWithdrew)
                ?? new Outcome.Done(id);
        }, ct, Recalls.SearchesFor(request));
    }

    /// <summary>Located and dead look like searching: the stage must not tell what a person has to.</summary>
    internal static OwnRequestStage StageOf(TracingRequest request) => Stages.Of(request) switch
    {
        Stage.Interview => OwnRequestStage.InPreparation,
        Stage.Submitted => OwnRequestStage.Received,
        Stage.InformationRequested => OwnRequestStage.InformationNeeded,
        Stage.Accepted or Stage.Searching or Stage.SoughtPersonLocated or Stage.FateEstablished => OwnRequestStage.Searching,
        Stage.Suspended or Stage.Dormant => OwnRequestStage.Resting,
        _ => OwnRequestStage.Ended,
    };
}
