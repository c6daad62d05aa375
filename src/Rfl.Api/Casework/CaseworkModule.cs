using Rfl.Infrastructure.Idempotency;

namespace Rfl.Api.Casework;

/// <summary>What all concepts' commands share.</summary>
public static class CaseworkModule
{
    public static IServiceCollection AddCasework(this IServiceCollection services) => services
        .AddSingleton<PolicyInForce>()
        .AddSingleton<PolicyReader>()
        .AddSingleton<IdempotencyLedger>()
        .AddScoped<Desk>();
}
