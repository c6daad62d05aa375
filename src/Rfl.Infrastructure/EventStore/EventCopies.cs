using Npgsql;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// A second copy of every event of a stream without which nothing can be decided, in a table of its own (docs/adr/0101). Only for streams that hold nothing
/// personal. Reads what is damaged in the stream; never decides whether it is.
/// </summary>
public sealed class EventCopies(NpgsqlDataSource dataSource, EventCatalogue catalogue, PersonKeyVault vault)
{
    private const string Copy =
        """
        insert into event_copy as c (stream_id, version, id, type, data, timestamp, correlation_id, causation_id, headers)
        select e.stream_id, e.version, e.id, e.type, e.data, e.timestamp, e.correlation_id, e.causation_id, e.headers
        from mt_events e where e.stream_id = $1 and e.version > $2
        on conflict on constraint event_copy_pkey do update set id = excluded.id, type = excluded.type, data = excluded.data, timestamp = excluded.timestamp,
            correlation_id = excluded.correlation_id, causation_id = excluded.causation_id, headers = excluded.headers
        """;

    private readonly EventSerializer serializer = new(catalogue);

    /// <summary>Copies what is appended; the whole stream where its rows are made anew.</summary>
    public static NpgsqlBatchCommand Of(StreamHistory after) => new(Copy)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = after.Id }, new NpgsqlParameter<long> { TypedValue = after.Shown?.Version ?? 0 } },
    };

    /// <summary>The history with its damaged records read from their copies.</summary>
    /// <exception cref="UnreadableEventException">A copy is missing or damaged too.</exception>
    public async Task<StreamHistory> MendAsync(StreamHistory history, CancellationToken ct)
    {
        var copies = await ReadAsync(history.Id, ct);
        return history with { Events = [.. history.Events.Select(recorded => recorded.Event is UnreadableEvent damaged ? Mended(recorded, damaged) : recorded)] };

        RecordedEvent Mended(RecordedEvent recorded, UnreadableEvent damaged) => copies.TryGetValue(recorded.Version, out var copy)
            ? copy.Decode(serializer, vault.NewRing())
            : throw new UnreadableEventException(history.Id, recorded.Version, damaged.Name, isKnown: true);
    }

    private async Task<Dictionary<long, EventRow>> ReadAsync(Guid stream, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"select {EventRow.Columns} from event_copy e where e.stream_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stream });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return (await EventRow.ReadAllAsync(reader, ct)).ToDictionary(row => row.Version);
    }
}
