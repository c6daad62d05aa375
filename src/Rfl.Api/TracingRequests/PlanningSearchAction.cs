using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class PlanningSearchAction
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/search-actions/{searchActionId:guid}", Put)
            .WithName("PlanSearchAction")
            .WithSummary("Plans a search action")
            .TakesIdempotencyKey()
            .WithExample(Examples.SearchAction)
            .MayRefuse("case-not-open", "search-suspended", "do-not-search", "means-not-allowed", "means-forbidden-in-country", "sought-person-unknown");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid searchActionId, PlanSearchActionBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new PlanSearchAction(new TracingRequestId(id), searchActionId, body), ct)).ToHttp();
}

public sealed record PlanSearchActionBody(PersonId SoughtPerson, SearchMeans Means, string Plan, DateOnly? PlannedFor = null);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record PlanSearchAction(TracingRequestId TracingRequestId, Guid SearchActionId, PlanSearchActionBody Body) : ICommand;

public sealed class PlanSearchActionValidator : AbstractValidator<PlanSearchAction>
{
    public PlanSearchActionValidator()
    {
        RuleFor(command => command.Body.Plan).NotEmpty();
    }
}

public sealed class PlanSearchActionHandler(TracingRequestDesk desk) : ICommandHandler<PlanSearchAction>
{
    public Task<Outcome> Handle(PlanSearchAction command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            SearchDecider.Plan(
                request, command.SearchActionId, command.Body.SoughtPerson, command.Body.Means, command.Body.PlannedFor, command.Body.Plan, work.Policy), ct);
}
