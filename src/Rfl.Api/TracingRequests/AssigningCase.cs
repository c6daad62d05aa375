using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class AssigningCase
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/assignment", Put)
            .WithName("AssignCase")
            .WithSummary("Assigns the case; a caseworker can take an unassigned one")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new AssignCaseBody(new Guid("7d1f7c1e-0d5a-4b52-8f8e-0c5a8b1f2a11")))
            .MayRefuse("not-submitted");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AssignCaseBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AssignCase(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record AssignCaseBody(Guid CaseworkerId);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record AssignCase(TracingRequestId TracingRequestId, AssignCaseBody Body) : ICommand;

public sealed class AssignCaseValidator : AbstractValidator<AssignCase>
{
    public AssignCaseValidator() => RuleFor(command => command.Body.CaseworkerId).NotEmpty();
}

public sealed class AssignCaseHandler(TracingRequestDesk desk, CurrentViewer viewer) : ICommandHandler<AssignCase>
{
    public async Task<Outcome> Handle(AssignCase command, CancellationToken ct) =>
        viewer.Viewer.Is(Role.Supervisor) || command.Body.CaseworkerId == viewer.Viewer.Id
            ? await desk.DecideAsync(
                command,
                command.TracingRequestId,
                VersionRule.Required,
                (request, _) => AssessmentDecider.Assign(request, command.Body.CaseworkerId),
                ct)
            : new Outcome.Forbidden();
}
