using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class SubmittingTracingRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/submission", Post)
            .WithName("SubmitTracingRequest")
            .WithSummary("Submits the request to headquarters")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("submission-incomplete", "nearest-male-relative-is-sought");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SubmitTracingRequest(new TracingRequestId(id)), ct)).ToHttp();
}

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record SubmitTracingRequest(TracingRequestId TracingRequestId) : ICommand;

public sealed class SubmitTracingRequestHandler(TracingRequestDesk desk) : ICommandHandler<SubmitTracingRequest>
{
    public Task<Outcome> Handle(SubmitTracingRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.Required, (request, work) =>
            InterviewDecider.Submit(request, work.Policy), ct);
}
