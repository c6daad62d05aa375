using Rfl.Benchmarks.Measuring;

namespace Rfl.Benchmarks.Service;

/// <summary>The started service on a small database.</summary>
internal static class ServiceBenchmark
{
    private const int Requests = 2_000;

    public static async Task<string> RunAsync(BenchServer server)
    {
        await server.EmptyAsync();
        await using var data = await ServiceData.OpenAsync(server);
        var ids = await data.FillAsync(1, Requests, DateTimeOffset.UtcNow.AddDays(-3));
        await data.SettleAsync();
        await using var service = await ServiceProcess.StartAsync(server);
        return await HttpBenchmark.RunAsync(service, data, ids);
    }
}
