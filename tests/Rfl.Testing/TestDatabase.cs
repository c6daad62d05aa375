using Npgsql;

namespace Rfl.Testing;

/// <summary>A database of its own for a test class or fixture, dropped afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string server;

    private TestDatabase(string server, string name)
    {
        this.server = server;
        Name = name;
        ConnectionString = In(server, name);
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>A pool on the database, for the test's own questions.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Creates an empty database.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateFromAsync("template1");

    /// <summary>Creates a copy of a template, which the first one to ask for it prepares for all processes of the run.</summary>
    /// <param name="template">The template's name, in lower case letters, digits and underscores: one name, one content.</param>
    /// <param name="prepare">Fills the template; receives the connection string of an empty database. Usually the migrations.</param>
    public static async Task<TestDatabase> CreateAsync(string template, Func<string, Task> prepare)
    {
        await PrepareAsync(template, prepare);
        return await CreateFromAsync(template);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await using var others = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(others);
        await using var connection = await OpenAsync(server);
        await ExecuteAsync(connection, $"drop database if exists {Name} with (force)");
    }

    private static async Task<TestDatabase> CreateFromAsync(string template)
    {
        var server = await PostgresCluster.SharedAsync();
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = await OpenAsync(server);
        await ExecuteAsync(connection, $"create database {name} template {template}");
        return new(server, name);
    }

    private static async Task PrepareAsync(string template, Func<string, Task> prepare)
    {
        var server = await PostgresCluster.SharedAsync();
        await using var connection = await OpenAsync(server);
        // Held by the session: a process that dies while preparing lets the next one begin afresh.
        await ExecuteAsync(connection, $"select pg_advisory_lock(hashtext('{template}'))");
        if (await IsReadyAsync(connection, template))
            return;
        await ExecuteAsync(connection, $"drop database if exists {template} with (force)");
        await ExecuteAsync(connection, $"create database {template}");
        await prepare(new NpgsqlConnectionStringBuilder(In(server, template)) { Pooling = false }.ConnectionString);
        // A database is copied only while nobody is connected to it.
        await ExecuteAsync(connection, $"alter database {template} allow_connections false");
        await ExecuteAsync(connection, $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{template}'");
        await ExecuteAsync(connection, $"alter database {template} is_template true");
    }

    private static async Task<bool> IsReadyAsync(NpgsqlConnection connection, string template)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_database where datname = $1 and datistemplate)", connection)
        {
            Parameters = { new() { Value = template } },
        };
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static string In(string server, string database) => new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;

    private static async Task<NpgsqlConnection> OpenAsync(string server)
    {
        // Unpooled, so that an advisory lock ends with its connection.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
