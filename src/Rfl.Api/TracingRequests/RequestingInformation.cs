using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class RequestingInformation
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/information-requests/{informationRequestId:guid}", Put)
            .WithName("RequestInformation")
            .WithSummary("Asks the enquirer for information")
            .TakesIdempotencyKey()
            .WithExample(new RequestInformationBody("Which bus line did he take from the city?"))
            .MayRefuse("not-submitted", "already-recorded-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid informationRequestId, RequestInformationBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RequestInformation(new TracingRequestId(id), informationRequestId, body), ct)).ToHttp();
}

public sealed record RequestInformationBody(string Question);

[AllowedFor(Role.Caseworker, Role.Supervisor)]
public sealed record RequestInformation(TracingRequestId TracingRequestId, Guid InformationRequestId, RequestInformationBody Body) : ICommand;

public sealed class RequestInformationValidator : AbstractValidator<RequestInformation>
{
    public RequestInformationValidator()
    {
        RuleFor(command => command.Body.Question).NotEmpty();
    }
}

public sealed class RequestInformationHandler(TracingRequestDesk desk) : ICommandHandler<RequestInformation>
{
    public Task<Outcome> Handle(RequestInformation command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            AssessmentDecider.RequestInformation(request, command.InformationRequestId, command.Body.Question), ct);
}
