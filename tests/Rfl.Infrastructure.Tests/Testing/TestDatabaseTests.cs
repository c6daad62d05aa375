using Npgsql;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.Testing;

/// <summary>What every database test relies on.</summary>
public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Each_database_is_a_copy_of_the_template_and_of_nothing_else()
    {
        await using var first = await TestDatabase.CreateAsync("copy", FillAsync);
        await using var second = await TestDatabase.CreateAsync("copy", FillAsync);

        await ExecuteAsync(first.ConnectionString, "insert into villages values ('Chak 12')");

        Assert.Equal(2, await CountAsync(first.ConnectionString));
        Assert.Equal(1, await CountAsync(second.ConnectionString));
    }

    [Fact]
    public async Task Racing_fixtures_prepare_a_template_once()
    {
        var prepared = 0;
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestDatabase.CreateAsync("raced", connectionString =>
        {
            Interlocked.Increment(ref prepared);
            return FillAsync(connectionString);
        })));

        Assert.Equal(1, prepared);
        Assert.All(await Task.WhenAll(databases.Select(database => CountAsync(database.ConnectionString))), count => Assert.Equal(1, count));
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_template_whose_preparation_failed_is_prepared_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestDatabase.CreateAsync("failing", async connectionString =>
        {
            await FillAsync(connectionString);
            throw new InvalidOperationException("half a migration");
        }));

        await using var database = await TestDatabase.CreateAsync("failing", FillAsync);

        Assert.Equal(1, await CountAsync(database.ConnectionString));
    }

    [Fact]
    public async Task A_disposed_database_is_gone_even_when_somebody_is_still_connected()
    {
        var database = await TestDatabase.CreateAsync();
        await using var forgotten = new NpgsqlConnection(database.ConnectionString);
        await forgotten.OpenAsync();

        await database.DisposeAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database.ConnectionString, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refused.SqlState);
    }

    [Fact]
    public async Task Tests_are_no_superusers_as_production_is_none()
    {
        await using var database = await TestDatabase.CreateAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database.ConnectionString, "copy (select 1) to program 'true'"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static Task FillAsync(string connectionString) =>
        ExecuteAsync(connectionString, "create table villages (name text); insert into villages values ('Borama')");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand("select count(*) from villages");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
