using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class WithdrawingDisclosureConsent
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPost("/{tracingRequestId:guid}/{personId:guid}/consent-withdrawal", Post)
            .WithName("WithdrawDisclosureConsent")
            .WithSummary("The found person takes the consent back; acts at once")
            .TakesIdempotencyKey()
            .WithExample(new WithdrawDisclosureConsentBody(new DateOnly(2026, 11, 18)))
            .MayRefuse("nothing-found");

    public static async Task<CommandAnswer<CarriedOut>> Post(
        Guid tracingRequestId, Guid personId, WithdrawDisclosureConsentBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawDisclosureConsent(new TracingRequestId(tracingRequestId), new PersonId(personId), body), ct)).ToHttp();
}

public sealed record WithdrawDisclosureConsentBody(DateOnly WithdrawnOn);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record WithdrawDisclosureConsent(TracingRequestId TracingRequestId, PersonId PersonId, WithdrawDisclosureConsentBody Body) : ICircleCommand;

public sealed class WithdrawDisclosureConsentHandler(DisclosureDesk desk) : ICommandHandler<WithdrawDisclosureConsent>
{
    public Task<Outcome> Handle(WithdrawDisclosureConsent command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.NotNeeded, (disclosure, work) =>
        {
            work.HappenedOn(command.Body.WithdrawnOn);
            return DisclosureDecider.WithdrawConsent(disclosure, command.Body.WithdrawnOn, work.Viewer.Id);
        }, ct);
}
