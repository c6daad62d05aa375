using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

public static class SettingDeadlineRule
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/deadline-rules", Put)
            .WithName("SetDeadlineRule")
            .WithSummary("Sets when the reminders of one kind of deadline fall, for everybody or for a partner, a country, urgent cases; open deadlines follow")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new SetDeadlineRuleBody(
                DeadlineKind.PartnerAnswer,
                new PolicyScope(Partner: "DE"),
                new DeadlineRule([new Period(2, PeriodUnit.Months), new Period(4, PeriodUnit.Months), new Period(6, PeriodUnit.Months)])))
            .MayRefuse("deadline-rule-without-steps", "period-not-positive");

    public static async Task<CommandAnswer<CarriedOut>> Put(SetDeadlineRuleBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SetDeadlineRule(body), ct)).ToHttp();
}

/// <param name="Scope">Whom the rule is for; nothing in it means everybody.</param>
public sealed record SetDeadlineRuleBody(DeadlineKind Kind, PolicyScope Scope, DeadlineRule Rule);

[AllowedFor(Role.Supervisor)]
public sealed record SetDeadlineRule(SetDeadlineRuleBody Body) : ICommand;

public sealed class SetDeadlineRuleValidator : AbstractValidator<SetDeadlineRule>
{
    public SetDeadlineRuleValidator()
    {
        RuleFor(command => command.Body.Kind).IsInEnum();
        RuleFor(command => command.Body.Scope).SetValidator(new PolicyScopeValidator());
        RuleFor(command => command.Body.Rule.Steps.Count).LessThanOrEqualTo(24).OverridePropertyName("Body.Rule.Steps");
        RuleForEach(command => command.Body.Rule.Steps).ChildRules(step => step.RuleFor(period => period.Count).InclusiveBetween(-1000, 1000));
    }
}

public sealed class PolicyScopeValidator : AbstractValidator<PolicyScope>
{
    public PolicyScopeValidator()
    {
        RuleFor(scope => scope.Partner).Matches(PolicyCodes.Partner).When(scope => scope.Partner is not null);
        RuleFor(scope => scope.Country).Matches(PolicyCodes.Country).When(scope => scope.Country is not null);
    }
}

/// <summary>How the policy names countries and partner societies.</summary>
internal static class PolicyCodes
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public const string Country = "^[A-Z]{2}$";

    public const string Partner = "^[A-Z][A-Z0-9-]{0,19}$";
}

public sealed class SetDeadlineRuleHandler(PolicyDesk desk) : ICommandHandler<SetDeadlineRule>
{
    public Task<Outcome> Handle(SetDeadlineRule command, CancellationToken ct) =>
        desk.ChangeAsync(command, policy => PolicyDecider.SetDeadlineRule(policy, command.Body.Kind, command.Body.Scope, command.Body.Rule), ct);
}
