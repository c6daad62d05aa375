using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class ExchangingContact
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPost("/{tracingRequestId:guid}/{personId:guid}/contact-exchange", Post)
            .WithName("ExchangeContact")
            .WithSummary("Records that contact is restored")
            .TakesIdempotencyKey()
            .WithExample(new ExchangeContactBody(new DateOnly(2026, 11, 18)))
            .MayRefuse("not-released");

    public static async Task<CommandAnswer<CarriedOut>> Post(
        Guid tracingRequestId, Guid personId, ExchangeContactBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ExchangeContact(new TracingRequestId(tracingRequestId), new PersonId(personId), body), ct)).ToHttp();
}

public sealed record ExchangeContactBody(DateOnly ExchangedOn);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record ExchangeContact(TracingRequestId TracingRequestId, PersonId PersonId, ExchangeContactBody Body) : ICircleCommand;

public sealed class ExchangeContactHandler(DisclosureDesk desk) : ICommandHandler<ExchangeContact>
{
    public Task<Outcome> Handle(ExchangeContact command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.NotNeeded, (disclosure, work) =>
        {
            work.HappenedOn(command.Body.ExchangedOn);
            return DisclosureDecider.ExchangeContact(disclosure, command.Body.ExchangedOn);
        }, ct);
}
