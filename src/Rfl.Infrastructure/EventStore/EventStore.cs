using System.Collections.Frozen;
using System.Diagnostics;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// Streams of events in PostgreSQL, in Marten's tables. A load is one round trip, an append with its views is one round trip and one transaction, and
/// nothing is retried here: a conflict is the caller's to judge.
/// </summary>
public sealed class EventStore
{
    private const string Stream =
        $"""
        select {EventRow.Columns} from mt_events e
        where e.stream_id = (select id from mt_streams where id = $1 and type = $2) order by e.version
        """;

    // Runs after the events were read: what it adds beyond their persons does no harm. An array, not a join: the planner cannot know how few persons there
    // are and would read all keys.
    private const string KeysOfStreams =
        $"""
        select {PersonKeyRing.Columns} from person_keys k
        where k.person_id = any($2 || array(select unnest(s.persons) from mt_streams s where s.id = any($1)))
        """;

    // For one stream, as nearly always: with an array the planner would plan anew at every load.
    private const string KeysOfStream =
        $"""
        select {PersonKeyRing.Columns} from person_keys k
        where k.person_id = any($2 || (select s.persons from mt_streams s where s.id = $1))
        """;

    private const string KeysOfPersons = $"select {PersonKeyRing.Columns} from person_keys k where k.person_id = any($1)";

    private readonly NpgsqlDataSource dataSource;
    private readonly EventSerializer serializer;
    private readonly PersonKeyVault vault;
    private readonly TimeProvider clock;
    private readonly FrozenDictionary<string, IInlineView[]> views;

