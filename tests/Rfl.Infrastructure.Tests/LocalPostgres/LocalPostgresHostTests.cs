using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Infrastructure.Tests.LocalPostgres;

/// <summary>The private server of <c>./rfl run</c>, on a real cluster that the tests of this class reuse one after the other.</summary>
public sealed class LocalPostgresHostTests(LocalPostgresHostTests.DataFolder data) : IClassFixture<LocalPostgresHostTests.DataFolder>
{
    [Fact]
    public async Task What_was_committed_is_there_at_the_next_start()
    {
        await using (var first = new LocalPostgresHost(data.Path))
            await ExecuteAsync(await first.StartAsync(), "create table if not exists kept (name text); insert into kept values ('Hodan')");

        await using var second = new LocalPostgresHost(data.Path);

        Assert.Equal("Hodan", await ScalarAsync(await second.StartAsync(), "select name from kept limit 1"));
    }

    [Fact]
    public async Task The_server_is_durable_and_keeps_text_in_utf_8()
    {
        await using var host = new LocalPostgresHost(data.Path);
        var connectionString = await host.StartAsync();

        Assert.Equal("on", await ScalarAsync(connectionString, "show fsync"));
        Assert.Equal("on", await ScalarAsync(connectionString, "show synchronous_commit"));
        Assert.Equal("on", await ScalarAsync(connectionString, "show full_page_writes"));
        Assert.Equal("on", await ScalarAsync(connectionString, "show data_checksums"));
        Assert.Equal("UTF8", await ScalarAsync(connectionString, "show server_encoding"));
        Assert.Equal("é", await ScalarAsync(connectionString, "select lower('É')"));
    }

    [Fact]
    public async Task Two_processes_share_the_server_and_the_last_one_stops_it()
    {
        var first = new LocalPostgresHost(data.Path);
        var second = new LocalPostgresHost(data.Path);
        var connectionString = await first.StartAsync();
        Assert.Equal(connectionString, await second.StartAsync());

        await first.DisposeAsync();
        Assert.Equal("rfl", await ScalarAsync(connectionString, "select current_user::text"));

        await second.DisposeAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(connectionString, "select 1"));
    }

    [Fact]
    public async Task Racing_starts_end_at_one_server()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => new LocalPostgresHost(data.Path)).ToList();

        var connectionStrings = await Task.WhenAll(hosts.Select(host => Task.Run(host.StartAsync)));

        Assert.Single(connectionStrings.Distinct());
        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_killed_server_recovers_what_was_committed()
    {
        await using (var host = new LocalPostgresHost(data.Path))
        {
            await ExecuteAsync(await host.StartAsync(), "create table if not exists survived (name text); insert into survived values ('Nasrin')");
            using var server = Process.GetProcessById(int.Parse(File.ReadLines(PidFile(host)).First(), CultureInfo.InvariantCulture));
            server.Kill();
            await server.WaitForExitAsync();
        }

        await using var next = new LocalPostgresHost(data.Path);

        Assert.Equal("Nasrin", await ScalarAsync(await next.StartAsync(), "select name from survived limit 1"));
    }

    [Fact]
    public async Task A_pid_file_that_names_another_program_is_no_obstacle()
    {
        await using var host = new LocalPostgresHost(data.Path);
        await host.StartAsync();
        var lines = await File.ReadAllLinesAsync(PidFile(host));
        await host.DisposeAsync();
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(PidFile(host), lines);

        await using var next = new LocalPostgresHost(data.Path);

        Assert.Equal("rfl", await ScalarAsync(await next.StartAsync(), "select current_user::text"));
    }

    [Fact]
    public async Task Nobody_enters_without_the_password_which_only_the_owner_can_read()
    {
        await using var host = new LocalPostgresHost(data.Path);
        var guessed = new NpgsqlConnectionStringBuilder(await host.StartAsync()) { Password = "rfl" };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(guessed.ConnectionString, "select 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.Folder!, "password")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(host.Folder!));
    }

    [Fact]
    public async Task No_value_of_a_row_reaches_the_servers_log()
    {
        await using var host = new LocalPostgresHost(data.Path);
        var connectionString = await host.StartAsync();
        await ExecuteAsync(connectionString, "create table if not exists unique_names (name text primary key); delete from unique_names; insert into unique_names values ('Aziza Rahimi')");

        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connectionString, "insert into unique_names values ('Aziza Rahimi')"));

        await host.DisposeAsync();
        var log = await File.ReadAllTextAsync(Path.Combine(host.Folder!, "postgres.log"));
        Assert.Contains("database system is ready", log);
        Assert.DoesNotContain("Aziza", log);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        var file = Path.Combine(Directory.CreateDirectory(data.Path).FullName, "a-file");
        await File.WriteAllTextAsync(file, "");
        await using var host = new LocalPostgresHost(Path.Combine(file, "folder"));

        var exception = await Assert.ThrowsAsync<LocalPostgresException>(host.StartAsync);

        Assert.Contains(file, exception.Message);
        Assert.Contains("Rfl__DataFolder", exception.Message);
    }

    private static string PidFile(LocalPostgresHost host) => Path.Combine(host.Folder!, "cluster", "postmaster.pid");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }

    /// <summary>In the system's temporary folder, which the server's account reaches too.</summary>
    public sealed class DataFolder : IDisposable
    {
        public string Path { get; } = $"/tmp/rfl-local-{Guid.NewGuid():N}";

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
