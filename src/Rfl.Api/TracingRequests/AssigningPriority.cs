using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class AssigningPriority
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/priority", Put)
            .WithName("AssignPriority")
            .WithSummary("Changes the priority; against the rule only with a justification")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new AssignPriorityBody(Priority.AtRisk, "Threatened by the people who smuggled him."))
            .MayRefuse("justification-missing", "not-submitted");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AssignPriorityBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AssignPriority(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record AssignPriorityBody(Priority Priority, string? Justification = null);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record AssignPriority(TracingRequestId TracingRequestId, AssignPriorityBody Body) : ICommand;

public sealed class AssignPriorityHandler(TracingRequestDesk desk) : ICommandHandler<AssignPriority>
{
    public Task<Outcome> Handle(AssignPriority command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            AssessmentDecider.AssignPriority(request, command.Body.Priority, command.Body.Justification), ct);
}
