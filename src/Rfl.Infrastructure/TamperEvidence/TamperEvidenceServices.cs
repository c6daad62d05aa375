using Microsoft.Extensions.DependencyInjection;
using Rfl.Infrastructure.Identity;

namespace Rfl.Infrastructure.TamperEvidence;

public static class TamperEvidenceServices
{
    /// <summary>Sealing, checkpoints and verification of the append-only logs (<see cref="ChainedLog.All"/>).</summary>
    public static IServiceCollection AddTamperEvidence(this IServiceCollection services)
    {
        services.AddSingleton(provider => new CheckpointKey(provider.GetRequiredService<IdentityKeys>().Secret));
        services.AddSingleton<LogSealing>();
        services.AddHostedService(provider => provider.GetRequiredService<LogSealing>());
        services.AddSingleton<LogCheckpoints>();
        services.AddSingleton<LogVerification>();
        return services;
    }
}
