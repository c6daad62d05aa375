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

    [Theory]
    [InlineData("insert into mt_streams (id, type, version) values ('0199aaaa-0000-8000-8000-000000000001', 'disclosure', 1) returning 1::bigint")]
    [InlineData(
        """
        insert into disclosure_read_log (read_at, viewer, roles, view, correlation_id, records, grounds, persons, refused)
        values ('2026-03-04', '0199cccc-0000-7000-8000-000000000001', '{}', 'disclosure', '0199cccc-0000-7000-8000-000000000002', '{}', '{}', '{}', true)
        returning 1::bigint
        """)]
    public async Task Disclosures_of_a_build_that_did_not_seal_them_are_not_taken_over(string older)
    {
        await Migrator().MigrateAsync(default);
        await ScalarAsync("delete from schema_migrations where number = 40 returning 1::bigint");
        await ScalarAsync(older);

        var exception = await Assert.ThrowsAsync<DatabaseMigrationException>(() => Migrator().MigrateAsync(default));

        Assert.Contains("before disclosures were sealed", exception.Message, StringComparison.Ordinal);
        Assert.False(await Migrator().IsCurrentAsync(default));
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
