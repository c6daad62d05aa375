using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class WithdrawingConsent
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/consents/{consentId:guid}/withdrawal", Post)
            .WithName("WithdrawConsent")
            .WithSummary("Withdraws a consent; what left the house on it is recalled at once")
            .TakesIdempotencyKey()
            .WithExample(new WithdrawConsentBody(new DateOnly(2026, 11, 20)))
            .MayRefuse("consent-unknown");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, Guid consentId, WithdrawConsentBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawConsent(new TracingRequestId(id), consentId, body), ct)).ToHttp();
}

public sealed record WithdrawConsentBody(DateOnly WithdrawnOn);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record WithdrawConsent(TracingRequestId TracingRequestId, Guid ConsentId, WithdrawConsentBody Body) : ICommand;

public sealed class WithdrawConsentHandler(TracingRequestDesk desk) : ICommandHandler<WithdrawConsent>
{
    public Task<Outcome> Handle(WithdrawConsent command, CancellationToken ct) =>
        desk.DecideAndRecallForbiddenAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            InterviewDecider.WithdrawConsent(request, command.ConsentId, command.Body.WithdrawnOn), RecallReason.ConsentWithdrawn, ct, command.ConsentId);
}
