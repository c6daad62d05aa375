using System.Diagnostics;
using System.Text.Json;
using Rfl.Infrastructure.Identity;

namespace Rfl.Benchmarks.Service;

/// <summary>One run of every job of the started service, as somebody who may asks for it.</summary>
internal static class ChasingBenchmark
{
    public const string Heading =
        """
        | open cases | due | passed | failed | all jobs, once | of it the chasing | a deadline |
        |---:|---:|---:|---:|---:|---:|---:|
        """;

    private const string Passed = "select count(*) from mt_events where type = 'deadline-passed.v1'";

    /// <summary>Its task is to go through everything there is, once a day: it is run apart.</summary>
    private const string Verifying = "verifying-logs";

    /// <param name="open">How many cases are open.</param>
    public static async Task<string> RunAsync(ServiceProcess service, ServiceData data, long open)
    {
        var (due, failed, before) = (0, 0, await data.CountAsync(Passed));
        TimeSpan all = default, chasing = default;
        foreach (var account in (DemoAccount[])[DemoAccounts.Supervisor, DemoAccounts.DisclosureOfficer])
        {
            var token = await service.SignInAsync(account);
            var jobs = await service.SendAsync(HttpMethod.Get, "/api/v1/jobs", token);
            foreach (var job in jobs.EnumerateArray().Select(job => job.GetProperty("name").GetString()!).Where(job => job != Verifying))
            {
                var clock = Stopwatch.StartNew();
                var run = await service.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{job}/runs", token);
                all += clock.Elapsed;
                Console.Error.WriteLine($"{job}: {Count(run, "due")} due, {Count(run, "done")} done, {clock.Elapsed.TotalSeconds:0.0} s");
                failed += Count(run, "failed");
                if (!job.StartsWith("chasing", StringComparison.Ordinal))
                    continue;
                chasing += clock.Elapsed;
                due += Count(run, "due");
            }
        }

        return $"| {open:N0} | {due:N0} | {await data.CountAsync(Passed) - before:N0} | {failed} | **{all.TotalSeconds:0.0} s** | {chasing.TotalSeconds:0.0} s | {(due == 0 ? 0 : chasing.TotalMilliseconds / due):0.0} ms |";
    }

    /// <summary>The daily walk through the whole chain of logs.</summary>
    public static async Task<TimeSpan> VerifyLogsAsync(ServiceProcess service)
    {
        var token = await service.SignInAsync(DemoAccounts.Supervisor);
        var clock = Stopwatch.StartNew();
        await service.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{Verifying}/runs", token);
        return clock.Elapsed;
    }

    private static int Count(JsonElement run, string name) => run.TryGetProperty(name, out var count) ? count.GetInt32() : 0;
}
