using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Deadlines;
using Rfl.Api.Policies;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Tests.Policies;

/// <summary>What passed stays as it was when it passed, whatever the policy says later: in the rows, after a rebuild, and in what is shown.</summary>
public sealed class PassedDeadlineTests : IAsyncLifetime
{
    private readonly RflApi api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_policy_leaves_passed_deadlines_alone_and_a_rebuild_does_too(bool anotherLength)
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync();
        api.Clock.Advance(TimeSpan.FromDays(200));
        await api.RunAsync(ChasingDeadlines.JobName);
        Assert.Equal(["1 2027-05-22 passed", "2 2027-11-22 open"], await NewsAsync());

        await SetAsync(anotherLength ? [2, 3] : [2]);
        var second = anotherLength ? "2027-02-22" : "2027-03-22";
        Assert.Equal(["1 2027-05-22 passed", $"2 {second} open"], await NewsAsync());
        await RebuildsToTheSameAsync();

        // Whatever else happens in the case.
        await story.PlanAsync(20);
        Assert.Equal(["1 2027-05-22 passed", $"2 {second} open"], await NewsAsync());
        var shown = (await story.ReadAsync()).GetProperty("deadlines").EnumerateArray().Where(deadline => deadline.GetProperty("key").Text("kind") == "newsToEnquirer");
        Assert.Contains(shown, deadline => deadline.Text("dueAt").StartsWith("2027-05-22", StringComparison.Ordinal));

        // What falls under the new policy keeps the new instant under the next one.
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await api.RunAsync(ChasingDeadlines.JobName);
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await SetAsync([12]);
        Assert.Equal(["1 2027-05-22 passed", $"2 {second} passed"], (await NewsAsync())[..2]);
        await RebuildsToTheSameAsync();
    }

    [Fact]
    public async Task Nor_does_another_priority_move_what_passed()
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync();
        api.Clock.Advance(TimeSpan.FromDays(200));
        await api.RunAsync(ChasingDeadlines.JobName);

        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, "/priority", new AssignPriorityBody(Priority.ChildAlone, "He is nine."));

        Assert.Equal(["1 2027-05-22 passed", "2 2027-05-22 open"], await NewsAsync());
        await RebuildsToTheSameAsync();
    }

    private async Task RebuildsToTheSameAsync()
    {
        const string rows = "select string_agg(d::text, E'\\n' order by d::text) from deadline d";
        var before = await api.AskAsync<string>(rows);
        await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync("tracing-request-deadlines", null, CancellationToken.None);
        Assert.Equal(before, await api.AskAsync<string>(rows));
    }

    /// <summary>News to the enquirer, every so many months.</summary>
    private async Task SetAsync(int[] months)
    {
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        using var read = await supervisor.GetAsync("/api/v1/policy");
        await supervisor.DoAsync(
            HttpMethod.Put,
            "/api/v1/policy/deadline-rules",
            new { kind = "newsToEnquirer", scope = new { }, rule = new { steps = months.Select(count => new { count, unit = "months" }), repeats = true } },
            read.Version());
        await api.RunAsync(ReapplyingPolicy.JobName);
    }

    private async Task<string[]> NewsAsync() => (await api.AskAsync<string>(
        """
        select string_agg(occurrence || ' ' || to_char(due_at at time zone 'UTC', 'YYYY-MM-DD') || case when passed_at is null then ' open' else ' passed' end, '|' order by occurrence)
        from deadline where kind = 'NewsToEnquirer'
        """)).Split('|');
}
