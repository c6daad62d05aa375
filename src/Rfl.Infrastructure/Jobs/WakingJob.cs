using Quartz;

namespace Rfl.Infrastructure.Jobs;

/// <summary>What the scheduler wakes: it runs the job of its name. Never twice at a time in the whole cluster.</summary>
[DisallowConcurrentExecution]
public sealed class WakingJob(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        // A node of another version may know jobs that this one does not.
        if (runner.Find(name) is not null)
            await runner.RunAsync(name, askedBy: null, cancellationToken);
    }
}
