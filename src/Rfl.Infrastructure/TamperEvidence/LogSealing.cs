using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.TamperEvidence;

/// <summary>
/// Makes links of what has settled, in the background, within seconds. Appends know nothing of it and never wait: whichever node gets a log's lock seals its
/// next rows, in the order of the feed, in a transaction of its own.
/// </summary>
public sealed partial class LogSealing(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<LogSealing> logger) : BackgroundService
{
    /// <summary>Rows in one link.</summary>
    public const int LinkSize = 1000;

    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(30);

    private enum Step
    {
        FullLink,
        Sealed,
        UpToDate,
        Elsewhere,
    }

    /// <summary>Seals, here and now, what has settled.</summary>
    public async Task SealAsync(CancellationToken ct)
    {
        foreach (var log in ChainedLog.All)
        {
            while (await StepAsync(log, ct) is Step.FullLink)
            {
            }
        }
    }

    /// <summary>
    /// Seals, here and now, everything committed before the call, whichever node does the work. For tests and tools: a transaction that stays open lets it wait.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken ct = default)
    {
        foreach (var log in ChainedLog.All)
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            var goal = await LogRows.LastAsync(connection, log, ct);
            while (await SealedToAsync(connection, log, ct) < goal)
            {
                if (await StepAsync(log, ct) is Step.UpToDate or Step.Elsewhere)
                    await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var more = false;
                foreach (var log in ChainedLog.All)
                    more |= await StepAsync(log, stoppingToken) == Step.FullLink;
                failures = 0;
                // Also after a link that was not full: rows that come one by one would otherwise become links of one.
                if (!more)
                    await Task.Delay(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                failures++;
                LogFailure(exception.GetType().Name, (exception as PostgresException)?.SqlState);
                var wait = TimeSpan.FromTicks(Math.Min(longestPause.Ticks, pause.Ticks << Math.Min(failures, 10)));
                await Task.Delay(wait, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private static async Task<FeedPosition> SealedToAsync(NpgsqlConnection connection, ChainedLog log, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {LogLink.Columns} from log_link where log = $1 order by number desc limit 1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = log.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? LogLink.Read(log.Name, reader).End : default;
    }

    private async Task<Step> StepAsync(ChainedLog log, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        LogLink? last = null;
        string hash;
        await using (var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Ends with the transaction, so a lost node cannot keep it.
                new("select pg_try_advisory_xact_lock(hashtextextended($1, 5918))") { Parameters = { new NpgsqlParameter<string> { TypedValue = "seal:" + log.Name } } },
                new($"select {LogLink.Columns} from log_link where log = $1 order by number desc limit 1") { Parameters = { new NpgsqlParameter<string> { TypedValue = log.Name } } },
                RowHash.Columns(log),
            },
        })
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            if (!reader.GetBoolean(0))
                return Step.Elsewhere;
            await reader.NextResultAsync(ct);
            if (await reader.ReadAsync(ct))
                last = LogLink.Read(log.Name, reader);
            await reader.NextResultAsync(ct);
            hash = await RowHash.ExpressionAsync(reader, log, ct);
        }

        var rows = await LogRows.SettledAsync(connection, log, hash, last?.End ?? default, LinkSize, ct);
        if (rows.Count == 0)
            return Step.UpToDate;
        var link = LogLink.After(
            last,
            log.Name,
            Microseconds(clock.GetUtcNow()),
            rows[^1].Position,
            [.. rows.Select(row => row.Position.Sequence)],
            [.. rows.SelectMany(row => row.Hash)]);
        await using (var insert = new NpgsqlBatch(connection) { BatchCommands = { link.Insert() } })
            await insert.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return rows.Count == LinkSize ? Step.FullLink : Step.Sealed;
    }

    /// <summary>As the database keeps it, so that a hash over the instant is the same when it is read back.</summary>
    internal static DateTimeOffset Microseconds(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMicrosecond), instant.Offset);

    [LoggerMessage(LogLevel.Error, "Sealing the logs failed with {Error} (SQLSTATE {SqlState}); it is tried again, and nothing else waits for it.")]
    private partial void LogFailure(string error, string? sqlState);
}
