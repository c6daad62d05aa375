using MediatR;
using Rfl.Api.Access;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Partners;

public static class AcknowledgingReceipt
{
    public static void Map(IEndpointRouteBuilder partner) =>
        partner.MapPut("/searches/{id:guid}/receipt", Put)
            .RequireScope(ApiKeyScopes.AnswerTransmissions)
            .WithName("AcknowledgeReceipt")
            .WithSummary("Acknowledges a search that your society was asked to make")
            .TakesIdempotencyKey()
            .WithExample(new AcknowledgeReceiptBody("DE-2026-0815"))
            .MayRefuse("transmission-recalled");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AcknowledgeReceiptBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AcknowledgeReceipt(new PartnerSearchId(id), body), ct)).ToHttp();
}

/// <param name="YourReference">Your own reference, if you have one.</param>
public sealed record AcknowledgeReceiptBody(string? YourReference = null);

[AllowedFor(Role.PartnerSociety)]
public sealed record AcknowledgeReceipt(PartnerSearchId PartnerSearchId, AcknowledgeReceiptBody Body) : ICommand;

public sealed class AcknowledgeReceiptHandler(Desk desk) : ICommandHandler<AcknowledgeReceipt>
{
    public Task<Outcome> Handle(AcknowledgeReceipt command, CancellationToken ct)
    {
        var id = command.PartnerSearchId.Value;
        return desk.CarryOutAsync(command, [(id, StreamKinds.PartnerSearch.Name)], work =>
        {
            var search = work.State(StreamKinds.PartnerSearch, id);
            if (search is not PartnerSearch.Existing existing || !PartnerInbox.IsFor(existing, work.Viewer.Society))
                return new Outcome.NotFound();
            return work.Record(StreamKinds.PartnerSearch, id, PartnerSearchDecider.Acknowledge(search, command.Body.YourReference))
                ?? new Outcome.Done(id);
        }, ct);
    }
}
