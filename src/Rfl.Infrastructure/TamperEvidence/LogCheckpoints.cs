using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.TamperEvidence;

/// <param name="Breaks">Empty where everything was as it was written.</param>
public sealed record PastVerification(DateTimeOffset VerifiedAt, IReadOnlyList<LogBreak> Breaks);

/// <summary>Makes and lists signed checkpoints, and remembers what regular verifications found.</summary>
public sealed class LogCheckpoints(NpgsqlDataSource dataSource, LogSealing sealing, CheckpointKey key, TimeProvider clock)
{
    private static readonly JsonSerializerOptions stored = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Seals what has settled and signs the latest links of all logs.</summary>
    public async Task<ExportedCheckpoint> IssueAsync(CancellationToken ct)
    {
        await sealing.SealAsync(ct);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var heads = new List<CheckpointHead>();
        long number;
        await using (var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("lock table log_checkpoint in share row exclusive mode"),
                new("select coalesce(max(number), 0) + 1 from log_checkpoint"),
                new(
                    """
                    select l.log, l.number, encode(l.hash, 'hex') from unnest($1) as wanted (log)
                    cross join lateral (select * from log_link where log = wanted.log order by number desc limit 1) l
                    """)
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. ChainedLog.All.Select(log => log.Name)] } },
                },
            },
        })
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            number = reader.GetInt64(0);
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
                heads.Add(new CheckpointHead(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));
        }

        var checkpoint = Checkpoint.Sign(number, LogSealing.Microseconds(clock.GetUtcNow()), RandomNumberGenerator.GetBytes(32), heads, key);
        await using (var insert = new NpgsqlBatch(connection) { BatchCommands = { checkpoint.Insert() } })
            await insert.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return checkpoint.Exported();
    }

    /// <summary>The newest first.</summary>
    /// <param name="before">Only those with a smaller number; null from the newest.</param>
    public async Task<IReadOnlyList<ExportedCheckpoint>> ListAsync(long? before, int limit, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand($"select {Checkpoint.Columns} from log_checkpoint where number < $1 order by number desc limit $2");
        command.Parameters.AddWithValue(before ?? long.MaxValue);
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var checkpoints = new List<ExportedCheckpoint>();
        while (await reader.ReadAsync(ct))
            checkpoints.Add(Checkpoint.Read(reader).Exported());
        return checkpoints;
    }

    /// <summary>Writes down what a verification found.</summary>
    public async Task RememberAsync(LogVerificationResult result, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("insert into log_verification (id, verified_at, breaks) values ($1, $2, $3)");
        command.Parameters.AddWithValue(Guid.CreateVersion7());
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(result.Breaks, stored));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What the latest verifications found, the newest first.</summary>
    public async Task<IReadOnlyList<PastVerification>> VerificationsAsync(int limit, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select verified_at, breaks from log_verification order by verified_at desc, id desc limit $1");
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var verifications = new List<PastVerification>();
        while (await reader.ReadAsync(ct))
            verifications.Add(new PastVerification(reader.GetFieldValue<DateTimeOffset>(0), JsonSerializer.Deserialize<List<LogBreak>>(reader.GetString(1), stored) ?? []));
        return verifications;
    }
}
