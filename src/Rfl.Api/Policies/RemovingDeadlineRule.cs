using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

public static class RemovingDeadlineRule
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapDelete("/deadline-rules", Delete)
            .WithName("RemoveDeadlineRule")
            .WithSummary("Removes a particular rule, so that the more general one counts again")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("general-deadline-rule-needed");

    public static async Task<CommandAnswer<CarriedOut>> Delete(
        DeadlineKind kind, string? partner, string? country, bool? urgent, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RemoveDeadlineRule(kind, new PolicyScope(partner, country, urgent)), ct)).ToHttp();
}

[AllowedFor(Role.Supervisor)]
public sealed record RemoveDeadlineRule(DeadlineKind Kind, PolicyScope Scope) : ICommand;

public sealed class RemoveDeadlineRuleValidator : AbstractValidator<RemoveDeadlineRule>
{
    public RemoveDeadlineRuleValidator() => RuleFor(command => command.Scope).SetValidator(new PolicyScopeValidator());
}

public sealed class RemoveDeadlineRuleHandler(PolicyDesk desk) : ICommandHandler<RemoveDeadlineRule>
{
    public Task<Outcome> Handle(RemoveDeadlineRule command, CancellationToken ct) =>
        desk.ChangeAsync(command, policy => PolicyDecider.RemoveDeadlineRule(policy, command.Kind, command.Scope), ct);
}
