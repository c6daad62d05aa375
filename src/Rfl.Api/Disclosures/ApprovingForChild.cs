using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class ApprovingForChild
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPost("/{tracingRequestId:guid}/{personId:guid}/choices/{choiceId:guid}/child-protection-approval", Post)
            .WithName("ApproveForChild")
            .WithSummary("The child-protection focal point agrees to a child's choice")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("choice-unknown");

    public static async Task<CommandAnswer<CarriedOut>> Post(
        Guid tracingRequestId, Guid personId, Guid choiceId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ApproveForChild(new TracingRequestId(tracingRequestId), new PersonId(personId), choiceId), ct)).ToHttp();
}

[AllowedFor(Role.ChildProtectionFocalPoint)]
[Discreet]
public sealed record ApproveForChild(TracingRequestId TracingRequestId, PersonId PersonId, Guid ChoiceId) : ICircleCommand;

public sealed class ApproveForChildHandler(DisclosureDesk desk) : ICommandHandler<ApproveForChild>
{
    public Task<Outcome> Handle(ApproveForChild command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.Required, (disclosure, work) =>
            DisclosureDecider.ApproveForChild(disclosure, command.ChoiceId, work.Viewer.Id), ct);
}
