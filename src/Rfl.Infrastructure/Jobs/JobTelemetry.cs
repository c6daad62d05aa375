using System.Diagnostics.Metrics;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.Jobs;

/// <summary>Figures of jobs that everybody may see: nothing of the disclosure circle's ever comes here (handbook, rule 12).</summary>
internal static class JobTelemetry
{
    private static readonly Counter<long> runs = Telemetry.Meter.CreateCounter<long>("rfl.jobs.runs", "{run}", "Runs of jobs, by job and whether they failed.");
    private static readonly Counter<long> items = Telemetry.Meter.CreateCounter<long>("rfl.jobs.items", "{item}", "Items that jobs did.");
    private static readonly Counter<long> failures = Telemetry.Meter.CreateCounter<long>("rfl.jobs.failures", "{item}", "Items that failed and will be tried again.");

    public static void Ran(JobRun run)
    {
        var job = new KeyValuePair<string, object?>("rfl.job", run.Job);
        runs.Add(1, job, new("rfl.failed", run.Error is not null));
        items.Add(run.Done, job);
        failures.Add(run.Failed, job);
    }
}
