using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class ClosingCase
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/closure", Post)
            .WithName("CloseCase")
            .WithSummary("Closes the case with its outcome; partners are asked to stop")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new CloseCaseBody(ClosureOutcome.ContactRestored))
            .MayRefuse("outcome-not-supported", "outcome-belongs-to-disclosure", "case-not-open", "request-already-ended");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, CloseCaseBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new CloseCase(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record CloseCaseBody(ClosureOutcome Outcome);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record CloseCase(TracingRequestId TracingRequestId, CloseCaseBody Body) : ICommand;

public sealed class CloseCaseHandler(TracingRequestDesk desk) : ICommandHandler<CloseCase>
{
    public Task<Outcome> Handle(CloseCase command, CancellationToken ct) =>
        desk.DecideAndRecallAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            LifeDecider.Close(request, command.Body.Outcome), RecallReason.CaseClosed, ct);
}
