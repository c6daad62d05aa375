using System.Security.Cryptography;
using Npgsql;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Torture.Installation;

/// <summary>A PostgreSQL as in production, fsync and all, on a loopback port, that can be stopped as if the machine had failed and started again.</summary>
internal sealed class DurablePostgres : IAsyncDisposable
{
    private readonly PostgresBinaries binaries;
    private readonly string folder;
    private readonly string password;
    private ChildProcess? server;

    private DurablePostgres(PostgresBinaries binaries, string folder, int port, string password)
    {
        this.binaries = binaries;
        this.folder = folder;
        this.password = password;
        Port = port;
    }

    public int Port { get; }

    /// <summary>As superuser, past every proxy.</summary>
    public string AdministratorConnectionString => In("postgres", "postgres");

    /// <summary>As the owner of the service's database, who is no superuser, past every proxy.</summary>
    public string ConnectionString => In("rfl", "rfl");

    private string Data => Path.Combine(folder, "data");

    private string Log => Path.Combine(folder, "log");

    /// <param name="folder">Empty; its file system is where the database may run out of space.</param>
    public static async Task<DurablePostgres> StartAsync(string folder)
    {
        var binaries = await PostgresInstallation.EnsureAsync();
        var postgres = new DurablePostgres(binaries, folder, Ports.Free(), RandomNumberGenerator.GetHexString(32, lowercase: true));
        await postgres.CreateAsync();
        await postgres.StartAgainAsync();
        await postgres.ExecuteAsync($"create role rfl login password '{postgres.password}'", "create database rfl owner rfl");
        return postgres;
    }

    /// <summary>Ends it without a checkpoint, cutting every connection: what a failing machine leaves behind.</summary>
    public Task StopImmediatelyAsync() => server!.EndAsync("QUIT");

    /// <summary>Starts it, with recovery where it needs one, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        server = await ChildProcess.StartAsync(
            binaries.PathOf("postgres"),
            [
                "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300",
                "-c", "timezone=UTC", "-c", "log_min_messages=log", "-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse",
            ],
            new Dictionary<string, string>(),
            Log,
            "QUIT",
            ServerAccount.Default);
        await WaitUntilReadyAsync();
    }

    /// <summary>Statements as superuser, one after the other.</summary>
    public Task ExecuteAsync(params string[] statements) => ExecuteAsync(AdministratorConnectionString, statements);

    /// <summary>Statements in the service's database.</summary>
    public Task ExecuteInServiceAsync(params string[] statements) => ExecuteAsync(ConnectionString, statements);

    private static async Task ExecuteAsync(string connectionString, string[] statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private async Task CreateAsync()
    {
        var secret = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(secret, password);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await ServerAccount.GiveAsync(folder, ServerAccount.Default);
        var made = await ExternalProgram.RunAsync(
            binaries.PathOf("initdb"),
            ["-D", Data, "-U", "postgres", "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "--no-instructions"],
            ServerAccount.Default);
        made.OrThrow("initdb failed");
    }

    private async Task WaitUntilReadyAsync()
    {
        while (true)
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (NpgsqlException) when (!server!.HasEnded)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(30));
            }
        }
    }

    private string In(string user, string database) =>
        $"Host=127.0.0.1;Port={Port};Username={user};Password={password};Database={database};Pooling=false";
}
