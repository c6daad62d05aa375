using Microsoft.Extensions.Logging.Abstractions;
using Rfl.Infrastructure.Migrations;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.Migrations;

public sealed class DatabaseMigratorTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Several_nodes_may_start_at_once_on_an_empty_database()
    {
        Assert.False(await Migrator().IsCurrentAsync(default));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Migrator().MigrateAsync(default)));

        Assert.True(await Migrator().IsCurrentAsync(default));
        Assert.Equal(Migration.Embedded().Count, await ScalarAsync("select count(*) from schema_migrations"));
        Assert.Equal(1, await ScalarAsync("select count(*) from feed_epochs"));
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_is_refused_by_name()
    {
        await Migrator().MigrateAsync(default);
        await ScalarAsync("update schema_migrations set checksum = 'another' where number = 2 returning 1::bigint");

        var exception = await Assert.ThrowsAsync<DatabaseMigrationException>(() => Migrator().MigrateAsync(default));

        Assert.Contains("0002_personal_data_keys.sql", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_are_in_the_order_of_their_numbers()
    {
        Assert.Equal([1, 2], Migration.Embedded().Take(2).Select(migration => migration.Number));
        Assert.Equal(Migration.Embedded().OrderBy(migration => migration.Number), Migration.Embedded());
    }

    private DatabaseMigrator Migrator() => new(database.DataSource, TimeProvider.System, NullLogger<DatabaseMigrator>.Instance);

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
