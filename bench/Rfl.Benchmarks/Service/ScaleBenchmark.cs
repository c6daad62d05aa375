using System.Diagnostics;
using Rfl.Benchmarks.EventStore;
using Rfl.Benchmarks.Measuring;

namespace Rfl.Benchmarks.Service;

/// <summary>
/// A country's worth of requests: 300,000 with a million people, made through the bulk path. While they grow, the jobs run at a tenth and at the whole of the
/// size, with little and with much due; then the service starts on them, and everything else is measured again.
/// </summary>
internal static class ScaleBenchmark
{
    /// <summary>Longer ago than the longest of the periods that an open case waits for (90 days without activity), and not so long that two have passed.</summary>
    private static readonly TimeSpan longAgo = TimeSpan.FromDays(100);

    private static readonly TimeSpan justNow = TimeSpan.FromDays(3);

    /// <param name="requests">At the end; a tenth of them first.</param>
    public static async Task<string> RunAsync(BenchServer server, int requests, TimeSpan duration)
    {
        await server.EmptyAsync();
        var text = new List<string>();
        await using var data = await ServiceData.OpenAsync(server);
        var (little, much) = (requests / 1000, requests / 100);
        var made = 0;
        var making = new Stopwatch();

        var chasing = new List<string> { ChasingBenchmark.Heading };
        foreach (var open in (int[])[requests / 10, requests])
        {
            await FillAsync(open - made - little - much, justNow);
            // What jobs do with new events of whatever kind, such as chaining them, is not what they do with what is due.
            await using (var service = await ServiceProcess.StartAsync(server))
                await ChasingBenchmark.RunAsync(service, data, made);
            foreach (var due in (int[])[little, much])
            {
                await FillAsync(due, longAgo);
                await data.SettleAsync();
                await using var service = await ServiceProcess.StartAsync(server);
                chasing.Add(await ChasingBenchmark.RunAsync(service, data, made));
                Console.Error.WriteLine(chasing[^1]);
            }
        }

        text.Add($"{made:N0} requests with {await data.CountAsync("select count(*) from person_keys"):N0} people and "
            + $"{await data.CountAsync("select count(*) from mt_events"):N0} events, made in **{making.Elapsed.TotalMinutes:0.0} minutes** "
            + $"({made / making.Elapsed.TotalSeconds:N0} requests a second), {await data.CountAsync("select pg_database_size(current_database()) / 1024 / 1024"):N0} MB in the database.");
        text.Add("Jobs: time grows with what is due, not with what is open.");
        text.Add(string.Join('\n', chasing));
        await using (var service = await ServiceProcess.StartAsync(server))
        {
            text.Add($"Start of the service on all of it, until it is ready: **{service.StartedAfter.TotalSeconds:0.0} s**.");
            text.Add(await HttpBenchmark.RunAsync(service, data, [.. Enumerable.Range(1, made).Select(Requests.Id)]));
            text.Add($"The daily walk through the whole chain of logs: {(await ChasingBenchmark.VerifyLogsAsync(service)).TotalSeconds:0} s.");
            text.Add($"The service's memory after that: at most **{service.PeakMemory()} MB**.");
        }

        text.Add("Views of the service, computed anew:");
        text.Add(await FeedBenchmark.OfServiceAsync(data));
        // Last: the service does not know the events of this one.
        text.Add("The store on tables of this size:");
        text.Add(await StoreBenchmark.RunAsync(server, duration, emptyFirst: false));
        return string.Join("\n\n", text);

        async Task FillAsync(int count, TimeSpan ago)
        {
            making.Start();
            await data.FillAsync(made + 1, count, DateTimeOffset.UtcNow - ago);
            making.Stop();
            made += count;
        }
    }
}
