using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.Jobs;

/// <summary>Runs a job here and now and writes down what came of it. The scheduler, a person who asks for a run, and tests all come through here.</summary>
public sealed partial class JobRunner(IEnumerable<IScheduledJob> jobs, JobRunLog runs, TimeProvider clock, ILogger<JobRunner> logger)
{
    /// <summary>The run was stopped from outside, by the end of the service or of the request that asked for it.</summary>
    public const string Stopped = "stopped";

    public IReadOnlyList<IScheduledJob> Jobs { get; } = [.. jobs.OrderBy(job => job.Name, StringComparer.Ordinal)];

    public IScheduledJob? Find(string name) => Jobs.FirstOrDefault(job => job.Name == name);

    /// <summary>A job that fails is not an exception here: its run says so.</summary>
    /// <param name="askedBy">The account that asked; null for the schedule.</param>
    /// <exception cref="ArgumentException">There is no job of this name.</exception>
    public async Task<JobRun> RunAsync(string name, Guid? askedBy, CancellationToken ct)
    {
        var job = Find(name) ?? throw new ArgumentException($"There is no job {name}.", nameof(name));
        var started = clock.GetUtcNow();
        var progress = new JobProgress(Guid.CreateVersion7(started));
        var run = new JobRun(progress.RunId, name, Environment.MachineName, askedBy, started, null, 0, 0, 0, null);
        await runs.StartAsync(run, ct);
        string? error = null;
        try
        {
            await job.RunAsync(progress, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            error = Stopped;
        }
        catch (Exception exception)
        {
            error = CodeOf(exception);
            LogFailure(name, error);
        }

        run = run with
        {
            EndedAt = clock.GetUtcNow(),
            Due = progress.Due,
            Done = progress.Done,
            Failed = progress.Failed,
            Error = error ?? progress.Error,
        };
        // What was done is written down even where the run was stopped.
        await runs.EndAsync(run, CancellationToken.None);
        if (!job.IsOfCircle)
            JobTelemetry.Ran(run);
        return run;
    }

    /// <summary>What may be written down of an exception: its kind. Its message may quote what it was working on.</summary>
    public static string CodeOf(Exception exception) =>
        exception is PostgresException postgres ? $"SQLSTATE {postgres.SqlState}" : exception.GetType().Name;

    [LoggerMessage(LogLevel.Error, "Job {Job} failed with {Error}; it runs again at its next time.")]
    private partial void LogFailure(string job, string error);
}
