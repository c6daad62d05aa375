using Npgsql;

namespace Rfl.Api.Matches;

/// <summary>Compares who waits, a moment after they were recorded. Several nodes may do the same work; it is kept once.</summary>
public sealed partial class MatchProposer(MatchProposing proposing, MatchIndexForm form, IConfiguration configuration, ILogger<MatchProposer> logger) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan pauseAfterFailure = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Like the scheduled jobs, off where tests carry the work out themselves.
        if (!configuration.GetValue("Jobs:Enabled", true))
            return;
        var inForm = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!inForm)
                    await form.BringUpToDateAsync(stoppingToken);
                inForm = true;
                if (await proposing.RunAsync(100, stoppingToken) == 0)
                    await Task.Delay(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailure(exception.GetType().Name, (exception as PostgresException)?.SqlState);
                await Task.Delay(pauseAfterFailure, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    // No exception object: its message may quote what was compared.
    [LoggerMessage(LogLevel.Error, "Comparing people failed with {Error} (SQLSTATE {SqlState}); it waits and tries again.")]
    private partial void LogFailure(string error, string? sqlState);
}
