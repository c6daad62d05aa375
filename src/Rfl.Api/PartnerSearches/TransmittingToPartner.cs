using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.PartnerSearches;

public static class TransmittingToPartner
{
    public static void Map(IEndpointRouteBuilder searches) =>
        searches.MapPost("/{searchId:guid}/transmission", Post)
            .WithName("TransmitToPartner")
            .WithSummary("Sends what was prepared; permission is asked once more at this moment")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("fields-withheld", "transmission-not-prepared", "search-suspended", "case-not-open");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, Guid searchId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new TransmitToPartner(new TracingRequestId(id), new PartnerSearchId(searchId)), ct)).ToHttp();
}

[AllowedFor(Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record TransmitToPartner(TracingRequestId TracingRequestId, PartnerSearchId PartnerSearchId) : ICommand;

public sealed class TransmitToPartnerHandler(PartnerSearchDesk desk) : ICommandHandler<TransmitToPartner>
{
    public Task<Outcome> Handle(TransmitToPartner command, CancellationToken ct) => desk.DecideAsync(
        command,
        command.TracingRequestId,
        command.PartnerSearchId,
        VersionRule.Required,
        (search, request, work) => PartnerSearchDecider.Transmit(search, request, work.Today, work.Policy),
        ct);
}
