using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class AttemptingContact
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPut("/{tracingRequestId:guid}/{personId:guid}/contact-attempts/{attemptId:guid}", Put)
            .WithName("AttemptContact")
            .WithSummary("Records an attempt to reach the found person")
            .TakesIdempotencyKey()
            .WithExample(new AttemptContactBody(ContactChannel.PartnerSociety, new DateOnly(2026, 11, 18)))
            .MayRefuse("nothing-found", "date-in-future");

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid tracingRequestId, Guid personId, Guid attemptId, AttemptContactBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AttemptContact(new TracingRequestId(tracingRequestId), new PersonId(personId), attemptId, body), ct)).ToHttp();
}

public sealed record AttemptContactBody(ContactChannel Channel, DateOnly AttemptedOn, string? Note = null);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record AttemptContact(TracingRequestId TracingRequestId, PersonId PersonId, Guid AttemptId, AttemptContactBody Body) : ICircleCommand;

public sealed class AttemptContactHandler(DisclosureDesk desk) : ICommandHandler<AttemptContact>
{
    public Task<Outcome> Handle(AttemptContact command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.NotNeeded, (disclosure, work) =>
        {
            work.HappenedOn(command.Body.AttemptedOn);
            return DisclosureDecider.AttemptContact(
                disclosure, command.AttemptId, command.Body.Channel, command.Body.AttemptedOn, command.Body.Note, work.Today);
        }, ct);
}
