using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class ReopeningCase
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/reopening", Post)
            .WithName("ReopenCase")
            .WithSummary("Reopens a suspended, dormant or ended case")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new ReopenCaseBody(ReopeningReason.NewInformation))
            .MayRefuse("nothing-to-reopen");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, ReopenCaseBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReopenCase(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record ReopenCaseBody(ReopeningReason Reason);

[AllowedFor(Role.Caseworker, Role.Supervisor, Role.ChildProtectionFocalPoint)]
public sealed record ReopenCase(TracingRequestId TracingRequestId, ReopenCaseBody Body) : ICommand;

public sealed class ReopenCaseHandler(TracingRequestDesk desk) : ICommandHandler<ReopenCase>
{
    public Task<Outcome> Handle(ReopenCase command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            LifeDecider.Reopen(request, command.Body.Reason), ct);
}
