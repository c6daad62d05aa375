using FluentValidation;

namespace Rfl.Api.ApiKeys;

/// <summary>The keys with which partner societies', the ICRC's and referral organisations' systems come in.</summary>
public static class ApiKeysModule
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<IValidator<CreateApiKeyRequest>, CreateApiKeyRequestValidator>();
        services.AddSingleton<IValidator<RotateApiKeyRequest>, RotateApiKeyRequestValidator>();
        return services;
    }

    public static IEndpointRouteBuilder MapApiKeys(this IEndpointRouteBuilder api)
    {
        CreatingApiKey.Map(api);
        ReadingApiKeys.Map(api);
        RotatingApiKey.Map(api);
        RevokingApiKey.Map(api);
        return api;
    }
}
