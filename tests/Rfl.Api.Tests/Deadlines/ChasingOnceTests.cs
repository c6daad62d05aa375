using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.Deadlines;
using Rfl.Api.Jobs;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Tests.Deadlines;

/// <summary>Each deadline falls once, whatever crashes or runs twice.</summary>
public sealed class ChasingOnceTests(RflApi api) : IClassFixture<RflApi>
{
    private static readonly TimeSpan sevenDays = TimeSpan.FromDays(7);

    [Fact]
    public async Task Two_nodes_that_chase_at_the_same_moment_pass_each_deadline_once()
    {
        await using var other = api.Start([]);
        var cases = Enumerable.Range(100, 6).ToArray();
        foreach (var number in cases)
            await api.SubmitAsync(number);
        api.Clock.Advance(sevenDays);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => (node % 2 == 0 ? api.Services : other.Services).RunAsync(ChasingDeadlines.JobName)));

        Assert.All(runs, run => Assert.Equal(0, run.Failed));
        foreach (var number in cases)
            Assert.Single(await api.PassedAsync(Interviews.Id(number)));
    }

    [Fact]
    public async Task A_node_that_read_what_is_due_and_comes_late_does_nothing()
    {
        await api.SubmitAsync(200);
        api.Clock.Advance(sevenDays);
        var seen = await api.Services.GetRequiredService<DueDeadlines>().ReadAsync(false, api.Clock.GetUtcNow(), null, CancellationToken.None);
        var due = Assert.Single(seen, deadline => deadline.StreamId == Interviews.Id(200));
        await api.RunAsync(ChasingDeadlines.JobName);

        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Rfl.Api.Pipeline.CurrentViewer>().ActAs(Rfl.Domain.Access.Viewer.System);
        await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new PassTracingRequestDeadline(new TracingRequestId(due.StreamId), due.Key!));

        Assert.Single(await api.PassedAsync(Interviews.Id(200)));
    }

    [Fact]
    public async Task One_that_fails_stops_no_other_and_falls_when_it_can_again()
    {
        await api.SubmitAsync(300);
        await api.SubmitAsync(301);
        api.Clock.Advance(sevenDays);
        var breaking = new BreakingView(Interviews.Id(300));
        await using var node = api.Start([]).WithWebHostBuilder(host =>
            host.ConfigureTestServices(services => services.AddSingleton<IInlineView>(breaking)));

        var run = await node.Services.RunAsync(ChasingDeadlines.JobName);
        Assert.Equal((1, "IOException"), (run.Failed, run.Error));
        Assert.Empty(await api.PassedAsync(Interviews.Id(300)));
        Assert.Single(await api.PassedAsync(Interviews.Id(301)));

        breaking.Breaks = false;
        Assert.Equal(0, (await node.Services.RunAsync(ChasingDeadlines.JobName)).Due);
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        var again = await node.Services.RunAsync(ChasingDeadlines.JobName);
        Assert.Equal((1, 0), (again.Done, again.Failed));
        Assert.Single(await api.PassedAsync(Interviews.Id(300)));
        Assert.Equal(0L, await api.AskAsync<long>("select count(*) from deadline_failure where stream_id = $1", Interviews.Id(300)));
    }

    [Fact]
    public async Task Runs_are_shown_to_those_who_watch_the_service_and_the_circles_to_the_circle()
    {
        await api.AcceptAsync(400);
        using var caseworker = api.As(DemoAccounts.Caseworker);
        await caseworker.DoAsync(
            HttpMethod.Put,
            Interviews.Case(400, $"/sought-persons/{Interviews.Person(400, 2)}/findings/{Interviews.Id(401)}"),
            new { kind = "located", source = "ownSearch", foundOn = "2026-11-22", account = new { account = "Met at the day centre." } });
        await api.RunAsync(ChasingDeadlines.JobName);
        api.Clock.Advance(TimeSpan.FromDays(15));
        using var supervisor = api.As(DemoAccounts.Supervisor);
        using var officer = api.As(DemoAccounts.DisclosureOfficer);

        // Whatever is due in the circle, the other job finds only the news that is due to the enquirer.
        Assert.Equal(
            await api.AskAsync<long>("select count(*) from deadline where stream_type <> 'disclosure' and passed_at is null and due_at <= $1", api.Clock.GetUtcNow()),
            (await api.RunAsync(ChasingDeadlines.JobName)).Due);
        using var hidden = await supervisor.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{ChasingCircleDeadlines.JobName}/runs");
        Assert.Equal(404, (int)hidden.StatusCode);
        using var circle = await officer.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{ChasingCircleDeadlines.JobName}/runs");
        var run = await circle.BodyAsync();
        Assert.Equal((1, 1), (run.GetProperty("due").GetInt32(), run.GetProperty("done").GetInt32()));
        Assert.Equal(DemoAccounts.DisclosureOfficer.Id, run.GetProperty("askedBy").GetGuid());

        string[] NamesOf(System.Text.Json.JsonElement jobs) => [.. jobs.EnumerateArray().Select(job => job.Text("name"))];
        Assert.Equal([ChasingCircleDeadlines.JobName], NamesOf(await officer.ReadAsync("/api/v1/jobs")));
        var shown = await supervisor.ReadAsync("/api/v1/jobs");
        Assert.Contains(ForgettingIdempotencyRecords.JobName, NamesOf(shown));
        Assert.DoesNotContain(ChasingCircleDeadlines.JobName, NamesOf(shown));
        Assert.Contains(shown.EnumerateArray(), job => job.Text("name") == ChasingDeadlines.JobName && job.GetProperty("runs").GetArrayLength() > 0);
        using var refused = await caseworker.GetAsync("/api/v1/jobs");
        Assert.Equal(403, (int)refused.StatusCode);
    }

    /// <summary>A node whose disk gives out while it writes the passing of one case's deadline.</summary>
    private sealed class BreakingView(Guid stream) : IInlineView
    {
        public bool Breaks { get; set; } = true;

        public string StreamType => StreamKinds.TracingRequest.Name;

        public string Name => "breaking";

        public IEnumerable<NpgsqlBatchCommand> Changes(StreamHistory after, IPersonalDataSealer sealer) =>
            Breaks && after.Id == stream ? throw new IOException("Disk full.") : [];
    }
}
