using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Rfl.Infrastructure.Jobs;

/// <summary>When jobs are woken. Without a scheduler on this node it knows nothing and wakes nobody; other nodes do.</summary>
public sealed class JobSchedule(ISchedulerFactory? schedulers)
{
    /// <summary>Names the schedule in the scheduler's tables and in the container.</summary>
    internal const string SchedulerName = "rfl";

    public bool IsHere => schedulers is not null;

    public async Task<DateTimeOffset?> NextRunAsync(string job, CancellationToken ct) =>
        schedulers is null ? null : (await (await schedulers.GetScheduler(ct)).GetTrigger(new TriggerKey(job), ct))?.NextFireTimeUtc;

    /// <summary>Wakes a job ahead of its time, on whichever node is free.</summary>
    public async Task WakeAsync(string job, CancellationToken ct)
    {
        if (schedulers is not null)
            await (await schedulers.GetScheduler(ct)).TriggerJob(new JobKey(job), ct);
    }
}

/// <summary>Writes every job's interval into the schedule, once for all nodes; a job that is already there with the same interval keeps its place.</summary>
internal sealed class SchedulingJobs([FromKeyedServices(JobSchedule.SchedulerName)] ISchedulerFactory schedulers, JobRunner runner) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var job in runner.Jobs)
        {
            if (await scheduler.GetTrigger(new TriggerKey(job.Name), cancellationToken) is ISimpleTrigger known && known.RepeatInterval == job.Every)
                continue;
            var detail = JobBuilder.Create<WakingJob>().WithIdentity(job.Name).StoreDurably().Build();
            var trigger = TriggerBuilder.Create().WithIdentity(job.Name).ForJob(job.Name).StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(job.Every).RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
                .Build();
            await scheduler.ScheduleJob(detail, [trigger], ScheduleJobOptions.Replacing, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