    public EventStore(
        NpgsqlDataSource dataSource, EventCatalogue catalogue, PersonKeyVault vault, IEnumerable<IInlineView> views, TimeProvider clock)
    {
        this.dataSource = dataSource;
        serializer = new EventSerializer(catalogue);
        this.vault = vault;
        this.clock = clock;
        this.views = views.GroupBy(view => view.StreamType).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The stream with everything that happened in it; empty when there is none of this id and type.</summary>
    /// <exception cref="UnreadableEventException">A newer build wrote an event, or a record is damaged.</exception>
    public async Task<StreamHistory> LoadAsync(Guid id, string type, CancellationToken ct) => (await LoadAsync([(id, type)], [], ct))[id];

    /// <inheritdoc cref="LoadAsync(IReadOnlyList{ValueTuple{Guid, string}}, IReadOnlyList{IReadAlong}, IReadOnlyList{PersonId}, CancellationToken)"/>
    public Task<IReadOnlyDictionary<Guid, StreamHistory>> LoadAsync(
        IReadOnlyList<(Guid Id, string Type)> streams, IReadOnlyList<IReadAlong> along, CancellationToken ct) => LoadAsync(streams, along, [], ct);

    /// <summary>Several streams, the keys of all persons in them, and further queries, in one round trip. The histories share their keys.</summary>
    /// <param name="streams">Every stream once.</param>
    /// <param name="along">Read in this order, after the streams.</param>
    /// <param name="persons">
    /// Persons of other streams about whom this operation will write here. Leaving one out costs the append a second try, or a
    /// <see cref="PersonKeyConflict"/> when something was sealed about them outside it.
    /// </param>
    /// <exception cref="UnreadableEventException">A newer build wrote an event, or a record is damaged.</exception>
    public Task<IReadOnlyDictionary<Guid, StreamHistory>> LoadAsync(
        IReadOnlyList<(Guid Id, string Type)> streams, IReadOnlyList<IReadAlong> along, IReadOnlyList<PersonId> persons, CancellationToken ct) =>
        LoadAsync(streams, null, along, persons, ct);

    /// <summary>As the others, with further streams whose ids only the database knows, in the same round trip.</summary>
    /// <param name="related">Null where there are none.</param>
    /// <param name="withDamaged">
    /// Whether a damaged record comes as <see cref="UnreadableEvent"/>, for those who only read. Nothing is ever decided on a history that lacks a record: a load
    /// for a decision fails.
    /// </param>
    public async Task<IReadOnlyDictionary<Guid, StreamHistory>> LoadAsync(
        IReadOnlyList<(Guid Id, string Type)> streams,
        RelatedStreams? related,
        IReadOnlyList<IReadAlong> along,
        IReadOnlyList<PersonId> persons,
        CancellationToken ct,
        bool withDamaged = false)
    {
        var keys = vault.NewRing();
        var rows = await ReadAsync(streams, related, along, persons, keys, ct);
        var histories = Decode(streams, related, rows, keys, withDamaged);
        if (keys.TakeMissed() is not { Length: > 0 } missed)
            return histories;
        // An older build named these persons in an event and not in the stream.
        await AddStoredKeysAsync(keys, missed, ct);
        return Decode(streams, related, rows, keys, withDamaged);
    }

    /// <returns>The rows of each stream; last those of the related streams.</returns>
    private async Task<List<EventRow>[]> ReadAsync(
        IReadOnlyList<(Guid Id, string Type)> streams,
        RelatedStreams? related,
        IReadOnlyList<IReadAlong> along,
        IReadOnlyList<PersonId> persons,
        PersonKeyRing keys,
        CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (id, type) in streams)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Stream)
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<string> { TypedValue = type } },
            });
        }

        batch.BatchCommands.Add(KeysOf(streams, persons));
        if (related is not null)
        {
            batch.BatchCommands.Add(related.Events());
            batch.BatchCommands.Add(related.Keys());
        }

        foreach (var further in along)
            batch.BatchCommands.Add(further.Command());

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<EventRow>[related is null ? streams.Count : streams.Count + 1];
        for (var i = 0; i < streams.Count; i++)
        {
            rows[i] = await EventRow.ReadAllAsync(reader, ct);
            await reader.NextResultAsync(ct);
        }

        await keys.AddAsync(reader, ct);
        if (related is not null)
        {
            await reader.NextResultAsync(ct);
            rows[^1] = await EventRow.ReadAllAsync(reader, ct);
            await reader.NextResultAsync(ct);
            await keys.AddAsync(reader, ct);
        }

        foreach (var further in along)
        {
            await reader.NextResultAsync(ct);
            await further.ReadAsync(reader, ct);
        }

        return rows;
    }

    private static NpgsqlBatchCommand KeysOf(IReadOnlyList<(Guid Id, string Type)> streams, IReadOnlyList<PersonId> persons) =>
        new(streams.Count == 1 ? KeysOfStream : KeysOfStreams)
        {
            Parameters =
            {
                streams.Count == 1
                    ? new NpgsqlParameter<Guid> { TypedValue = streams[0].Id }
                    : new NpgsqlParameter<Guid[]> { TypedValue = [.. streams.Select(stream => stream.Id)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. persons.Select(person => person.Value)] },
            },
        };

    private Dictionary<Guid, StreamHistory> Decode(
        IReadOnlyList<(Guid Id, string Type)> streams, RelatedStreams? related, List<EventRow>[] rows, PersonKeyRing keys, bool withDamaged)
    {
        var histories = new Dictionary<Guid, StreamHistory>(streams.Count);
        for (var i = 0; i < streams.Count; i++)
            histories.Add(streams[i].Id, History(streams[i].Id, streams[i].Type, rows[i], keys, withDamaged));
        if (related is not null)
        {
            foreach (var group in rows[^1].GroupBy(row => row.StreamId))
                histories.Add(group.Key, History(group.Key, related.Type, [.. group], keys, withDamaged));
        }

        return histories;
    }

    /// <summary>
    /// Appends to one or several streams together with their views and further commands: all or nothing, in one round trip. Streams are locked in the order
    /// of their ids, so that two such appends never wait for each other in a circle.
    /// </summary>
    /// <param name="appends">Every stream at most once. An append without events leaves its stream alone and does not check its version.</param>
    /// <param name="along">Run after events and views, in this order.</param>
    /// <returns>The new histories in the order of <paramref name="appends"/>.</returns>
    /// <exception cref="ConcurrencyConflict">A stream has moved, or came into being, since it was loaded.</exception>
    /// <exception cref="UniqueViolation">A view or an accompanying command met a key already taken.</exception>
    /// <exception cref="PersonErasedException">An event says something new about an erased person.</exception>
    /// <exception cref="PersonKeyConflict">See <see cref="LoadAsync(IReadOnlyList{ValueTuple{Guid, string}}, IReadOnlyList{IReadAlong}, IReadOnlyList{PersonId}, CancellationToken)"/>.</exception>
    public async Task<IReadOnlyList<StreamHistory>> AppendAsync(
        IReadOnlyList<StreamAppend> appends, AppendContext context, IReadOnlyList<NpgsqlBatchCommand> along, CancellationToken ct)
    {
        if (appends.Count > 1 && appends.DistinctBy(append => append.Loaded.Id).Count() != appends.Count)
            throw new ArgumentException("A stream appears twice; put its events into one append.", nameof(appends));
        using var activity = Telemetry.Activities.StartActivity("store append", ActivityKind.Client);
        var keys = PersonKeyRing.Union(vault, appends.Select(append => append.Loaded.Keys));
        try
        {
            return await TryAppendAsync(appends, context, along, keys, ct);
        }
        catch (PostgresException exception) when (IsKeyConflict(exception))
        {
            // A person new to these streams already has a key from another stream. Only that is mended; versions are checked as before.
            await AddStoredKeysAsync(keys, keys.GiveUpNewKeys(exception), ct);
            return await TryAppendAsync(appends, context, along, keys, ct);
        }
    }

    private async Task<IReadOnlyList<StreamHistory>> TryAppendAsync(
        IReadOnlyList<StreamAppend> appends, AppendContext context, IReadOnlyList<NpgsqlBatchCommand> along, PersonKeyRing keys, CancellationToken ct)
    {
        var now = Microseconds(clock.GetUtcNow());
        var occurredAt = context.OccurredAt ?? now;
        var headers = new EventHeaders(context.ActorId, context.ActorRoles, occurredAt).ToJson();
        var histories = new StreamHistory[appends.Count];
        var commands = new List<(Guid Stream, NpgsqlBatchCommand Move, NpgsqlBatchCommand Events)>(appends.Count);
        for (var i = 0; i < appends.Count; i++)
        {
            var (loaded, events) = appends[i];
            histories[i] = loaded with { Keys = keys };
            if (events.Count == 0)
                continue;
            var ids = new Guid[events.Count];
            var stored = new EventSerializer.Stored[events.Count];
            var recorded = new List<RecordedEvent>(loaded.Events.Count + events.Count);
            recorded.AddRange(loaded.Events);
            for (var n = 0; n < events.Count; n++)
            {
                ids[n] = Guid.CreateVersion7(now);
                stored[n] = serializer.Write(events[n], keys);
                recorded.Add(new RecordedEvent(loaded.Id, loaded.Version + n + 1, events[n], new EventMetadata(
                    ids[n], context.ActorId, context.ActorRoles, context.CorrelationId, context.CausationId, occurredAt, now)));
            }

            histories[i] = histories[i] with { Version = loaded.Version + events.Count, Events = recorded };
            commands.Add((loaded.Id, AppendStatements.Stream(loaded, stored, now), AppendStatements.Events(loaded, stored, ids, context, headers, now)));
        }

        var changes = new List<NpgsqlBatchCommand>();
        for (var i = 0; i < appends.Count; i++)
        {
            if (appends[i].Events.Count > 0)
                changes.AddRange(Changes(histories[i], keys));
        }

        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        if (keys.HasNewKeys)
            batch.BatchCommands.Add(keys.InsertNewKeys(now));
        commands.Sort((one, other) => one.Stream.CompareTo(other.Stream));
        foreach (var (_, move, events) in commands)
        {
            batch.BatchCommands.Add(move);
            batch.BatchCommands.Add(events);
        }

        foreach (var command in changes)
            batch.BatchCommands.Add(command);
        foreach (var command in along)
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count == 0)
            return histories;

        try
        {
            // One batch is one implicit transaction: an error anywhere in it undoes all of it.
            await batch.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException exception) when (Translate(exception) is { } translated)
        {
            throw translated;
        }

        keys.NewKeysAreStored();
        Telemetry.Appends.Add(1);
        return histories;
    }

    private IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, PersonKeyRing keys) =>
        views.TryGetValue(after.Type, out var ofType) ? ofType.SelectMany(view => view.Changes(after, keys)) : [];

    private StreamHistory History(Guid id, string type, List<EventRow> rows, PersonKeyRing keys, bool withDamaged) =>
        new(id, type, rows.Count == 0 ? 0 : rows[^1].Version, rows.ConvertAll(row => Decode(row, keys, withDamaged))) { Keys = keys };

    private RecordedEvent Decode(EventRow row, PersonKeyRing keys, bool withDamaged)
    {
        try
        {
            return row.Decode(serializer, keys);
        }
        catch (UnreadableEventException exception) when (exception.IsKnown)
        {
            Telemetry.Unreadable.Add(1);
            if (!withDamaged)
                throw;
            return row.Decode(new UnreadableEvent(row.Name));
        }
    }

    private async Task AddStoredKeysAsync(PersonKeyRing keys, Guid[] persons, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(KeysOfPersons);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = persons });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await keys.AddAsync(reader, ct);
    }

    private static bool IsKeyConflict(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "person_keys_pkey" };

    private static Exception? Translate(PostgresException exception)
    {
        if (exception.SqlState == "RFL01"
            || exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "pkey_mt_streams_id" or "pk_mt_events_stream_and_version" })
        {
            Telemetry.Conflicts.Add(1);
            return new ConcurrencyConflict(exception);
        }

        return exception.SqlState == PostgresErrorCodes.UniqueViolation && !IsKeyConflict(exception)
            ? new UniqueViolation(exception.ConstraintName ?? "", exception)
            : null;
    }

    /// <summary>What PostgreSQL can keep, so that what is returned equals what is loaded later.</summary>
    internal static DateTimeOffset Microseconds(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
