using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class SuspendingCase
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/suspension", Post)
            .WithName("SuspendCase")
            .WithSummary("Suspends the search")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new SuspendCaseBody(SuspensionReason.Security))
            .MayRefuse("case-not-open");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, SuspendCaseBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SuspendCase(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record SuspendCaseBody(SuspensionReason Reason);

[AllowedFor(Role.Caseworker, Role.Supervisor, Role.ChildProtectionFocalPoint)]
public sealed record SuspendCase(TracingRequestId TracingRequestId, SuspendCaseBody Body) : ICommand;

public sealed class SuspendCaseHandler(TracingRequestDesk desk) : ICommandHandler<SuspendCase>
{
    public Task<Outcome> Handle(SuspendCase command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            LifeDecider.Suspend(request, command.Body.Reason), ct);
}
