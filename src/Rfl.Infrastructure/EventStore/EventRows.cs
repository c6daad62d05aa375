using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>A stored event as it was read; its personal values wait for the keys, which come in the next result set.</summary>
internal readonly record struct EventRow(
    Guid StreamId,
    long Version,
    Guid Id,
    string Name,
    byte[] Data,
    DateTime RecordedAt,
    string? CorrelationId,
    string? CausationId,
    byte[]? Headers)
{
    /// <summary>What <see cref="Read"/> reads, in its order, of <c>mt_events e</c>.</summary>
    public const string Columns =
        "e.stream_id, e.version, e.id, e.type, e.data, e.timestamp, e.correlation_id, e.causation_id, e.headers";

    public const int ColumnCount = 9;

    public static EventRow Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetInt64(1),
        reader.GetGuid(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        reader.GetDateTime(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        reader.IsDBNull(7) ? null : reader.GetString(7),
        reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8));

    public static async Task<List<EventRow>> ReadAllAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        // Most streams have some tens of events; a row is large enough for growing to cost.
        var rows = new List<EventRow>(32);
        while (await reader.ReadAsync(ct))
            rows.Add(Read(reader));
        return rows;
    }

    /// <exception cref="UnreadableEventException">This build cannot read the event.</exception>
    public RecordedEvent Decode(EventSerializer serializer, PersonKeyRing keys) =>
        Decode(serializer.Read(StreamId, Version, Name, Data, keys));

    public RecordedEvent Decode(IDomainEvent happened)
    {
        var headers = EventHeaders.From(Headers);
        var recordedAt = new DateTimeOffset(RecordedAt, TimeSpan.Zero);
        return new RecordedEvent(StreamId, Version, happened, new EventMetadata(
            Id,
            headers.ActorId,
            headers.ActorRoles,
            Guid.TryParse(CorrelationId, out var correlation) ? correlation : Guid.Empty,
            Guid.TryParse(CausationId, out var causation) ? causation : null,
            headers.OccurredAt ?? recordedAt,
            recordedAt));
    }
}
