using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
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
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentViewer>().ActAs(Viewer.System);
                scope.ServiceProvider.GetRequiredService<RequestConditions>().CorrelationId = run.RunId;
                run.Found();
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RaiseAccessAlarm(alarm), ct);
                run.Succeeded();
            }

            if (end is not { } looked)
                return;
            await watch.MoveAsync(looked, clock.GetUtcNow(), ct);
        }
    }
}
