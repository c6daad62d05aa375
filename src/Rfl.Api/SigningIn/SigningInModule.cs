using FluentValidation;
using Rfl.Api.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>Signing in and out, and what people do with their own account.</summary>
public static class SigningInModule
{
    /// <summary>Everything that authentication and admission need, for all modules.</summary>
    public static IServiceCollection AddSigningIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityMechanisms(configuration);
        services.AddSignInSchemes(configuration);
        services.AddRateLimits();
        services.AddScoped<OpeningSession>();
        services.AddScoped<OwnAccount>();
        services.AddSingleton<IValidator<SignInRequest>, SignInRequestValidator>();
        services.AddSingleton<IValidator<RefreshRequest>, RefreshRequestValidator>();
        services.AddSingleton<IValidator<ChangePasswordRequest>, ChangePasswordRequestValidator>();
        services.AddSingleton<IValidator<CodeRequest>, CodeRequestValidator>();
        return services;
    }

    public static IEndpointRouteBuilder MapSigningIn(this IEndpointRouteBuilder api)
    {
        OpeningSession.Map(api);
        RefreshingSession.Map(api);
        EndingSession.Map(api);
        ShowingMe.Map(api);
        ChangingPassword.Map(api);
        EnrollingSecondFactor.Map(api);
        ReadingSignInAudit.Map(api);
        return api;
    }
}
