using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class ProvidingInformation
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/information-requests/{informationRequestId:guid}/answer", Put)
            .WithName("ProvideInformation")
            .WithSummary("Records the enquirer's answer")
            .TakesIdempotencyKey()
            .WithExample(new ProvideInformationBody("The night bus to the coast."))
            .MayRefuse("information-request-unknown", "already-recorded-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid informationRequestId, ProvideInformationBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ProvideInformation(new TracingRequestId(id), informationRequestId, body), ct)).ToHttp();
}

public sealed record ProvideInformationBody(string Answer);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ProvideInformation(TracingRequestId TracingRequestId, Guid InformationRequestId, ProvideInformationBody Body) : ICommand;

public sealed class ProvideInformationValidator : AbstractValidator<ProvideInformation>
{
    public ProvideInformationValidator()
    {
        RuleFor(command => command.Body.Answer).NotEmpty();
    }
}

public sealed class ProvideInformationHandler(TracingRequestDesk desk) : ICommandHandler<ProvideInformation>
{
    public Task<Outcome> Handle(ProvideInformation command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            AssessmentDecider.ProvideInformation(request, command.InformationRequestId, command.Body.Answer), ct);
}
