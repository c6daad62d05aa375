using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class WithdrawingTracingRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/withdrawal", Post)
            .WithName("WithdrawTracingRequest")
            .WithSummary("The enquirer withdraws the request: searches stop, transmissions are recalled")
            .TakesIdempotencyKey();

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawTracingRequest(new TracingRequestId(id)), ct)).ToHttp();
}

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record WithdrawTracingRequest(TracingRequestId TracingRequestId) : ICommand;

public sealed class WithdrawTracingRequestHandler(TracingRequestDesk desk) : ICommandHandler<WithdrawTracingRequest>
{
    public Task<Outcome> Handle(WithdrawTracingRequest command, CancellationToken ct) =>
        desk.DecideAndRecallAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            LifeDecider.Withdraw(request), RecallReason.EnquirerWithdrew, ct);
}
