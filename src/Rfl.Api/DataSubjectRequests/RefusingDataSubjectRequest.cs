using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.DataSubjectRequests;

namespace Rfl.Api.DataSubjectRequests;

public static class RefusingDataSubjectRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPost("/{id:guid}/refusal", Post)
            .WithName("RefuseDataSubjectRequest")
            .WithSummary("Refuses what was asked, with the reason of the law and an explanation for the person")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new RefuseDataSubjectRequestBody(RequestRefusalReason.IdentityNotVerified, "Nobody could say that it was he who asked."))
            .MayRefuse("explanation-missing", "data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, RefuseDataSubjectRequestBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RefuseDataSubjectRequest(new DataSubjectRequestId(id), body), ct)).ToHttp();
}

public sealed record RefuseDataSubjectRequestBody(RequestRefusalReason Reason, string Explanation);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record RefuseDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId, RefuseDataSubjectRequestBody Body) : ICommand;

public sealed class RefuseDataSubjectRequestValidator : AbstractValidator<RefuseDataSubjectRequest>
{
    public RefuseDataSubjectRequestValidator()
    {
        RuleFor(command => command.Body.Explanation).NotEmpty();
    }
}

public sealed class RefuseDataSubjectRequestHandler(DataSubjectRequestDesk desk) : ICommandHandler<RefuseDataSubjectRequest>
{
    public Task<Outcome> Handle(RefuseDataSubjectRequest command, CancellationToken ct) =>
        desk.DecideAsync(command, command.DataSubjectRequestId, VersionRule.Required, (request, work) =>
            DataSubjectRequestDecider.Refuse(request, command.Body.Reason, command.Body.Explanation, work.Viewer.Id), ct);
}
