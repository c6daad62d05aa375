using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// The two statements that append to a stream: one moves it forward, or refuses; one writes its events. Single values instead of arrays and one row of
/// <c>values</c> an event are what driver and server do fastest; each number of events is a text of its own, prepared like any other.
/// </summary>
internal static class AppendStatements
{
    private const string Open = "insert into mt_streams (id, type, version, timestamp, created, persons) values ($1, $2, $3, $4, $4, $5)";

    // The function is called only when the stream is not where it should be; then nothing of the batch is kept. A stream that is locked by another append is
    // looked at again as that one leaves it.
    private const string Moved = "update mt_streams set version = case when version = $5 and type = $2 then $3 else rfl_refuse_stale_version(id) end, timestamp = $4";

    private const string Move = $"{Moved} where id = $1";

    private const string MoveWithPersons = $"{Moved}, persons = case when persons @> $6 then persons else rfl_union(persons, $6) end where id = $1";

    // Locked until the end of the transaction, so that rows made of this version are not overtaken by those of a later one.
    private const string Stay = "update mt_streams set version = case when version = $3 and type = $2 then version else rfl_refuse_stale_version(id) end where id = $1";

    private const string Write =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, persons)
        values
        """;

    private const int SharedParameters = 5;
    private const int ParametersOfEvent = 6;

    private static readonly ConcurrentDictionary<int, string> writings = [];

    public static NpgsqlBatchCommand Stream(StreamHistory loaded, IReadOnlyList<EventSerializer.Stored> events, DateTimeOffset now)
    {
        var persons = Persons(events);
        var command = new NpgsqlBatchCommand(loaded.Version == 0 ? Open : persons.Length == 0 ? Move : MoveWithPersons)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = loaded.Id },
                new NpgsqlParameter<string> { TypedValue = loaded.Type },
                new NpgsqlParameter<long> { TypedValue = loaded.Version + events.Count },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            },
        };
        if (loaded.Version > 0)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = loaded.Version });
        if (loaded.Version == 0 || persons.Length > 0)
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = persons });
        return command;
    }

    /// <summary>Refuses where the stream has moved, and leaves it as it is.</summary>
    public static NpgsqlBatchCommand Unmoved(StreamHistory loaded) => new(Stay)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = loaded.Id },
            new NpgsqlParameter<string> { TypedValue = loaded.Type },
            new NpgsqlParameter<long> { TypedValue = loaded.Version },
        },
    };

    public static NpgsqlBatchCommand Events(
        StreamHistory loaded, IReadOnlyList<EventSerializer.Stored> events, Guid[] ids, AppendContext context, byte[] headers, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(writings.GetOrAdd(events.Count, Writing))
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = loaded.Id },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<string> { TypedValue = context.CorrelationId.ToString() },
                new NpgsqlParameter<string?> { TypedValue = context.CausationId?.ToString(), NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<byte[]> { TypedValue = headers, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        for (var i = 0; i < events.Count; i++)
        {
            var (name, dotnetType, data, persons) = events[i];
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ids[i] });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = loaded.Version + i + 1 });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = data, NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = dotnetType });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = persons });
        }

        return command;
    }

    private static Guid[] Persons(IReadOnlyList<EventSerializer.Stored> events) =>
        events.Count == 1 ? events[0].Persons : [.. events.SelectMany(stored => stored.Persons).Distinct()];

    private static string Writing(int count) => Write + string.Join(",", Enumerable.Range(0, count).Select(i => Row(SharedParameters + 1 + (i * ParametersOfEvent))));

    private static string Row(int first) =>
        $" (nextval('mt_events_sequence'), ${first}, $1, ${first + 1}, ${first + 2}, ${first + 3}, $2, ${first + 4}, $3, $4, $5, ${first + 5})";
}
