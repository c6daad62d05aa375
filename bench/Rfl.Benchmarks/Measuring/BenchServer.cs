using Npgsql;
using Rfl.Infrastructure.LocalPostgres;

namespace Rfl.Benchmarks.Measuring;

/// <summary>
/// The private PostgreSQL that everything is measured on: made by the code that makes the service's own, so with fsync, checksums and the same settings.
/// It lives in <c>.data/bench</c> of the repository and ends with the measuring.
/// </summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly LocalPostgresHost host;

    private BenchServer(LocalPostgresHost host, string connectionString)
    {
        this.host = host;
        ConnectionString = connectionString;
    }

    /// <summary>Of the one database, as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Where measuring may leave files.</summary>
    public static string Folder { get; } = LocalDatabase.DataFolder(".data/bench", AppContext.BaseDirectory);

    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder, "..", ".."));

    public static async Task<BenchServer> StartAsync()
    {
        var host = new LocalPostgresHost(Folder, Console.Error.WriteLine);
        return new BenchServer(host, await host.StartAsync());
    }

    /// <summary>Leaves an empty database behind.</summary>
    public async Task EmptyAsync()
    {
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var command = dataSource.CreateCommand("drop owned by current_user cascade; create schema if not exists public");
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
