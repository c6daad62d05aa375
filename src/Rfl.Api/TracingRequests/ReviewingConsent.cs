using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class ReviewingConsent
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/consents/{consentId:guid}/reviews", Post)
            .WithName("ReviewConsent")
            .WithSummary("Records that a consent was confirmed again")
            .TakesIdempotencyKey()
            .WithExample(new ReviewConsentBody(new DateOnly(2026, 11, 20)))
            .MayRefuse("consent-unknown");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, Guid consentId, ReviewConsentBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReviewConsent(new TracingRequestId(id), consentId, body), ct)).ToHttp();
}

public sealed record ReviewConsentBody(DateOnly ReviewedOn);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ReviewConsent(TracingRequestId TracingRequestId, Guid ConsentId, ReviewConsentBody Body) : ICommand;

public sealed class ReviewConsentHandler(TracingRequestDesk desk) : ICommandHandler<ReviewConsent>
{
    public Task<Outcome> Handle(ReviewConsent command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            {
                work.HappenedOn(command.Body.ReviewedOn);
                return InterviewDecider.ReviewConsent(request, command.ConsentId, command.Body.ReviewedOn);
            }, ct);
}
