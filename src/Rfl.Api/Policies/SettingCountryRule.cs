using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Policies;

public static class SettingCountryRule
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/country-rules/{country}", Put)
            .WithName("SetCountryRule")
            .WithSummary("Says what is forbidden or demanded for searches in a country (ISO 3166-1 alpha-2)")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new SetCountryRuleBody(false, [SearchMeans.SocialMedia], [TransferField.SoughtPersonHealth]));

    public static async Task<CommandAnswer<CarriedOut>> Put(string country, SetCountryRuleBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SetCountryRule(country, body), ct)).ToHttp();
}

/// <param name="WomenMayNotBeSought">The nearest male relative is sought instead and the woman named among the companions.</param>
/// <param name="ForbiddenMeans">Means of search that would put people at risk there.</param>
/// <param name="WithheldFields">What is never sent to a society working there.</param>
public sealed record SetCountryRuleBody(
    bool WomenMayNotBeSought = false, ValueList<SearchMeans> ForbiddenMeans = default, ValueList<TransferField> WithheldFields = default);

[AllowedFor(Role.Supervisor)]
public sealed record SetCountryRule(string Country, SetCountryRuleBody Body) : ICommand;

public sealed class SetCountryRuleValidator : AbstractValidator<SetCountryRule>
{
    public SetCountryRuleValidator()
    {
        RuleFor(command => command.Country).Matches(PolicyCodes.Country);
        RuleForEach(command => command.Body.ForbiddenMeans).IsInEnum();
        RuleForEach(command => command.Body.WithheldFields).IsInEnum();
    }
}

public sealed class SetCountryRuleHandler(PolicyDesk desk) : ICommandHandler<SetCountryRule>
{
    public Task<Outcome> Handle(SetCountryRule command, CancellationToken ct)
    {
        var body = command.Body;
        var rule = new CountryRule(
            new CountryCode(command.Country),
            body.WomenMayNotBeSought,
            body.ForbiddenMeans.Distinct().Order().ToValueList(),
            body.WithheldFields.Distinct().Order().ToValueList());
        return desk.ChangeAsync(command, policy => PolicyDecider.SetCountryRule(policy, rule), ct);
    }
}
