using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Benchmarks.EventStore;

/// <summary>
/// PostgreSQL's own load program with the same rows: what server and disk do when the client costs next to nothing. One statement, prepared, on connections
/// that are never given back.
/// </summary>
internal static partial class PgBench
{
    private const string Insert =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, persons)
        select nextval('mt_events_sequence'), gen_random_uuid(), stream.id, stream.version - n, '{"text": "Something of the length of an ordinary note.", "number": 1}',
            'bench-noted.v1', now(), 'Rfl.Benchmarks.EventStore.BenchNoted, Rfl.Benchmarks', '00000000-0000-0000-0000-000000000000', null,
            '{"actor_id": "00000000-0000-0000-0000-000000000000", "actor_roles": ["Caseworker"], "occurred_at": "2026-01-01T00:00:00+00:00"}', '{}'
        """;

    private const string OwnStream = "('00000000-0000-4000-8000-' || lpad(:client_id::text, 12, '0'))::uuid";

    public const string Start =
        $"""
        with stream as (insert into mt_streams (id, type, version, timestamp, created) values (gen_random_uuid(), 'bench', 3, now(), now()) returning id, version)
        {Insert} from stream, generate_series(0, 2) n;
        """;

    public const string Append =
        $"""
        with stream as (update mt_streams set version = version + 1, timestamp = now() where id = {OwnStream} returning id, version)
        {Insert} from stream, generate_series(0, 0) n;
        """;

    public const string Load =
        $"""
        select stream_id, version, id, type, data, timestamp, correlation_id, causation_id, headers from mt_events where stream_id = {OwnStream} order by version;
        """;

    /// <summary>A stream of this many events for each writer.</summary>
    public static async Task PrepareAsync(NpgsqlDataSource dataSource, int events)
    {
        await using var command = dataSource.CreateCommand(
            $"""
            delete from mt_events where stream_id in (select id from mt_streams where type = 'pgbench');
            alter table mt_streams disable trigger mt_streams_are_kept;
            delete from mt_streams where type = 'pgbench';
            alter table mt_streams enable trigger mt_streams_are_kept;
            with stream as (
                insert into mt_streams (id, type, version)
                select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'pgbench', {events} from generate_series(0, 63) n returning id, version)
            {Insert} from stream, generate_series(0, {events - 1}) n
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>Transactions a second; null where the program is not installed.</returns>
    public static async Task<double?> RunAsync(string connectionString, string statement, int clients, int seconds)
    {
        if (await PostgresBinaries.FindAsync() is not { } binaries || !File.Exists(binaries.PathOf("pgbench")))
            return null;
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, statement);
            var connection = new NpgsqlConnectionStringBuilder(connectionString);
            var result = await ExternalProgram.RunAsync(
                binaries.PathOf("pgbench"),
                ["-n", "-M", "prepared", "-c", $"{clients}", "-j", $"{Math.Min(clients, Environment.ProcessorCount)}", "-T", $"{seconds}", "-f", script,
                    "-h", connection.Host!, "-p", $"{connection.Port}", "-U", connection.Username!, connection.Database!],
                environment: new Dictionary<string, string> { ["PGPASSWORD"] = connection.Password! });
            return double.Parse(Rate().Match(result.OrThrow("pgbench failed")).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();
}
