using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class DecliningTracingRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/declination", Post)
            .WithName("DeclineTracingRequest")
            .WithSummary("Declines the request with a reason and an orientation elsewhere")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new DeclineTracingRequestBody(DeclineReason.Inheritance, "Oriented to the notaries' chamber and its free consultation."))
            .MayRefuse("not-awaiting-decision", "orientation-missing");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, DeclineTracingRequestBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new DeclineTracingRequest(new TracingRequestId(id), body), ct)).ToHttp();
}

public sealed record DeclineTracingRequestBody(DeclineReason Reason, string Orientation);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record DeclineTracingRequest(TracingRequestId TracingRequestId, DeclineTracingRequestBody Body) : ICommand;

public sealed class DeclineTracingRequestValidator : AbstractValidator<DeclineTracingRequest>
{
    public DeclineTracingRequestValidator()
    {
        RuleFor(command => command.Body.Orientation).NotEmpty();
    }
}

public sealed class DeclineTracingRequestHandler(TracingRequestDesk desk) : ICommandHandler<DeclineTracingRequest>
{
    public Task<Outcome> Handle(DeclineTracingRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            AssessmentDecider.Decline(request, command.Body.Reason, command.Body.Orientation), ct);
}
