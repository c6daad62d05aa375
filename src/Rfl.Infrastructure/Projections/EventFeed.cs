using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.Projections;

/// <summary>
/// All events in one order that never changes once read: by cluster epoch, transaction, sequence, and only below the oldest transaction still running.
/// A transaction below that line is over, so no event can appear later in a place already passed; a naive "sequence greater than" loses events whose
/// transaction commits after that of a greater sequence. The price: a transaction that stays open holds the feed back, in the whole cluster.
/// </summary>
public sealed partial class EventFeed(EventCatalogue catalogue, PersonKeyVault vault, ILogger<EventFeed> logger)
{
    private const string Next =
        $"""
        select {EventRow.Columns}, e.feed_epoch, e.transaction_id, e.seq_id, e.persons
        from mt_events e
        where (e.feed_epoch, e.transaction_id, e.seq_id) > ($1, $2, $3)
          and (e.feed_epoch < (select max(epoch) from feed_epochs) or e.transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
        order by e.feed_epoch, e.transaction_id, e.seq_id limit $4
        """;

    private readonly EventSerializer serializer = new(catalogue);

    /// <summary>A stretch of the feed.</summary>
    /// <param name="Position">Of the last event, or where the reading began.</param>
    public sealed record Page(IReadOnlyList<RecordedEvent> Events, FeedPosition Position);

    /// <summary>The next events after a position; none when all that is settled has been read.</summary>
    /// <param name="limit">The greatest number of events.</param>
    /// <exception cref="UnreadableEventException">An event of a newer build. Damaged records come as <see cref="UnreadableEvent"/>.</exception>
    public async Task<Page> ReadAsync(NpgsqlConnection connection, FeedPosition after, int limit, CancellationToken ct)
    {
        var rows = new List<EventRow>();
        var persons = new HashSet<Guid>();
        var position = after;
        await using (var next = new NpgsqlCommand(Next, connection))
        {
            next.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after.Epoch });
            next.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = after.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 });
            next.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.Sequence });
            next.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var reader = await next.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(EventRow.Read(reader));
                position = new FeedPosition(
                    reader.GetInt32(EventRow.ColumnCount),
                    reader.GetFieldValue<ulong>(EventRow.ColumnCount + 1),
                    reader.GetInt64(EventRow.ColumnCount + 2));
                persons.UnionWith(reader.GetFieldValue<Guid[]>(EventRow.ColumnCount + 3));
            }
        }

        var keys = vault.NewRing();
        await keys.AddAsync(connection, persons, ct);
        var events = rows.ConvertAll(row => Decode(row, keys));
        if (keys.TakeMissed() is { Length: > 0 } missed)
        {
            // Events that are sealed as a whole name their persons only inside.
            await keys.AddAsync(connection, missed, ct);
            events = rows.ConvertAll(row => Decode(row, keys));
        }

        return new Page(events, position);
    }

    private RecordedEvent Decode(EventRow row, PersonKeyRing keys)
    {
        try
        {
            return row.Decode(serializer, keys);
        }
        catch (KeyEncryptionKeyUnavailableException)
        {
            // Sealed as a whole: for whoever has no key there is no more to read in it than in a personal value.
            return row.Decode(new UnreadableEvent(row.Name));
        }
        catch (UnreadableEventException exception) when (exception.IsKnown)
        {
            Telemetry.Unreadable.Add(1);
            LogUnreadable(row.StreamId, row.Version);
            return row.Decode(new UnreadableEvent(row.Name));
        }
    }

    [LoggerMessage(LogLevel.Error, "Event {Version} of stream {StreamId} is damaged and was passed on as unreadable.")]
    private partial void LogUnreadable(Guid streamId, long version);
}
