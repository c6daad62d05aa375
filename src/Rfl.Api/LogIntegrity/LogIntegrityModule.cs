using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.LogIntegrity;

/// <summary>That the logs are as they were written: signed checkpoints, and what regular verifications found (docs/adr/0070).</summary>
public static class LogIntegrityModule
{
    public static IServiceCollection AddLogIntegrity(this IServiceCollection services) => services
        .AddTamperEvidence()
        .AddScheduledJob<IssuingCheckpoints>()
        .AddScheduledJob<VerifyingLogs>();

    public static IEndpointRouteBuilder MapLogIntegrity(this IEndpointRouteBuilder api)
    {
        ListingCheckpoints.Map(api);
        ListingVerifications.Map(api);
        return api;
    }
}
