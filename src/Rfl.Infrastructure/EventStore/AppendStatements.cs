using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.EventStore;

/// <summary>The one statement that moves a stream forward and writes its events.</summary>
internal static class AppendStatements
{
    private const string Open =
        """
        with stream as (
            insert into mt_streams (id, type, version, timestamp, created) values ($1, $11, $3, $4, $4) returning id)
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, persons)
        select nextval('mt_events_sequence'), e.id, stream.id, $2 + e.n, e.data, e.type, $4, e.dotnet_type, $9, $10, $12, e.persons::uuid[]
        from stream cross join unnest($5, $6, $7, $8, $13) with ordinality as e (id, data, type, dotnet_type, persons, n)
        """;

    // The last line calls the function only when the stream was not where it should be; then nothing of the batch is kept.
    private const string Move =
        """
        with stream as (
            update mt_streams set version = $3, timestamp = $4 where id = $1 and version = $2 and type = $11 returning id),
        appended as (
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, persons)
            select nextval('mt_events_sequence'), e.id, stream.id, $2 + e.n, e.data, e.type, $4, e.dotnet_type, $9, $10, $12, e.persons::uuid[]
            from stream cross join unnest($5, $6, $7, $8, $13) with ordinality as e (id, data, type, dotnet_type, persons, n))
        select rfl_refuse_stale_append($1) where not exists (select from stream)
        """;

    public static NpgsqlBatchCommand Append(
        StreamHistory loaded, IReadOnlyList<EventSerializer.Stored> events, Guid[] ids, AppendContext context, byte[] headers, DateTimeOffset now)
    {
        var count = events.Count;
        var data = new byte[count][];
        var names = new string[count];
        var types = new string[count];
        var persons = new string[count];
        for (var i = 0; i < count; i++)
        {
            (names[i], types[i], data[i], _) = events[i];
            persons[i] = events[i].Persons is { Length: > 0 } some ? $"{{{string.Join(',', some)}}}" : "{}";
        }

        return new NpgsqlBatchCommand(loaded.Version == 0 ? Open : Move)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = loaded.Id },
                new NpgsqlParameter<long> { TypedValue = loaded.Version },
                new NpgsqlParameter<long> { TypedValue = loaded.Version + count },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<Guid[]> { TypedValue = ids },
                new NpgsqlParameter<byte[][]> { TypedValue = data, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new NpgsqlParameter<string[]> { TypedValue = names },
                new NpgsqlParameter<string[]> { TypedValue = types },
                new NpgsqlParameter<string> { TypedValue = context.CorrelationId.ToString() },
                new NpgsqlParameter { Value = (object?)context.CausationId?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<string> { TypedValue = loaded.Type },
                new NpgsqlParameter<byte[]> { TypedValue = headers, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new NpgsqlParameter<string[]> { TypedValue = persons },
            },
        };
    }
}
