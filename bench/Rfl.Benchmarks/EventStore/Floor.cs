using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Benchmarks.EventStore;

/// <summary>
/// What a hand would write for exactly the rows that the store writes and reads: bytes prepared beforehand, statements prepared by the driver, one batch, no
/// checks beyond the keys of the tables. Connections come from the same pool, as they would in a service.
/// </summary>
internal sealed class Floor(NpgsqlDataSource dataSource, Floor.Rows rows)
{
    private const string Open = "insert into mt_streams (id, type, version, timestamp, created) values ($1, 'bench', $2, $3, $3)";

    private const string Move = "update mt_streams set version = $2, timestamp = $3 where id = $1";

    private const string Keys = "insert into person_keys (person_id, key_id, kek_id, wrapped_key, created_at) values ($1, $2, $3, $4, $5)";

    private const string Events =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, persons)
        values
        """;

    private const string Read =
        "select stream_id, version, id, type, data, timestamp, correlation_id, causation_id, headers from mt_events where stream_id = $1 order by version";

    private const string ReadKeys = "select person_id, key_id, kek_id, wrapped_key from person_keys where person_id = any($1)";

    private static readonly Dictionary<int, string> insertions = Enumerable.Range(1, 3).ToDictionary(count => count, Insertion);

    private Guid stream;
    private long version;

    /// <summary>What the store wrote for one append.</summary>
    /// <param name="NewPerson">Whether it wrote a person's key.</param>
    /// <param name="View">What it wrote into the view; null where there is none.</param>
    public sealed record Rows(IReadOnlyList<(string Type, string DotnetType, byte[] Data, Guid[] Persons)> Events, byte[] Headers, bool NewPerson, byte[]? View)
    {
        /// <summary>Copies the latest events of a stream.</summary>
        public static async Task<Rows> OfAsync(NpgsqlDataSource dataSource, Guid stream, int count, bool newPerson, bool view)
        {
            var events = new List<(string, string, byte[], Guid[])>();
            byte[] headers = [];
            await using var command = dataSource.CreateCommand(
                """
                select type, mt_dotnet_type, data, persons, headers, (select description from bench_view v where v.stream_id = e.stream_id)
                from mt_events e where stream_id = $1 order by version desc limit $2
                """);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stream });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
            byte[]? row = null;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                events.Insert(0, (reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<Guid[]>(3)));
                headers = reader.GetFieldValue<byte[]>(4);
                row = view ? reader.GetFieldValue<byte[]>(5) : null;
            }

            return new Rows(events, headers, newPerson, row);
        }
    }

    public async Task<Floor> StartAsync()
    {
        (stream, version) = (Guid.CreateVersion7(), 0);
        await AppendAsync();
        return this;
    }

    public async Task AppendAsync()
    {
        var count = rows.Events.Count;
        var now = DateTimeOffset.UtcNow;
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (rows.NewPerson)
            batch.BatchCommands.Add(new(Keys) { Parameters = { Of(Guid.CreateVersion7()), Of(Guid.CreateVersion7()), Of("0123456789abcdef"), Of(new byte[61]), Of(now) } });
        batch.BatchCommands.Add(new(version == 0 ? Open : Move) { Parameters = { Of(stream), Of(version + count), Of(now) } });
        var events = new NpgsqlBatchCommand(insertions[count])
        {
            Parameters = { Of(stream), Of(now), Of("00000000-0000-0000-0000-000000000000"), Of(rows.Headers, NpgsqlDbType.Jsonb) },
        };
        for (var i = 0; i < count; i++)
        {
            var (type, dotnetType, data, persons) = rows.Events[i];
            events.Parameters.Add(Of(Guid.CreateVersion7()));
            events.Parameters.Add(Of(version + i + 1));
            events.Parameters.Add(Of(data, NpgsqlDbType.Jsonb));
            events.Parameters.Add(Of(type));
            events.Parameters.Add(Of(dotnetType));
            events.Parameters.Add(Of(persons));
        }

        batch.BatchCommands.Add(events);
        if (rows.View is { } view)
            batch.BatchCommands.Add(BenchView.Row(stream, version + count, view));
        await batch.ExecuteNonQueryAsync();
        version += count;
    }

    /// <summary>Reads the rows of a stream, and of the keys where persons are named, and does nothing with them.</summary>
    public static Task ReadAsync(NpgsqlDataSource dataSource, Guid stream, Guid[]? persons) => LoadAsync(dataSource, stream, persons, ciphers: null, _ => { });

    /// <summary>Reads the same rows, makes events of them, opens what is sealed with keys at hand, and folds.</summary>
    public static async Task FoldAsync(NpgsqlDataSource dataSource, Guid stream, Guid[]? persons, IReadOnlyDictionary<Guid, AesGcm> ciphers)
    {
        var events = new List<IDomainEvent>();
        await LoadAsync(dataSource, stream, persons, ciphers, events.Add);
        BenchEvents.Fold(events);
    }

    private static async Task LoadAsync(
        NpgsqlDataSource dataSource, Guid stream, Guid[]? persons, IReadOnlyDictionary<Guid, AesGcm>? ciphers, Action<IDomainEvent> take)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(Read) { Parameters = { Of(stream) } });
        if (persons is not null)
            batch.BatchCommands.Add(new(ReadKeys) { Parameters = { Of(persons) } });
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _ = reader.GetGuid(0);
            _ = reader.GetInt64(1);
            _ = reader.GetGuid(2);
            var type = reader.GetString(3);
            var data = reader.GetFieldValue<byte[]>(4);
            _ = reader.GetDateTime(5);
            _ = reader.IsDBNull(6) ? null : reader.GetString(6);
            _ = reader.IsDBNull(7) ? null : reader.GetString(7);
            _ = reader.GetFieldValue<byte[]>(8);
            if (ciphers is not null)
                take(Event(type, data, ciphers));
        }

        if (persons is null)
            return;
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            _ = reader.GetGuid(0);
            _ = reader.GetGuid(1);
            _ = reader.GetString(2);
            _ = reader.GetFieldValue<byte[]>(3);
        }
    }

    private sealed record Envelope(Guid Person, byte[] Sealed);

    private sealed record Described(Envelope Description, int Number);

    private static IDomainEvent Event(string type, byte[] data, IReadOnlyDictionary<Guid, AesGcm> ciphers)
    {
        if (type != "bench-described.v1")
            return JsonSerializer.Deserialize<BenchNoted>(data, EventJson.Options)!;
        var ((person, envelope), number) = JsonSerializer.Deserialize<Described>(data, EventJson.Options)!;
        var json = new byte[envelope.Length - 45];
        byte[] associated = [1, .. person.ToByteArray(bigEndian: true), .. envelope.AsSpan(1, 16)];
        ciphers[person].Decrypt(envelope.AsSpan(17, 12), envelope.AsSpan(45), envelope.AsSpan(29, 16), json, associated);
        return new BenchDescribed(Personal.Of(new PersonId(person), JsonSerializer.Deserialize<string>(json)!), number);
    }

    private static string Insertion(int count) => Events + string.Join(", ", Enumerable.Range(0, count).Select(i =>
        $" (nextval('mt_events_sequence'), ${5 + (i * 6)}, $1, ${6 + (i * 6)}, ${7 + (i * 6)}, ${8 + (i * 6)}, $2, ${9 + (i * 6)}, $3, null, $4, ${10 + (i * 6)})"));

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<byte[]> Of(byte[] value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };
}
