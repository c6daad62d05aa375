using Npgsql;
using NpgsqlTypes;

namespace Rfl.Benchmarks.EventStore;

/// <summary>What a hand would write for the same rows: fixed bytes, prepared statements, one batch, no checks beyond the keys.</summary>
internal sealed class Floor(NpgsqlDataSource dataSource)
{
    public const string View =
        "insert into bench_view (stream_id, version, name) values ($1, $2, $3) on conflict (stream_id) do update set version = excluded.version, name = excluded.name";

    private const string Open = "insert into mt_streams (id, type, version, timestamp, created) values ($1, 'bench', $2, $3, $3)";

    private const string Move = "update mt_streams set version = $2, timestamp = $3 where id = $1";

    private const string Events =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, headers)
        select nextval('mt_events_sequence'), e.id, $1, $2 + e.n, e.data, 'bench-plain.v1', $3, 'Bench', $4, $5
        from unnest($6, $7) with ordinality as e (id, data, n)
        """;

    private static readonly byte[] data = """{"text": "Something of the length of an ordinary note.", "number": 1}"""u8.ToArray();
    private static readonly byte[] headers = """{"actor_id":"00000000-0000-0000-0000-000000000000","actor_roles":["Caseworker"],"occurred_at":"2026-01-01T00:00:00+00:00"}"""u8.ToArray();
    private static readonly byte[] envelope = new byte[77];
    private readonly Guid id = Guid.CreateVersion7();
    private long version;

    public async Task<Floor> StartAsync(bool withView = false)
    {
        await AppendAsync(3, withView);
        return this;
    }

    public Task AppendAsync(bool withView) => AppendAsync(1, withView);

    public static async Task LoadAsync(NpgsqlDataSource dataSource, Guid stream)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select version, id, type, data, timestamp, correlation_id, headers, persons from mt_events where stream_id = $1 order by version")
                {
                    Parameters = { new NpgsqlParameter<Guid> { TypedValue = stream } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _ = reader.GetInt64(0);
            _ = reader.GetGuid(1);
            _ = reader.GetString(2);
            _ = reader.GetFieldValue<byte[]>(3);
            _ = reader.GetDateTime(4);
        }
    }

    private async Task AppendAsync(int count, bool withView)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        var now = DateTimeOffset.UtcNow;
        batch.BatchCommands.Add(new(version == 0 ? Open : Move)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<long> { TypedValue = version + count },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            },
        });
        batch.BatchCommands.Add(new(Events)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = id },
                new NpgsqlParameter<long> { TypedValue = version },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<string> { TypedValue = "00000000-0000-0000-0000-000000000000" },
                new NpgsqlParameter<byte[]> { TypedValue = headers, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())] },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. Enumerable.Repeat(data, count)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            },
        });
        if (withView)
        {
            batch.BatchCommands.Add(new(View)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<long> { TypedValue = version + count },
                    new NpgsqlParameter<byte[]> { TypedValue = envelope },
                },
            });
        }

        await batch.ExecuteNonQueryAsync();
        version += count;
    }
}
