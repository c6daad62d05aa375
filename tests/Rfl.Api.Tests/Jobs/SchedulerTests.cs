using System.Text.Json;
using Rfl.Api.Deadlines;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Jobs;

/// <summary>The schedule itself: shared by all nodes, kept in the database, part of readiness.</summary>
public sealed class SchedulerTests(RflApi api) : IClassFixture<RflApi>
{
    private static readonly Dictionary<string, string?> scheduled = new() { ["Jobs:Enabled"] = "true" };

    [Fact]
    public async Task Two_nodes_that_start_at_once_share_one_schedule()
    {
        await using var first = api.Start(scheduled);
        await using var second = api.Start(scheduled);
        await Task.WhenAll(Task.Run(() => first.Services), Task.Run(() => second.Services));

        Assert.Equal(1L, await api.AskAsync<long>("select count(*) from qrtz_triggers where trigger_name = $1", ChasingDeadlines.JobName));
        using var supervisor = api.As(DemoAccounts.Supervisor, first.Services);
        await UntilAsync(async () => (await ChasingAsync(supervisor)).GetProperty("runs").GetArrayLength() > 0);
        Assert.True((await ChasingAsync(supervisor)).TryGetProperty("nextRunAt", out _));
        using var anybody = second.CreateClient();
        await UntilAsync(async () =>
            (await (await anybody.GetAsync("/health/ready")).Content.ReadAsStringAsync()).Contains("\"scheduler\":\"healthy\"", StringComparison.Ordinal));
    }

    private static async Task<JsonElement> ChasingAsync(HttpClient client) =>
        (await client.ReadAsync("/api/v1/jobs")).EnumerateArray().Single(job => job.Text("name") == ChasingDeadlines.JobName);

    /// <summary>Asks again and again; a schedule that never wakes anything fails after two minutes.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
    }
}
