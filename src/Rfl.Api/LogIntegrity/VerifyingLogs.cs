using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.TamperEvidence;

namespace Rfl.Api.LogIntegrity;

/// <summary>
/// Holds every log against its chain and the signed checkpoints, each night, and writes down what it found for the data-protection officer. The run counts logs,
/// never rows: how much happened is not told (rule 12).
/// </summary>
public sealed partial class VerifyingLogs(LogVerification verification, LogCheckpoints checkpoints, IConfiguration configuration, IHostEnvironment environment, ILogger<VerifyingLogs> logger)
    : IScheduledJob
{
    public const string JobName = "verifying-logs";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        run.Found(ChainedLog.All.Count);
        var result = await verification.VerifyAsync(CheckpointKey.KnownKeys(configuration, environment), exported: null, ct);
        await checkpoints.RememberAsync(result, ct);
        if (result.IsIntact)
        {
            run.Succeeded(ChainedLog.All.Count);
            return;
        }

        LogBroken(result.Breaks[0].ToString());
        run.FailedWith("log-broken");
    }

    [LoggerMessage(LogLevel.Critical, "A log is not as it was written: {First}. `./rfl verify` names all; keep a copy of the database before anything else.")]
    private partial void LogBroken(string first);
}
