using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class LinkingTracingRequests
{
    public static void Map(IEndpointRouteBuilder requests)
    {
        requests.MapPut("/{id:guid}/links/{otherId:guid}", Put)
            .WithName("LinkTracingRequests")
            .WithSummary("Links two requests, in both of them; nothing is ever merged")
            .TakesIdempotencyKey()
            .WithExample(new LinkTracingRequestsBody(LinkReason.SameSoughtPerson))
            .MayRefuse("cannot-link-to-itself", "not-submitted");
        requests.MapDelete("/{id:guid}/links/{otherId:guid}", Delete)
            .WithName("UnlinkTracingRequests")
            .WithSummary("Takes a link back, in both requests")
            .TakesIdempotencyKey();
    }

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid otherId, LinkTracingRequestsBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new LinkTracingRequests(new TracingRequestId(id), new TracingRequestId(otherId), body), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Delete(Guid id, Guid otherId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new UnlinkTracingRequests(new TracingRequestId(id), new TracingRequestId(otherId)), ct)).ToHttp();
}

public sealed record LinkTracingRequestsBody(LinkReason Reason);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record LinkTracingRequests(TracingRequestId TracingRequestId, TracingRequestId Other, LinkTracingRequestsBody Body) : ICommand;

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record UnlinkTracingRequests(TracingRequestId TracingRequestId, TracingRequestId Other) : ICommand;

public sealed class LinkTracingRequestsHandler(Desk desk) : ICommandHandler<LinkTracingRequests>, ICommandHandler<UnlinkTracingRequests>
{
    public Task<Outcome> Handle(LinkTracingRequests command, CancellationToken ct) => BothAsync(
        command, command.TracingRequestId, command.Other, (request, own, other) => AssessmentDecider.Link(request, own, other, command.Body.Reason), ct);

    public Task<Outcome> Handle(UnlinkTracingRequests command, CancellationToken ct) => BothAsync(
        command, command.TracingRequestId, command.Other, (request, _, other) => AssessmentDecider.Unlink(request, other), ct);

    /// <summary>Both streams in one transaction: a link that only one side knows would be a lie on the other.</summary>
    private Task<Outcome> BothAsync(
        ICommand command,
        TracingRequestId own,
        TracingRequestId other,
        Func<TracingRequest, TracingRequestId, TracingRequestId, Decision<ITracingRequestEvent>> decide,
        CancellationToken ct)
    {
        var kind = StreamKinds.TracingRequest;
        if (own == other)
            return Task.FromResult<Outcome>(TracingRequestRefusals.CannotLinkToItself);
        return desk.CarryOutAsync(command, [(own.Value, kind.Name), (other.Value, kind.Name)], work =>
        {
            var request = work.State(kind, own.Value);
            var otherRequest = work.State(kind, other.Value);
            if (!Reach.Covers(command, work.Viewer, request) || !Reach.Covers(command, work.Viewer, otherRequest))
                return new Outcome.NotFound();
            return work.Record(kind, own.Value, decide(request, own, other))
                ?? work.Record(kind, other.Value, decide(otherRequest, other, own))
                ?? new Outcome.Done(own.Value, work.VersionOf(own.Value));
        }, ct);
    }
}
