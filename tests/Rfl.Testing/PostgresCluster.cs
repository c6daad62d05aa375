using System.Diagnostics;
using Npgsql;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Testing;

/// <summary>
/// A throw-away PostgreSQL for tests: fast, not durable, reachable only through a socket in a folder of its own. It ends with the process that
/// started it, however that process ends: a small shell holds the server and waits for the end of a pipe, which the kernel closes for us.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>Set by <c>./rfl test</c> to the connection string of the one cluster of the run.</summary>
    public const string EnvironmentVariable = "RFL_TEST_POSTGRES";

    /// <summary>Neither durable nor polite: no fsync, room for many pools, a planner and a vacuum like production's.</summary>
    private const string Script =
        """
        "$BIN/initdb" -D "$FOLDER/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$FOLDER/log" 2>&1 || { cat "$FOLDER/log"; exit 1; }
        "$BIN/postgres" -D "$FOLDER/data" -c listen_addresses= -c "unix_socket_directories=$FOLDER" -c max_connections=600 -c fsync=off -c full_page_writes=off \
            -c shared_buffers=128MB -c max_wal_size=4GB -c checkpoint_timeout=1h -c max_locks_per_transaction=256 >"$FOLDER/log" 2>&1 </dev/null &
        server=$!
        read -r end
        kill -QUIT $server
        wait $server
        rm -rf "$FOLDER"
        """;

    /// <summary>Keeps the cluster, and with it the pipe, out of the garbage collector's reach.</summary>
    private static readonly Lazy<Task<PostgresCluster>> ofThisProcess = new(StartAsync);

    private readonly Process process;

    private PostgresCluster(Process process, string folder)
    {
        this.process = process;
        AdministratorConnectionString = $"Host={folder};Username=postgres;Database=postgres;Pooling=false";
        ConnectionString = $"Host={folder};Username=rfl;Database=postgres";
    }

    /// <summary>Connects as <c>rfl</c>, which may create databases but is no superuser, as in production.</summary>
    public string ConnectionString { get; }

    /// <summary>Connects as superuser.</summary>
    public string AdministratorConnectionString { get; }

    /// <summary>The connection string of the cluster of this run: the one of <c>./rfl test</c>, else one that lives as long as this process.</summary>
    public static async Task<string> SharedAsync() =>
        Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } given ? given : (await ofThisProcess.Value).ConnectionString;

    /// <summary>Starts a cluster for the caller alone.</summary>
    public static async Task<PostgresCluster> StartAsync()
    {
        var binaries = await PostgresInstallation.EnsureAsync();
        // Not the configured temporary folder: a socket's path may have 107 bytes, and the server's account has to reach it.
        var folder = Directory.CreateDirectory(
            $"/tmp/rfl-test-{Guid.NewGuid():N}",
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        await ServerAccount.GiveAsync(folder, ServerAccount.Default);
        var start = ExternalProgram.Describe("sh", ["-c", Script], ServerAccount.Default, "/", new Dictionary<string, string>
        {
            ["BIN"] = binaries.Folder,
            ["FOLDER"] = folder,
        });
        start.RedirectStandardInput = true;
        var cluster = new PostgresCluster(Process.Start(start)!, folder);
        await cluster.WaitUntilReadyAsync();
        return cluster;
    }

    /// <summary>Stops the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(AdministratorConnectionString);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("create role rfl login createdb; grant pg_monitor, pg_signal_backend to rfl", connection);
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (NpgsqlException) when (!process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
