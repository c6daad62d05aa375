using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class CarryingOutSearchAction
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/search-actions/{searchActionId:guid}/result", Put)
            .WithName("CarryOutSearchAction")
            .WithSummary("Records what a search action brought; whoever finds the person reports a finding instead")
            .TakesIdempotencyKey()
            .WithExample(new CarryOutSearchActionBody(new DateOnly(2026, 11, 18), SearchResult.NothingFound, Provenance.OwnStaff, "Asked at both distribution points; nobody knew the name."))
            .MayRefuse("search-action-unknown", "already-recorded-differently", "date-in-future");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid searchActionId, CarryOutSearchActionBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new CarryOutSearchAction(new TracingRequestId(id), searchActionId, body), ct)).ToHttp();
}

public sealed record CarryOutSearchActionBody(DateOnly CarriedOutOn, SearchResult Result, Provenance Provenance, string Account);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record CarryOutSearchAction(TracingRequestId TracingRequestId, Guid SearchActionId, CarryOutSearchActionBody Body) : ICommand;

public sealed class CarryOutSearchActionValidator : AbstractValidator<CarryOutSearchAction>
{
    public CarryOutSearchActionValidator()
    {
        RuleFor(command => command.Body.Account).NotEmpty();
    }
}

public sealed class CarryOutSearchActionHandler(TracingRequestDesk desk) : ICommandHandler<CarryOutSearchAction>
{
    public Task<Outcome> Handle(CarryOutSearchAction command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            {
                work.HappenedOn(command.Body.CarriedOutOn);
                return SearchDecider.CarryOut(
                    request, command.SearchActionId, command.Body.CarriedOutOn, command.Body.Result, command.Body.Provenance, command.Body.Account, work.Today);
            }, ct);
}
