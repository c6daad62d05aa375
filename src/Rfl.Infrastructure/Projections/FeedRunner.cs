using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.Projections;

/// <summary>
/// Keeps every projection up with the feed. Each batch is one transaction with its checkpoint, taken by whichever node gets the projection's lock. It polls:
/// a notification per append would make all commits wait for each other.
/// </summary>
public sealed partial class FeedRunner(
    NpgsqlDataSource dataSource, EventFeed feed, IEnumerable<IFeedProjection> projections, TimeProvider clock, ILogger<FeedRunner> logger)
    : BackgroundService
{
    /// <summary>Events per transaction.</summary>
    public const int BatchSize = 1000;

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<IFeedProjection> projections = [.. projections];
    private readonly ConcurrentDictionary<string, string> failing = [];

    private enum Step
    {
        Applied,
        UpToDate,
        Elsewhere,
    }

    /// <summary>Projections whose last batch failed on this node, with the kind of error; for health.</summary>
    public IReadOnlyDictionary<string, string> Failing => failing;

    /// <summary>
    /// Applies, here and now, everything committed before the call, whichever node does the work. For tests and tools that must read a projection at once.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken ct = default)
    {
        foreach (var projection in projections)
            await CatchUpAsync(projection, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(projections.Select(projection => FollowAsync(projection, stoppingToken)));

    private async Task FollowAsync(IFeedProjection projection, CancellationToken stopping)
    {
        // Applying may compute for long; the host must not wait for it to start.
        await Task.Yield();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var step = await StepAsync(projection, stopping);
                failures = 0;
                failing.TryRemove(projection.Name, out _);
                if (step != Step.Applied)
                    await Task.Delay(pause, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                failures++;
                failing[projection.Name] = exception.GetType().Name;
                LogFailure(projection.Name, exception.GetType().Name, (exception as PostgresException)?.SqlState);
                var wait = TimeSpan.FromTicks(Math.Min(longestPause.Ticks, pause.Ticks << Math.Min(failures, 10)));
                await Task.Delay(wait, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task<Step> StepAsync(IFeedProjection projection, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await FeedCheckpoints.TryTakeAsync(connection, projection.Name, ct) is not { } position)
            return Step.Elsewhere;
        var page = await feed.ReadAsync(connection, position, BatchSize, ct);
        if (page.Events.Count == 0)
            return Step.UpToDate;
        await projection.ApplyAsync(page.Events, connection, transaction, ct);
        await FeedCheckpoints.MoveAsync(connection, projection.Name, page.Position, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return Step.Applied;
    }

    private async Task CatchUpAsync(IFeedProjection projection, CancellationToken ct)
    {
        var goal = await dataSource.LastPositionAsync(ct);
        while (await dataSource.PositionAsync(projection.Name, ct) < goal)
        {
            if (await StepAsync(projection, ct) != Step.Applied)
                await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
        }
    }

    // No exception object: a projection's message may quote what it was working on.
    [LoggerMessage(LogLevel.Error, "Projection {Projection} failed with {Error} (SQLSTATE {SqlState}); it waits and tries the same events again.")]
    private partial void LogFailure(string projection, string error, string? sqlState);
}
