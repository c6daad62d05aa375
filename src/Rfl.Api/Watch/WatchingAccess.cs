using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Watch;

/// <summary>
/// Raises what the watch over the read log finds, one command for each alarm. Its figures count alarms outside the disclosure circle only, since the circle's
/// reads are in a log that it never opens (rule 12).
/// </summary>
public sealed class WatchingAccess(ReadLogWatch watch, PolicyReader policies, IServiceScopeFactory scopes, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "watching-access";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        var policy = await policies.ReadAsync(ct);
        while (true)
        {
            var (alarms, end) = await watch.NextAsync(policy.Watch, clock.GetUtcNow(), ct);
            foreach (var alarm in alarms)
            {
                run.Found();
                await scopes.SendAsServiceAsync(new RaiseAccessAlarm(alarm), run.RunId, ct);
                run.Succeeded();
            }

            if (end is not { } looked)
                return;
            await watch.MoveAsync(looked, clock.GetUtcNow(), ct);
        }
    }
}
