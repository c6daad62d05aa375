using System.Diagnostics;
using Npgsql;
using Rfl.Testing;

namespace Rfl.Infrastructure.Tests.Projections;

/// <summary>A database restored from a dump into another cluster, whose transaction numbers are behind those in the rows.</summary>
internal sealed class Dump : IAsyncDisposable
{
    private readonly PostgresCluster cluster;

    private Dump(PostgresCluster cluster)
    {
        this.cluster = cluster;
        ConnectionString = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = "restored" }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<Dump> RestoreElsewhereAsync(string connectionString)
    {
        var dump = await RunAsync("pg_dump", connectionString, ["--no-owner"], null);
        var restored = new Dump(await PostgresCluster.StartAsync());
        await RunAsync("psql", restored.cluster.ConnectionString, ["-q", "-v", "ON_ERROR_STOP=1", "-c", "create database restored"], null);
        await RunAsync("psql", restored.ConnectionString, ["-q", "-v", "ON_ERROR_STOP=1"], dump);
        return restored;
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static async Task<string> RunAsync(string program, string connectionString, string[] arguments, string? input)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        using var process = Process.Start(new ProcessStartInfo(
            program, ["-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, "-d", settings.Database!, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return await output;
    }
}
