using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rfl.Api.Casework;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Migrations;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Operations;

// What a check needs is asked for when it runs: a part that is missing or cannot start is then a state to be shown, not a failed page.

/// <summary>The database answers and has the schema of this build.</summary>
public sealed class DatabaseReady(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await services.GetRequiredService<DatabaseMigrator>().IsCurrentAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();
}

/// <summary>The key-encryption keys are those of this database: without them no personal data can be read or written.</summary>
public sealed class PersonalDataReady(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(services.GetRequiredService<KeyEncryptionStatus>().IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}

/// <summary>
/// Every record of the policy can be read. A damaged one is degraded, not unhealthy: its copy holds, only a change of policy waits until it is restored, and every
/// node would be taken away alike.
/// </summary>
public sealed class PolicyReady(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var record = await services.GetRequiredService<PolicyReader>().ReadRecordAsync(cancellationToken);
            return record.Unreadable.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded();
        }
        catch (UnreadableEventException)
        {
            return HealthCheckResult.Degraded();
        }
    }
}

/// <summary>
/// Views keep up with events. One that lags is degraded, not unhealthy: every node would lag alike, and taking all of them away helps nobody.
/// <c>Operations:FeedLagSeconds</c> (60) is the age from which it counts.
/// </summary>
public sealed class FeedReady(IServiceProvider services, IConfiguration configuration) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var longest = TimeSpan.FromSeconds(configuration.GetValue("Operations:FeedLagSeconds", 60));
        var lags = await services.GetRequiredService<FeedLag>().MeasureAsync(cancellationToken);
        return lags.Any(lag => lag.Behind > longest) ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy();
    }
}
