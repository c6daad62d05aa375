using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class MakingCaseDormant
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/dormancy", Post)
            .WithName("MakeCaseDormant")
            .WithSummary("Lets the case rest; it is reviewed every year and never closed for lack of success")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("case-not-open");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new MakeCaseDormant(new TracingRequestId(id)), ct)).ToHttp();
}

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record MakeCaseDormant(TracingRequestId TracingRequestId) : ICommand;

public sealed class MakeCaseDormantHandler(TracingRequestDesk desk) : ICommandHandler<MakeCaseDormant>
{
    public Task<Outcome> Handle(MakeCaseDormant command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            LifeDecider.MakeDormant(request), ct);
}
