using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.DataSubjectRequests;

namespace Rfl.Api.DataSubjectRequests;

public static class WithdrawingDataSubjectRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/withdrawal", Post)
            .WithName("WithdrawDataSubjectRequest")
            .WithSummary("Records that the person asks for it no more")
            .TakesIdempotencyKey()
            .MayRefuse("data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawDataSubjectRequest(new DataSubjectRequestId(id)), ct)).ToHttp();
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record WithdrawDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId) : ICommand;

public sealed class WithdrawDataSubjectRequestHandler(DataSubjectRequestDesk desk) : ICommandHandler<WithdrawDataSubjectRequest>
{
    public Task<Outcome> Handle(WithdrawDataSubjectRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.DataSubjectRequestId, VersionRule.NotNeeded, (request, work) =>
            DataSubjectRequestDecider.Withdraw(request, work.Today), ct);
}
