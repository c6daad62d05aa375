using Microsoft.Extensions.Logging;
using Npgsql;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Projections;

/// <param name="StreamsFailed">Streams whose rows could not be computed; they keep the rows they had.</param>
public sealed record RebuildProgress(string View, long StreamsTotal, long StreamsDone, long StreamsFailed);

/// <summary>
/// Computes views anew while the service runs. An inline view is rebuilt stream by stream: the stream is locked, so that no append comes between, and gets
/// its rows as an append would write them. A feed projection is emptied and replayed in one transaction; readers see the old rows until it is committed,
/// and its lag shows meanwhile.
/// </summary>
public sealed partial class ViewRebuilder(
    NpgsqlDataSource dataSource,
    EventCatalogue catalogue,
    PersonKeyVault vault,
    EventFeed feed,
    IEnumerable<IInlineView> views,
    IEnumerable<IFeedProjection> projections,
    TimeProvider clock,
    ILogger<ViewRebuilder> logger)
{
    /// <summary>Streams locked at a time.</summary>
    public const int PageSize = 200;

    private readonly EventSerializer serializer = new(catalogue);

    /// <summary>Rebuilds the inline view or feed projection of this name.</summary>
    /// <param name="progress">Told after every page; the table <c>view_rebuilds</c> shows the same to other nodes.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public async Task<RebuildProgress> RebuildAsync(string name, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        if (views.FirstOrDefault(view => view.Name == name) is { } inline)
            return await RebuildAsync(inline, progress, ct);
        if (projections.FirstOrDefault(projection => projection.Name == name) is { } following)
            return await RebuildAsync(following, progress, ct);
        throw new ArgumentException($"There is no view {name}.", nameof(name));
    }

    private async Task<RebuildProgress> RebuildAsync(IInlineView view, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        var state = new RebuildProgress(view.Name, await CountAsync(view.StreamType, ct), 0, 0);
        await ReportAsync(state, start: true, finished: false, progress, ct);
        var last = Guid.Empty;
        while (true)
        {
            var page = await StreamsAfterAsync(view.StreamType, last, ct);
            if (page.Length == 0)
                break;
            var failed = await RebuildPageAsync(view, page, ct);
            state = state with { StreamsDone = state.StreamsDone + page.Length, StreamsFailed = state.StreamsFailed + failed };
            last = page[^1];
            await ReportAsync(state, start: false, finished: false, progress, ct);
        }

        await ReportAsync(state, start: false, finished: true, progress, ct);
        return state;
    }

    private async Task<RebuildProgress> RebuildAsync(IFeedProjection projection, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await FeedCheckpoints.TakeAsync(connection, projection.Name, ct);
        await projection.ResetAsync(connection, transaction, ct);
        var position = default(FeedPosition);
        var done = 0L;
        while (await feed.ReadAsync(connection, position, FeedRunner.BatchSize, ct) is { Events.Count: > 0 } page)
        {
            await projection.ApplyAsync(page.Events, connection, transaction, ct);
            position = page.Position;
            done += page.Events.Count;
            progress?.Report(new RebuildProgress(projection.Name, 0, done, 0));
        }

        await FeedCheckpoints.MoveAsync(connection, projection.Name, position, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return new RebuildProgress(projection.Name, done, done, 0);
    }

    /// <returns>How many streams failed.</returns>
    private async Task<int> RebuildPageAsync(IInlineView view, Guid[] streams, CancellationToken ct)
    {
        try
        {
            return await RebuildStreamsAsync(view, streams, ct);
        }
        catch (PostgresException) when (streams.Length > 1)
        {
            // One stream's rows are refused: the others must not suffer for it.
            var failed = 0;
            foreach (var stream in streams)
                failed += await RebuildPageAsync(view, [stream], ct);
            return failed;
        }
        catch (PostgresException exception)
        {
            LogFailure(view.Name, streams[0], $"SQLSTATE {exception.SqlState}");
            return 1;
        }
    }

    private async Task<int> RebuildStreamsAsync(IInlineView view, Guid[] streams, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var locking = new NpgsqlCommand("select from mt_streams where id = any($1) order by id for update", connection))
        {
            locking.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = streams });
            await locking.ExecuteNonQueryAsync(ct);
        }

        var failed = 0;
        await using var changes = new NpgsqlBatch(connection);
        var (rows, keys) = await ReadAsync(connection, streams, ct);
        foreach (var stream in rows)
        {
            try
            {
                var events = stream.Select(row => row.Decode(serializer, keys)).ToList();
                var history = new StreamHistory(stream.Key, view.StreamType, events.Count, events) { Keys = keys };
                foreach (var command in view.Changes(history, keys).ToList())
                    changes.BatchCommands.Add(command);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failed++;
                LogFailure(view.Name, stream.Key, exception.GetType().Name);
            }
        }

        if (changes.BatchCommands.Count > 0)
            await changes.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return failed;
    }

    private async Task<(IReadOnlyList<IGrouping<Guid, EventRow>> Streams, PersonKeyRing Keys)> ReadAsync(
        NpgsqlConnection connection, Guid[] streams, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select {EventRow.Columns} from mt_events e where e.stream_id = any($1) order by e.stream_id, e.version")
                {
                    Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = streams } },
                },
                new(
                    $"""
                    select {PersonKeyRing.Columns} from person_keys k
                    where k.person_id = any(array(select unnest(e.persons) from mt_events e where e.stream_id = any($1)))
                    """)
                {
                    Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = streams } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<EventRow>();
        while (await reader.ReadAsync(ct))
            rows.Add(EventRow.Read(reader));
        await reader.NextResultAsync(ct);
        var keys = vault.NewRing();
        await keys.AddAsync(reader, ct);
        await reader.CloseAsync();
        await AddKeysWithinAsync(connection, rows, keys, ct);
        return ([.. rows.GroupBy(row => row.StreamId)], keys);
    }

    /// <summary>Events that are sealed as a whole name their persons only inside.</summary>
    private async Task AddKeysWithinAsync(NpgsqlConnection connection, List<EventRow> rows, PersonKeyRing keys, CancellationToken ct)
    {
        foreach (var row in rows.Where(row => catalogue.IsSealedForm(row.Name)))
        {
            try
            {
                row.Decode(serializer, keys);
            }
            catch (Exception exception) when (exception is UnreadableEventException or KeyEncryptionKeyUnavailableException)
            {
                // Its stream's rows will fail, and say so.
            }
        }

        await keys.AddAsync(connection, keys.TakeMissed(), ct);
    }

    private async Task<long> CountAsync(string type, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select count(*) from mt_streams where type = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = type });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<Guid[]> StreamsAfterAsync(string type, Guid last, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select id from mt_streams where type = $1 and id > $2 order by id limit $3");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = type });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var page = new List<Guid>();
        while (await reader.ReadAsync(ct))
            page.Add(reader.GetGuid(0));
        return [.. page];
    }

    private async Task ReportAsync(RebuildProgress state, bool start, bool finished, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            insert into view_rebuilds as v (view_name, started_at, updated_at, finished_at, streams_total, streams_done, streams_failed)
            values ($1, $2, $2, case when $3 then $2 end, $4, $5, $6)
            on conflict (view_name) do update set started_at = case when $7 then excluded.started_at else v.started_at end,
                updated_at = excluded.updated_at, finished_at = excluded.finished_at, streams_total = excluded.streams_total,
                streams_done = excluded.streams_done, streams_failed = excluded.streams_failed
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = state.View });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = finished });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.StreamsTotal });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.StreamsDone });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.StreamsFailed });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = start });
        await command.ExecuteNonQueryAsync(ct);
        progress?.Report(state);
    }

    [LoggerMessage(LogLevel.Error, "View {View}: the rows of stream {StreamId} could not be rebuilt ({Error}); it keeps those it had.")]
    private partial void LogFailure(string view, Guid streamId, string error);
}
