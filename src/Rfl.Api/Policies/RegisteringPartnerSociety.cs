using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.People;
using Rfl.Domain.Policies;

namespace Rfl.Api.Policies;

public static class RegisteringPartnerSociety
{
    public static void Map(IEndpointRouteBuilder policy) =>
        policy.MapPut("/partner-societies/{code}", Put)
            .WithName("RegisterPartnerSociety")
            .WithSummary("Registers a partner of the Family Links Network, or corrects its entry")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new RegisterPartnerSocietyBody("German Red Cross", "DE"));

    public static async Task<CommandAnswer<CarriedOut>> Put(string code, RegisterPartnerSocietyBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RegisterPartnerSociety(code, body), ct)).ToHttp();
}

/// <param name="Country">Where it works, ISO 3166-1 alpha-2; left out for the ICRC.</param>
/// <param name="IsCentralTracingAgency">To whom searches without an answer are escalated.</param>
public sealed record RegisterPartnerSocietyBody(string Name, string? Country = null, bool IsCentralTracingAgency = false);

[AllowedFor(Role.Supervisor)]
public sealed record RegisterPartnerSociety(string Code, RegisterPartnerSocietyBody Body) : ICommand;

public sealed class RegisterPartnerSocietyValidator : AbstractValidator<RegisterPartnerSociety>
{
    public RegisterPartnerSocietyValidator()
    {
        RuleFor(command => command.Code).Matches(PolicyCodes.Partner);
        RuleFor(command => command.Body.Name).NotEmpty().MaximumLength(200);
        RuleFor(command => command.Body.Country).Matches(PolicyCodes.Country).When(command => command.Body.Country is not null);
    }
}

public sealed class RegisterPartnerSocietyHandler(PolicyDesk desk) : ICommandHandler<RegisterPartnerSociety>
{
    public Task<Outcome> Handle(RegisterPartnerSociety command, CancellationToken ct)
    {
        CountryCode? country = command.Body.Country is { } code ? new CountryCode(code) : null;
        var society = new PartnerSociety(command.Code, command.Body.Name, country, command.Body.IsCentralTracingAgency);
        return desk.ChangeAsync(command, policy => PolicyDecider.RegisterPartner(policy, society), ct);
    }
}
