using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.DataSubjectRequests;

namespace Rfl.Api.DataSubjectRequests;

public static class AnsweringDataSubjectRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/answer", Post)
            .WithName("AnswerDataSubjectRequest")
            .WithSummary("Records that the person was answered. Restriction, objection and erasure are answered by carrying them out")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new AnswerDataSubjectRequestBody(DataSubjectAnswer.PartlyGranted))
            .MayRefuse("requester-not-verified", "rectification-missing", "data-subject-request-effect-missing", "data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, AnswerDataSubjectRequestBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AnswerDataSubjectRequest(new DataSubjectRequestId(id), body), ct)).ToHttp();
}

public sealed record AnswerDataSubjectRequestBody(DataSubjectAnswer Answer);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record AnswerDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId, AnswerDataSubjectRequestBody Body) : ICommand;

public sealed class AnswerDataSubjectRequestHandler(DataSubjectRequestDesk desk) : ICommandHandler<AnswerDataSubjectRequest>
{
    public Task<Outcome> Handle(AnswerDataSubjectRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.DataSubjectRequestId, VersionRule.Required, (request, work) =>
            DataSubjectRequestDecider.Answer(request, command.Body.Answer, work.Viewer.Id, hasEffect: false), ct);
}
