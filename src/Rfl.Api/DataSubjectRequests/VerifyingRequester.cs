using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.DataSubjectRequests;

namespace Rfl.Api.DataSubjectRequests;

public static class VerifyingRequester
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/identity", Put)
            .WithName("VerifyRequester")
            .WithSummary("Records how it was made sure that who asks is who they say, and may ask")
            .TakesIdempotencyKey()
            .WithExample(new VerifyRequesterBody(IdentityProof.AnsweredQuestions, new DateOnly(2026, 11, 20)))
            .MayRefuse("identity-verified-in-future", "data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, VerifyRequesterBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new VerifyRequester(new DataSubjectRequestId(id), body), ct)).ToHttp();
}

public sealed record VerifyRequesterBody(IdentityProof Proof, DateOnly VerifiedOn);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record VerifyRequester(DataSubjectRequestId DataSubjectRequestId, VerifyRequesterBody Body) : ICommand;

public sealed class VerifyRequesterHandler(DataSubjectRequestDesk desk) : ICommandHandler<VerifyRequester>
{
    public Task<Outcome> Handle(VerifyRequester command, CancellationToken ct) =>
        desk.DecideAsync(command, command.DataSubjectRequestId, VersionRule.NotNeeded, (request, work) =>
            DataSubjectRequestDecider.VerifyIdentity(request, command.Body.Proof, command.Body.VerifiedOn, work.Viewer.Id, work.Today), ct);
}
