using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Rfl.Infrastructure.LocalPostgres;

/// <summary>
/// A private, durable PostgreSQL for one installation of RFL: made at the first start, reused afterwards, reachable on loopback with a generated
/// password. It is stopped by the last process that uses it; after a killed process it goes on running, and the next start finds it.
/// </summary>
/// <param name="dataFolder">Where its files go; see <see cref="ClusterFolder.OpenAsync"/> for the case of root.</param>
/// <param name="tell">Receives lines for whoever waits at the terminal.</param>
public sealed class LocalPostgresHost(string dataFolder, Action<string>? tell = null) : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string Name = "rfl";

    /// <summary>
    /// Nothing of a row may reach the server's log: statements and details of errors carry personal data. The memory holds the index of a million persons, which
    /// PostgreSQL's own default does not; it is taken as it is used.
    /// </summary>
    private const string Settings =
        "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c timezone=UTC -c log_timezone=UTC "
        + "-c log_min_messages=log -c log_min_error_statement=panic -c log_error_verbosity=terse -c log_checkpoints=off "
        + "-c shared_buffers=512MB -c random_page_cost=1.1";

    private static readonly TimeSpan recoveryPatience = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim changing = new(1);
    private ClusterFolder? folder;
    private FolderLocks? locks;
    private PostgresBinaries? binaries;

    /// <summary>Where the cluster really is; known once started.</summary>
    public string? Folder => folder?.Path;

    /// <summary>Makes the cluster if need be, starts it unless it runs, and answers the connection string of the database, whose owner is no superuser.</summary>
    /// <exception cref="LocalPostgresException">It cannot be provided; the message says what to do.</exception>
    public async Task<string> StartAsync()
    {
        // Whoever stops waits for the start that is under way: it would otherwise leave a server behind.
        await changing.WaitAsync();
        try
        {
            folder = await ClusterFolder.OpenAsync(dataFolder);
            locks = new FolderLocks(folder.Path);
            using var change = await locks.ChangeAsync(recoveryPatience);
            var version = folder.Exists ? int.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Cluster, "PG_VERSION")), CultureInfo.InvariantCulture) : (int?)null;
            binaries = await PostgresInstallation.EnsureAsync(version, tell);
            if (!folder.Exists)
                await CreateAsync();
            locks.BeginUse();
            var port = await FindRunningAsync() ?? await StartServerAsync();
            await EnsureDatabaseAsync(port);
            return await ConnectionStringAsync(port, Name, Name);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Ends this process's use, and stops the server unless another process uses it. Repeating it does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await changing.WaitAsync();
        try
        {
            if (locks is null || folder is null || binaries is null)
                return;
            using (await locks.ChangeAsync(TimeSpan.FromSeconds(30)))
            {
                if (locks.EndUse() && await FindRunningAsync() is not null)
                    await PostgresControlAsync("stop", "-m", "fast", "-w", "-t", "60");
            }

            locks = null;
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task CreateAsync()
    {
        tell?.Invoke($"Making a private PostgreSQL {binaries!.MajorVersion} cluster in {folder!.Path}.");
        var unfinished = folder!.Cluster + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        await using (var file = new FileStream(folder.PasswordFile, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        await using (var writer = new StreamWriter(file))
            await writer.WriteLineAsync(RandomNumberGenerator.GetHexString(48, lowercase: true));
        await ServerAccount.GiveAsync(folder.Path, folder.Account);
        var result = await RunAsync(
            "initdb",
            [
                "-D", unfinished, "-U", Superuser, "--pwfile", folder.PasswordFile, "-A", "scram-sha-256", "-E", "UTF8",
                "--locale", OperatingSystem.IsLinux() ? "C.UTF-8" : "C", "--data-checksums", "--no-instructions",
            ]);
        result.OrThrow($"PostgreSQL's initdb failed in {folder.Path}");
        // An interrupted initdb leaves no cluster.
        Directory.Move(unfinished, folder.Cluster);
    }

    /// <summary>The port of the running server of this cluster, once it takes connections; null when none runs.</summary>
    private async Task<int?> FindRunningAsync()
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            if (await ServerProcess.FindAsync(folder!) is not { } server)
                return null;
            if (server.Port is { } port && await AcceptsConnectionsAsync(port))
                return port;
            if (waited.Elapsed > recoveryPatience)
                throw new LocalPostgresException($"PostgreSQL (process {server.Id}) runs but takes no connections; see {folder!.LogFile}");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task<int> StartServerAsync()
    {
        // The process that the file names is not this cluster's server; PostgreSQL itself would refuse when the number has been given to another program.
        File.Delete(ServerProcess.FileOf(folder!));
        ExternalProgram.Result? result = null;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var port = FreePort();
            result = await PostgresControlAsync("start", "-w", "-t", $"{recoveryPatience.TotalSeconds:0}", "-l", "postgres.log", "-o", $"-p {port} {Settings}");
            if (result.Succeeded)
                return port;
        }

        throw new LocalPostgresException($"PostgreSQL does not start; see {folder!.LogFile}{Environment.NewLine}{result!.Output.Trim()}");
    }

    private async Task EnsureDatabaseAsync(int port)
    {
        await using var source = NpgsqlDataSource.Create(await ConnectionStringAsync(port, Superuser, Superuser) + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        if (!await ExistsAsync(connection, $"select from pg_roles where rolname = '{Name}'"))
            await ExecuteAsync(connection, $"create role {Name} login password '{await PasswordAsync()}'");
        if (!await ExistsAsync(connection, $"select from pg_database where datname = '{Name}'"))
            await ExecuteAsync(connection, $"create database {Name} owner {Name}");
    }

    private async Task<bool> AcceptsConnectionsAsync(int port)
    {
        try
        {
            await using var connection = new NpgsqlConnection(await ConnectionStringAsync(port, Superuser, Superuser) + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalPostgresException($"PostgreSQL runs but refuses the password in {folder!.PasswordFile}. Restore that file.", exception);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand($"select exists ({query})", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> ConnectionStringAsync(int port, string user, string database) =>
        $"Host=127.0.0.1;Port={port};Username={user};Password={await PasswordAsync()};Database={database}";

    private async Task<string> PasswordAsync() => (await File.ReadAllTextAsync(folder!.PasswordFile)).Trim();

    /// <summary>The folder is given by variable and working folder, since pg_ctl hands its arguments to a shell.</summary>
    private Task<ExternalProgram.Result> PostgresControlAsync(params string[] arguments) => RunAsync("pg_ctl", arguments);

    private Task<ExternalProgram.Result> RunAsync(string program, IEnumerable<string> arguments) => ExternalProgram.RunAsync(
        binaries!.PathOf(program),
        arguments,
        folder!.Account,
        folder.Path,
        new Dictionary<string, string> { ["PGDATA"] = folder.Cluster });

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
