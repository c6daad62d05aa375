using FluentValidation;

namespace Rfl.Api.Accounts;

/// <summary>The accounts of staff, partners' people and enquirers, kept by the system administrator.</summary>
public static class AccountsModule
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<IValidator<CreateAccountRequest>, CreateAccountRequestValidator>();
        services.AddSingleton<IValidator<ChangeRolesRequest>, ChangeRolesRequestValidator>();
        return services;
    }

    /// <summary>Apart from the others: among what it shows are enquirers, so that it is logged as reading about people.</summary>
    public static IEndpointRouteBuilder MapAccountReading(this IEndpointRouteBuilder api)
    {
        ReadingAccounts.Map(api);
        return api;
    }

    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder api)
    {
        CreatingAccount.Map(api);
        ChangingRoles.Map(api);
        DeactivatingAccount.Map(api);
        ResettingPassword.Map(api);
        ResettingSecondFactor.Map(api);
        return api;
    }
}
