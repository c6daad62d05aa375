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
    private const string Stream = $"select {EventRow.Columns} from mt_events e where e.stream_id = $1 order by e.version";

    // The keys of the stream's persons come with its first event, which spares the load a second statement.
    private const string WithKeys =
        $"""
        select {EventRow.Columns},
            case when e.version = 1 then array(select {PersonKeyRing.Packed} from person_keys k
                where k.person_id = any((select persons from mt_streams where id = $1)::uuid[])) end
        from mt_events e
        """;

    private const string StreamWithKeys = $"{WithKeys} where e.stream_id = $1 order by e.version";

    /// <summary>Of a kind that the catalogue does not know: only the database can say whether the stream is of it.</summary>
    private const string StreamOfType = $"{WithKeys} where e.stream_id = (select id from mt_streams where id = $1 and type = $2) order by e.version";

    private readonly NpgsqlDataSource dataSource;
    private readonly EventCatalogue catalogue;
    private readonly EventSerializer serializer;
    private readonly PersonKeyVault vault;
    private readonly TimeProvider clock;
    private readonly FrozenDictionary<string, IInlineView[]> views;

    public EventStore(
        NpgsqlDataSource dataSource, EventCatalogue catalogue, PersonKeyVault vault, IEnumerable<IInlineView> views, TimeProvider clock)
    {
        this.dataSource = dataSource;
        this.catalogue = catalogue;
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
    /// Persons of other streams about whom this operation will write here, and those of a stream whose events are sealed as a whole. Leaving one out costs the
    /// append a second try, or a <see cref="PersonKeyConflict"/> when something was sealed about them outside it; in a stream that is sealed, a second load.
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
        var histories = await ReadAsync(streams, related, along, persons, keys, withDamaged, ct);
        if (keys.TakeMissed() is not { Length: > 0 } missed)
            return histories;
        // The stream does not name these persons: its events are sealed as a whole, or an older build named them in an event alone.
        await AddStoredKeysAsync(keys, missed, ct);
        return await ReadAsync(streams, related, [], [], keys, withDamaged, ct);
    }

    private async Task<Dictionary<Guid, StreamHistory>> ReadAsync(
        IReadOnlyList<(Guid Id, string Type)> streams,
        RelatedStreams? related,
        IReadOnlyList<IReadAlong> along,
        IReadOnlyList<PersonId> persons,
        PersonKeyRing keys,
        bool withDamaged,
        CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        // Before the streams: one whose events are sealed as a whole does not name its persons.
        if (persons.Count > 0)
            batch.BatchCommands.Add(KeysOf(persons));
        foreach (var (id, type) in streams)
            batch.BatchCommands.Add(EventsOf(id, type));

        if (related is not null)
        {
            batch.BatchCommands.Add(related.Events());
            batch.BatchCommands.Add(related.Keys());
        }

        foreach (var further in along)
            batch.BatchCommands.Add(further.Command());

        var histories = new Dictionary<Guid, StreamHistory>(streams.Count);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (persons.Count > 0)
        {
            await keys.AddAsync(reader, ct);
            await reader.NextResultAsync(ct);
        }

        foreach (var (id, type) in streams)
        {
            histories.Add(id, await HistoryAsync(reader, id, type, keys, withDamaged, ct));
            await reader.NextResultAsync(ct);
        }

        if (related is not null)
        {
            var rows = await EventRow.ReadAllAsync(reader, ct);
            await reader.NextResultAsync(ct);
            await keys.AddAsync(reader, ct);
            await reader.NextResultAsync(ct);
            foreach (var group in rows.GroupBy(row => row.StreamId))
                histories.Add(group.Key, HistoryOf(group.Key, related.Type, [.. group.Select(row => Decode(row, keys, withDamaged))], keys));
        }

        foreach (var further in along)
        {
            await further.ReadAsync(reader, ct);
            await reader.NextResultAsync(ct);
        }

        return histories;
    }

    private NpgsqlBatchCommand EventsOf(Guid id, string type)
    {
        catalogue.TryFindKind(type, out var kind);
        var command = new NpgsqlBatchCommand(kind switch { null => StreamOfType, { NamesPersons: true } => StreamWithKeys, _ => Stream })
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } },
        };
        if (kind is null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = type });
        return command;
    }

    private async Task<StreamHistory> HistoryAsync(NpgsqlDataReader reader, Guid id, string type, PersonKeyRing keys, bool withDamaged, CancellationToken ct)
    {
        catalogue.TryFindKind(type, out var kind);
        var events = new List<RecordedEvent>(32);
        while (await reader.ReadAsync(ct))
        {
            var row = EventRow.Read(reader);
            if (row.Version == 1 && kind?.NamesPersons != false)
                keys.AddPacked(reader.GetFieldValue<byte[][]>(EventRow.ColumnCount));
            // By its first event: one that this build does not know may be of this kind, and is refused as unreadable.
            if (events.Count == 0 && kind?.Names.Contains(row.Name) == false && catalogue.Knows(row.Name))
                break;
            events.Add(Decode(row, keys, withDamaged));
        }

        return HistoryOf(id, type, events, keys);
    }

    private static StreamHistory HistoryOf(Guid id, string type, List<RecordedEvent> events, PersonKeyRing keys) =>
        new(id, type, events.Count == 0 ? 0 : events[^1].Version, events) { Keys = keys };

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
        var commands = new List<(Guid Stream, NpgsqlBatchCommand Move, NpgsqlBatchCommand? Events)>(appends.Count);
        for (var i = 0; i < appends.Count; i++)
        {
            var (loaded, events, erased) = appends[i];
            histories[i] = loaded with { Keys = keys };
            if (events.Count == 0)
            {
                if (erased is not null)
                    commands.Add((loaded.Id, AppendStatements.Unmoved(loaded), null));
                continue;
            }

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

            histories[i] = histories[i] with { Version = loaded.Version + events.Count, ShownVersion = loaded.Version, Events = recorded };
            commands.Add((loaded.Id, AppendStatements.Stream(loaded, stored, now), AppendStatements.Events(loaded, stored, ids, context, headers, now)));
        }

        var changes = new List<NpgsqlBatchCommand>();
        for (var i = 0; i < appends.Count; i++)
        {
            if (appends[i].Erased is { } erased)
                changes.AddRange(Changes(Without(erased, histories[i], keys), keys));
            else if (appends[i].Events.Count > 0)
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
            if (events is not null)
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

    /// <summary>Of this history all rows are made anew.</summary>
    private static StreamHistory Without(PersonId erased, StreamHistory history, PersonKeyRing keys)
    {
        var keysThen = keys.Without(erased);
        return history with
        {
            Keys = keysThen,
            ShownVersion = 0,
            Events = [.. history.Events.Select(recorded => recorded with { Event = EventSerializer.Without(recorded.Event, keys, keysThen) })],
        };
    }

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

    private static NpgsqlBatchCommand KeysOf(IReadOnlyList<PersonId> persons) =>
        new(PersonKeyRing.OfPersons) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. persons.Select(person => person.Value)] } } };

    private async Task AddStoredKeysAsync(PersonKeyRing keys, Guid[] persons, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(PersonKeyRing.OfPersons);
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
