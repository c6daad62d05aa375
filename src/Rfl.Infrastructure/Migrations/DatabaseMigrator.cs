using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rfl.Infrastructure.Migrations;

/// <summary>
/// Brings the database to the schema of this build: the embedded <c>NNNN_*.sql</c> files in order, each in a transaction of its own under a lock, so that
/// several nodes may start at once. An applied file never changes; another change is another file.
/// </summary>
public sealed partial class DatabaseMigrator(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<DatabaseMigrator> logger)
{
    private const long Lock = 0x52464C_4D4947; // "RFLMIG"

    /// <exception cref="DatabaseMigrationException">An applied file is different here, or a file fails.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        foreach (var migration in Migration.Embedded())
            await ApplyAsync(migration, ct);
        await FeedEpoch.OpenForThisClusterAsync(dataSource, clock, ct);
    }

    /// <summary>Whether every file of this build is applied; for readiness.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select count(*) from schema_migrations where number = any($1)");
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. Migration.Embedded().Select(migration => migration.Number)] });
        try
        {
            return (long)(await command.ExecuteScalarAsync(ct))! == Migration.Embedded().Count;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }

    private async Task ApplyAsync(Migration migration, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({Lock})", ct);
        await ExecuteAsync(
            connection,
            """
            create table if not exists schema_migrations (
                number integer not null primary key, name varchar not null, checksum varchar not null, applied_at timestamptz not null)
            """,
            ct);
        await using (var applied = new NpgsqlCommand("select checksum from schema_migrations where number = $1", connection))
        {
            applied.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Number });
            var checksum = (string?)await applied.ExecuteScalarAsync(ct);
            if (checksum == migration.Checksum)
                return;
            if (checksum is not null)
                throw new DatabaseMigrationException($"{migration.Name} was changed after it had been applied. Put it back and write the change as a new file.");
        }

        try
        {
            await ExecuteAsync(connection, migration.Sql, ct);
        }
        catch (PostgresException exception)
        {
            throw new DatabaseMigrationException($"{migration.Name} failed: {exception.MessageText}", exception);
        }

        await using (var record = new NpgsqlCommand("insert into schema_migrations (number, name, checksum, applied_at) values ($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum }, new() { Value = clock.GetUtcNow() },
            },
        })
            await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        LogApplied(migration.Name);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(LogLevel.Information, "Applied migration {Name}.")]
    private partial void LogApplied(string name);
}

/// <summary>The database cannot be brought to this build's schema.</summary>
public sealed class DatabaseMigrationException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>One embedded file.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "Rfl.Infrastructure.Migrations.";
    private static readonly Lazy<IReadOnlyList<Migration>> embedded = new(() => Load());

    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>In order of their numbers.</summary>
    public static IReadOnlyList<Migration> Embedded() => embedded.Value;

    private static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        var migrations = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var name = resource[Folder.Length..];
                return new Migration(int.Parse(name.AsSpan(0, 4), provider: null), name, reader.ReadToEnd().ReplaceLineEndings("\n"));
            })
            .OrderBy(migration => migration.Number)
            .ToList();
        return migrations.GroupBy(migration => migration.Number).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new DatabaseMigrationException($"Two migrations have the number {twice.Key:0000}: {string.Join(", ", twice.Select(one => one.Name))}.")
            : migrations;
    }
}
