using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.DataSubjectRequests;

namespace Rfl.Api.DataSubjectRequests;

public static class ExtendingDataSubjectRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/extension", Post)
            .WithName("ExtendDataSubjectRequest")
            .WithSummary("Extends the legal deadline by two months, once; the person has to be told why within the first")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new ExtendDataSubjectRequestBody(ExtensionReason.Complexity))
            .MayRefuse("data-subject-request-already-extended", "extension-too-late", "data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, ExtendDataSubjectRequestBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ExtendDataSubjectRequest(new DataSubjectRequestId(id), body), ct)).ToHttp();
}

public sealed record ExtendDataSubjectRequestBody(ExtensionReason Reason);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record ExtendDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId, ExtendDataSubjectRequestBody Body) : ICommand;

public sealed class ExtendDataSubjectRequestHandler(DataSubjectRequestDesk desk) : ICommandHandler<ExtendDataSubjectRequest>
{
    public Task<Outcome> Handle(ExtendDataSubjectRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.DataSubjectRequestId, VersionRule.Required, (request, work) =>
            DataSubjectRequestDecider.Extend(request, command.Body.Reason, work.Viewer.Id, work.Now, work.Policy), ct);
}
