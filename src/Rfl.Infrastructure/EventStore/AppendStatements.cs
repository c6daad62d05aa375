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

    // The last line calls the function only when the stream was not where it should be; then nothing of the batch is kept.
    private const string Move =
        """
        with stream as (
            update mt_streams set version = $3, timestamp = $4,
                persons = case when persons @> $5 then persons else array(select unnest(persons) union select unnest($5)) end
            where id = $1 and version = $6 and type = $2 returning id)
        select rfl_refuse_stale_append($1) where not exists (select from stream)
        """;

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
        var command = new NpgsqlBatchCommand(loaded.Version == 0 ? Open : Move)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = loaded.Id },
                new NpgsqlParameter<string> { TypedValue = loaded.Type },
                new NpgsqlParameter<long> { TypedValue = loaded.Version + events.Count },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<Guid[]> { TypedValue = Persons(events) },
            },
        };
        if (loaded.Version > 0)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = loaded.Version });
        return command;
    }

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
                new NpgsqlParameter { Value = (object?)context.CausationId?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
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
