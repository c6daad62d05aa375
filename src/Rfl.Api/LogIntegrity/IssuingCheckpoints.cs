using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.LogIntegrity;

/// <summary>Signs the latest links of all logs, every hour, whether there is anything new or not: a checkpoint must not tell that something happened (rule 12).</summary>
public sealed class IssuingCheckpoints(LogCheckpoints checkpoints) : IScheduledJob
{
    public const string JobName = "issuing-checkpoints";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        run.Found();
        await checkpoints.IssueAsync(ct);
        run.Succeeded();
    }
}
