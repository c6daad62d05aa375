using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class RecordingUnreachableEnquirer
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/unreachable-attempts/{attemptId:guid}", Put)
            .WithName("RecordUnreachableEnquirer")
            .WithSummary("Records an attempt that did not reach the enquirer")
            .TakesIdempotencyKey()
            .WithExample(new RecordUnreachableEnquirerBody(ContactChannel.Phone, new DateOnly(2026, 11, 20)))
            .MayRefuse("channel-forbidden", "not-submitted");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid attemptId, RecordUnreachableEnquirerBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecordUnreachableEnquirer(new TracingRequestId(id), attemptId, body), ct)).ToHttp();
}

public sealed record RecordUnreachableEnquirerBody(ContactChannel Channel, DateOnly AttemptedOn);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RecordUnreachableEnquirer(TracingRequestId TracingRequestId, Guid AttemptId, RecordUnreachableEnquirerBody Body) : ICommand;

public sealed class RecordUnreachableEnquirerHandler(TracingRequestDesk desk) : ICommandHandler<RecordUnreachableEnquirer>
{
    public Task<Outcome> Handle(RecordUnreachableEnquirer command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            {
                work.HappenedOn(command.Body.AttemptedOn);
                return LifeDecider.RecordUnreachable(request, command.AttemptId, command.Body.Channel, command.Body.AttemptedOn, work.Today);
            }, ct);
}
