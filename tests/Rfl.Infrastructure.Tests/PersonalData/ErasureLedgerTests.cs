using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Tests.EventStore;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.PersonalData;

/// <summary>The ledger of erasures: in the database, on every node, and in a file that outlives both.</summary>
public sealed class ErasureLedgerTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"rfl-ledger-{Guid.NewGuid():N}");

    private static ErasedPerson Erased(PersonId person) => new(person, new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), "Retention", null);

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task Another_node_forgets_the_key_and_keeps_the_line_once()
    {
        await using var database = await TestDatabase.CreateAsync("migrated", TestStore.MigrateAsync);
        await using var here = await TestStore.OpenAsync(database.ConnectionString);
        await using var there = await TestStore.OpenAsync(database.ConnectionString);
        await here.AppendAsync(Samples.Stream, Samples.Registered(Samples.Rahima, "Rahima"));
        await there.Store.LoadAsync(Samples.Stream, Samples.Type, default);
        var key = await here.ScalarAsync<Guid>("select key_id from person_keys");
        Assert.True(there.Vault.Holds(key));
        var file = new ErasureFile(path);
        using var watch = new ErasureWatch(new ErasureLedger(there.DataSource), file, there.Vault, NullLogger<ErasureWatch>.Instance);
        await watch.LookAsync(default);
        Assert.True(there.Vault.Holds(key));

        await using (var connection = await here.DataSource.OpenConnectionAsync())
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var command in ErasureLedger.Erase(Erased(Samples.Rahima)))
                batch.BatchCommands.Add(command);
            await batch.ExecuteNonQueryAsync();
        }

        await watch.LookAsync(default);
        await watch.LookAsync(default);
        Assert.False(there.Vault.Holds(key));
        Assert.Equal([Erased(Samples.Rahima)], new ErasureFile(path).Read());
    }

    [Fact]
    public void A_line_cut_off_by_a_crash_is_written_again()
    {
        new ErasureFile(path).Add([Erased(Samples.Rahima)]);
        File.AppendAllText(path, "{\"person\":\"c0");
        Assert.Equal([Erased(Samples.Rahima)], new ErasureFile(path).Read());

        new ErasureFile(path).Add([Erased(Samples.Rahima), Erased(Samples.Yonas)]);
        Assert.Equal([Erased(Samples.Rahima), Erased(Samples.Yonas)], new ErasureFile(path).Read());
    }

    [Theory]
    [InlineData("{\"person\":\"c0\n")]
    [InlineData("garbage\n")]
    [InlineData("garbage")]
    public void A_damaged_last_line_is_not_taken_for_one_cut_off(string last)
    {
        new ErasureFile(path).Add([Erased(Samples.Rahima)]);
        File.AppendAllText(path, last);
        Assert.Contains("Line 2", Assert.Throws<InvalidDataException>(() => new ErasureFile(path).Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledger_is_its_owners_alone_and_made_once()
    {
        Assert.True(new ErasureFile(path).TryMake());
        new ErasureFile(path).Add([Erased(Samples.Rahima)]);
        Assert.False(new ErasureFile(path).TryMake());
        Assert.Equal([Erased(Samples.Rahima)], new ErasureFile(path).Read());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.Delete(path);
        new ErasureFile(path).Add([Erased(Samples.Rahima)]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_refused()
    {
        File.WriteAllText(path, "Rahima was here\n{}\n");
        Assert.Throws<InvalidDataException>(() => new ErasureFile(path).Read());
    }
}
