using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class AcceptingTracingRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/acceptance", Post)
            .WithName("AcceptTracingRequest")
            .WithSummary("Accepts the request; rule 6 proposes its priority")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("not-awaiting-decision", "information-outstanding");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AcceptTracingRequest(new TracingRequestId(id)), ct)).ToHttp();
}

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record AcceptTracingRequest(TracingRequestId TracingRequestId) : ICommand;

public sealed class AcceptTracingRequestHandler(TracingRequestDesk desk) : ICommandHandler<AcceptTracingRequest>
{
    public Task<Outcome> Handle(AcceptTracingRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            AssessmentDecider.Accept(request), ct);
}
