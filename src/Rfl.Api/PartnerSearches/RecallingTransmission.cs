using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.PartnerSearches;

public static class RecallingTransmission
{
    public static void Map(IEndpointRouteBuilder searches) =>
        searches.MapPost("/{searchId:guid}/recall", Post)
            .WithName("RecallTransmission")
            .WithSummary("Asks the partner to stop and to delete what it got")
            .TakesIdempotencyKey()
            .WithExample(new RecallTransmissionBody(RecallReason.Security))
            .MayRefuse("transmission-not-prepared");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, Guid searchId, RecallTransmissionBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecallTransmission(new TracingRequestId(id), new PartnerSearchId(searchId), body), ct)).ToHttp();
}

public sealed record RecallTransmissionBody(RecallReason Reason);

[AllowedFor(Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RecallTransmission(TracingRequestId TracingRequestId, PartnerSearchId PartnerSearchId, RecallTransmissionBody Body) : ICommand;

public sealed class RecallTransmissionHandler(PartnerSearchDesk desk) : ICommandHandler<RecallTransmission>
{
    public Task<Outcome> Handle(RecallTransmission command, CancellationToken ct) => desk.DecideAsync(
        command,
        command.TracingRequestId,
        command.PartnerSearchId,
        VersionRule.NotNeeded,
        (search, _, _) => PartnerSearchDecider.Recall(search, command.Body.Reason),
        ct);
}
