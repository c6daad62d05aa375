using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Consents;

/// <summary>The ledger of consents (handbook §3, §8.1). Giving and withdrawing stand with the request, the registration and the disclosure.</summary>
public static class ConsentsModule
{
    public static IServiceCollection AddConsents(this IServiceCollection services) => services
        .AddInlineView<RequestConsentRows>()
        .AddInlineView<RegistrationConsentRows>();

    public static IEndpointRouteBuilder MapConsents(this IEndpointRouteBuilder api)
    {
        ReadingConsents.Map(api);
        return api;
    }
}
