using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>A stream as a whole, each fact with the moment at which it happened.</summary>
public sealed record ImportedStream(Guid Id, string Type, IReadOnlyList<(IDomainEvent Event, DateTimeOffset At)> Events);

/// <summary>
/// Brings many whole streams in at once: the cases of another installation or system. Events, seals and views are those of an append, made by the same code;
/// only the events travel by COPY, and some hundred streams share a transaction. The facts count as recorded when they happened.
/// </summary>
public sealed class BulkImport(NpgsqlDataSource dataSource, EventCatalogue catalogue, PersonKeyVault vault, IEnumerable<IInlineView> views)
{
    private const string Streams = "copy mt_streams (id, type, version, timestamp, created, persons) from stdin (format binary)";

    private const string Events =
        "copy mt_events (id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, headers, persons) from stdin (format binary)";

    private readonly EventSerializer serializer = new(catalogue);
    private readonly ILookup<string, IInlineView> views = views.ToLookup(view => view.StreamType);

    private sealed record Prepared(
        ImportedStream Stream, IReadOnlyList<RecordedEvent> Recorded, EventSerializer.Stored[] Events, byte[][] Headers, List<NpgsqlBatchCommand> Changes);

    /// <summary>All of these streams or none, in one transaction. The streams must be new, and so must be every person in them.</summary>
    /// <exception cref="PostgresException">A stream or a person is there already.</exception>
    public async Task ImportAsync(IReadOnlyList<ImportedStream> streams, AppendContext context, CancellationToken ct)
    {
        var keys = vault.NewRing();
        var prepared = streams.Select(stream => Prepare(stream, context, keys)).ToList();
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var copy = await connection.BeginBinaryImportAsync(Streams, ct))
        {
            foreach (var stream in prepared)
                await WriteStreamAsync(copy, stream, ct);
            await copy.CompleteAsync(ct);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(Events, ct))
        {
            foreach (var stream in prepared)
                await WriteEventsAsync(copy, stream, context, ct);
            await copy.CompleteAsync(ct);
        }

        await using (var batch = new NpgsqlBatch(connection))
        {
            if (keys.HasNewKeys)
                batch.BatchCommands.Add(keys.InsertNewKeys(DateTimeOffset.UtcNow));
            foreach (var change in prepared.SelectMany(stream => stream.Changes))
                batch.BatchCommands.Add(change);
            if (batch.BatchCommands.Count > 0)
                await batch.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private Prepared Prepare(ImportedStream stream, AppendContext context, PersonKeyRing keys)
    {
        var count = stream.Events.Count;
        var (stored, headers, recorded) = (new EventSerializer.Stored[count], new byte[count][], new RecordedEvent[count]);
        for (var i = 0; i < count; i++)
        {
            var happened = stream.Events[i].Event;
            var at = EventStore.Microseconds(stream.Events[i].At);
            stored[i] = serializer.Write(happened, keys);
            headers[i] = i > 0 && recorded[i - 1].Metadata.RecordedAt == at ? headers[i - 1] : new EventHeaders(context.ActorId, context.ActorRoles, at).ToJson();
            recorded[i] = new RecordedEvent(stream.Id, i + 1, happened, new EventMetadata(
                Guid.CreateVersion7(at), context.ActorId, context.ActorRoles, context.CorrelationId, context.CausationId, at, at));
        }

        var history = new StreamHistory(stream.Id, stream.Type, count, recorded) { Keys = keys };
        return new Prepared(stream, recorded, stored, headers, [.. views[stream.Type].SelectMany(view => view.Changes(history, keys))]);
    }

    private static async Task WriteStreamAsync(NpgsqlBinaryImporter copy, Prepared prepared, CancellationToken ct)
    {
        var stream = prepared.Stream;
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(stream.Id, ct);
        await copy.WriteAsync(stream.Type, NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync((long)stream.Events.Count, ct);
        await copy.WriteAsync(prepared.Recorded[^1].Metadata.RecordedAt, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(prepared.Recorded[0].Metadata.RecordedAt, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(prepared.Events.SelectMany(stored => stored.Persons).Distinct().ToArray(), ct);
    }

    private static async Task WriteEventsAsync(NpgsqlBinaryImporter copy, Prepared prepared, AppendContext context, CancellationToken ct)
    {
        var correlation = context.CorrelationId.ToString();
        for (var i = 0; i < prepared.Events.Length; i++)
        {
            var (name, dotnetType, data, persons) = prepared.Events[i];
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(prepared.Recorded[i].Metadata.EventId, ct);
            await copy.WriteAsync(prepared.Stream.Id, ct);
            await copy.WriteAsync(prepared.Recorded[i].Version, ct);
            await copy.WriteAsync(data, NpgsqlDbType.Jsonb, ct);
            await copy.WriteAsync(name, NpgsqlDbType.Varchar, ct);
            await copy.WriteAsync(prepared.Recorded[i].Metadata.RecordedAt, NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync(dotnetType, NpgsqlDbType.Varchar, ct);
            await copy.WriteAsync(correlation, NpgsqlDbType.Varchar, ct);
            await copy.WriteAsync(prepared.Headers[i], NpgsqlDbType.Jsonb, ct);
            await copy.WriteAsync(persons, ct);
        }
    }
}
