using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Infrastructure.Tests.LocalPostgres;

public sealed class LocalDatabaseTests : IDisposable
{
    private readonly string contentRoot = Directory.CreateDirectory($"/tmp/rfl-content-{Guid.NewGuid():N}").FullName;

    public void Dispose() => Directory.Delete(contentRoot, recursive: true);

    [Fact]
    public async Task Where_a_database_is_given_nothing_is_started()
    {
        var builder = Builder(("ConnectionStrings:Rfl", "Host=db.example"));

        Assert.Null(await builder.AddLocalDatabaseAsync());
        Assert.Equal("Host=db.example", builder.Configuration.GetConnectionString("Rfl"));
        Assert.Empty(Directory.GetFileSystemEntries(contentRoot));
    }

    [Theory]
    [InlineData("kept", "kept")]
    [InlineData("", ".data")]
    public async Task Where_none_is_given_a_private_one_is_started_in_the_data_folder(string configured, string expected)
    {
        var builder = Builder(("Rfl:DataFolder", configured));

        await using var running = await builder.AddLocalDatabaseAsync(_ => { });

        await using var source = NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("Rfl")!);
        await using var command = source.CreateCommand("select current_database()::text");
        Assert.Equal("rfl", await command.ExecuteScalarAsync());
        Assert.True(Directory.Exists(Path.Combine(contentRoot, expected, "postgres", "cluster")));
    }

    private HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = contentRoot, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return builder;
    }
}
