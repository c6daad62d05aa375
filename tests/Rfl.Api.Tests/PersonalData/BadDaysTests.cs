using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Casework;
using Rfl.Api.Matches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Tests.PersonalData;

/// <summary>The key is missing or wrong, or a record is damaged: what can go on goes on, what cannot says so, and nothing is made worse.</summary>
public sealed class BadDaysTests : IAsyncLifetime
{
    private const string Everything =
        """
        select string_agg(line, E'\n' order by line) from (
            select 'key' || k::text as line from person_keys k union all select 'record' || m::text from match_record m
            union all select 'person' || p::text from case_person p union all select 'event' || e.id || e.version from mt_events e) everything
        """;

    private readonly RflApi api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("PersonalData:Key", "ZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4Q=")]
    [InlineData("PersonalData:KeyFile", "/nowhere/personal-data.key")]
    [InlineData("PersonalData:KeyCommand", "exit 1")]
    public async Task With_a_key_wrong_or_missing_the_rest_is_served_nothing_is_lost_and_the_right_key_opens_all_again(string setting, string value)
    {
        await api.AcceptAsync(1);
        await api.AcceptAsync(2);
        var before = await api.AskAsync<string>(Everything);

        await using (var node = api.Start(new() { [setting] = value }))
        {
            using var anybody = node.CreateClient();
            using var health = await anybody.GetAsync("/health/ready");
            var checks = JsonDocument.Parse(await health.Content.ReadAsStringAsync()).RootElement.GetProperty("checks");
            Assert.Equal((503, "unhealthy", "healthy"), ((int)health.StatusCode, checks.Text("personalData"), checks.Text("database")));

            using var supervisor = api.As(DemoAccounts.Supervisor, node.Services);
            await supervisor.ReadAsync("/api/v1/policy");
            await supervisor.ReadAsync("/api/v1/deadlines");
            var first = await supervisor.ReadAsync("/api/v1/tracing-requests?limit=1");
            Assert.False(first.GetProperty("items")[0].TryGetProperty("enquirer", out _));
            var second = await supervisor.ReadAsync($"/api/v1/tracing-requests?limit=1&cursor={Uri.EscapeDataString(first.Text("nextCursor"))}");
            Assert.NotEqual(first.GetProperty("items")[0].Text("id"), second.GetProperty("items")[0].Text("id"));
            var enquirer = (await supervisor.ReadAsync(Interviews.Case(1))).GetProperty("enquirer");
            Assert.Equal((false, true), (enquirer.GetProperty("isErased").GetBoolean(), enquirer.GetProperty("isUnreadable").GetBoolean()));

            using var volunteer = api.As(DemoAccounts.Volunteer, node.Services);
            await RefusedAsync(503, "personal-data-unavailable", volunteer.SendAsync(HttpMethod.Put, Interviews.Case(3, "/interview-document"), api.Document(3)));
            using var read = await supervisor.GetAsync(Interviews.Case(2));
            await RefusedAsync(503, "personal-data-unavailable", supervisor.SendAsync(HttpMethod.Put, Interviews.Case(2, "/priority"), new AssignPriorityBody(Priority.Dependent, "Frail."), read.Version()));
            Assert.Equal(0, await node.Services.GetRequiredService<MatchProposing>().RunAsync(100, CancellationToken.None));
            await node.Services.RunAsync("chasing-deadlines");
        }

        Assert.Equal(before, await api.AskAsync<string>(Everything));
        await using var mended = api.Start([]);
        using var reader = api.As(DemoAccounts.Supervisor, mended.Services);
        Assert.False((await reader.ReadAsync(Interviews.Case(1))).GetProperty("enquirer").GetProperty("isUnreadable").GetBoolean());
        Assert.NotEqual("", (await reader.ReadAsync("/api/v1/tracing-requests?limit=1")).GetProperty("items")[0].Text("enquirer"));
        Assert.True(await mended.Services.GetRequiredService<MatchProposing>().RunAsync(100, CancellationToken.None) > 0);
    }

    [Theory]
    [InlineData("update mt_events set data = '{\"nothing\": 1}' where stream_id = $1 and type like 'security-assessment%'", false)]
    [InlineData("update mt_events set data = '[]' where stream_id = $1 and type like 'case-assigned%'", false)]
    [InlineData("update mt_events set data = jsonb_set(data, '{details,sealed}', '\"AAAA\"') where stream_id = $1 and type like 'enquirer-registered%'", true)]
    public async Task One_damaged_record_hides_neither_its_case_nor_any_other(string damage, bool onlyTheValue)
    {
        await api.AcceptAsync(1);
        await api.AcceptAsync(2);
        await api.ExecuteAsync(damage.Replace("$1", $"'{Interviews.Id(1)}'", StringComparison.Ordinal));
        var caseworker = api.Caller(DemoAccounts.Caseworker);

        var shown = await caseworker.ReadAsync(Interviews.Case(1));
        Assert.Equal(onlyTheValue ? 0 : 1, shown.GetProperty("unreadableRecords").GetArrayLength());
        Assert.Equal(onlyTheValue, shown.GetProperty("enquirer").GetProperty("isUnreadable").GetBoolean());
        Assert.False(shown.GetProperty("enquirer").GetProperty("isErased").GetBoolean());
        var timeline = (await caseworker.ReadAsync(Interviews.Case(1, "/timeline"))).GetProperty("entries").EnumerateArray().Select(entry => entry.Text("text")).ToList();
        Assert.Equal(onlyTheValue ? 0 : 1, timeline.Count(text => text == "Something happened that cannot be shown here."));
        using (var past = await caseworker.GetAsync(Interviews.Case(1, $"?asOf={api.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}")))
            await past.BodyAsync();
        Assert.Equal(2, (await caseworker.ReadAsync("/api/v1/tracing-requests")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await caseworker.ReadAsync(Interviews.Case(2))).GetProperty("unreadableRecords").GetArrayLength());

        // Nobody decides on half a history; whoever does not reach the case still does not.
        if (!onlyTheValue)
        {
            await RefusedAsync(409, "record-unreadable", caseworker.SendAsync(HttpMethod.Post, Interviews.Case(1, "/dormancy"), version: shown.GetProperty("unreadableRecords")[0].GetInt64()));
            using var foreign = await api.Caller(DemoAccounts.OtherCaseworker).GetAsync(Interviews.Case(1));
            Assert.Equal(404, (int)foreign.StatusCode);
        }

        var rows = await api.AskAsync<string>("select string_agg(c::text, '|' order by id) from case_row c");
        var rebuilt = await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync("case-rows", null, CancellationToken.None);
        Assert.Equal((2L, onlyTheValue ? 0L : 1L), (rebuilt.StreamsDone, rebuilt.StreamsFailed));
        Assert.Equal(rows, await api.AskAsync<string>("select string_agg(c::text, '|' order by id) from case_row c"));
        await api.Services.GetRequiredService<FeedRunner>().CatchUpAsync();
        foreach (var projection in api.Services.GetServices<IFeedProjection>())
            await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync(projection.Name, null, CancellationToken.None);
    }

    [Fact]
    public async Task A_case_of_which_nothing_can_be_read_says_so_and_the_list_still_has_it()
    {
        await api.AcceptAsync(1);
        await api.ExecuteAsync("update mt_events set data = '{}' where version = 1");
        var supervisor = api.Caller(DemoAccounts.Supervisor);

        await RefusedAsync(409, "record-unreadable", supervisor.GetAsync(Interviews.Case(1)));
        Assert.Equal(1, (await supervisor.ReadAsync("/api/v1/tracing-requests")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("update mt_events set data = '{}' where stream_id = '{0}' and version = 1")]
    [InlineData("update mt_events set data = '[]' where stream_id = '{0}' and version = 1")]
    public async Task A_damaged_record_of_the_policy_stops_nobody_but_whoever_would_change_it(string damage)
    {
        await api.AcceptAsync(1);
        await SetAgesAsync(14, 0);
        await SetAgesAsync(13, 1);
        await SetAgesAsync(12, 2);
        await api.ExecuteAsync(damage.Replace("{0}", PolicyInForce.StreamId.ToString(), StringComparison.Ordinal));

        // The node that knew the policy, and one that starts on what is left.
        await using (var other = api.Start([]))
        {
            var lead = 50;
            foreach (var services in new[] { api.Services, other.Services })
            {
                using var privacy = api.As(DemoAccounts.DataProtectionOfficer, services);
                var policy = await privacy.ReadAsync("/api/v1/policy");
                Assert.Equal((3, 12), (policy.GetProperty("version").GetInt64(), policy.GetProperty("ages").GetProperty("askingAlone").GetInt32()));
                Assert.Equal(1, Assert.Single(policy.GetProperty("unreadableRecords").EnumerateArray()).GetInt64());
                Assert.Equal(14, (await privacy.ReadAsync("/api/v1/policy?version=1")).GetProperty("ages").GetProperty("askingAlone").GetInt32());
                var changes = (await privacy.ReadAsync("/api/v1/policy/changes")).GetProperty("items").EnumerateArray().ToList();
                Assert.Equal([(3, false), (2, false), (1, true)], changes.Select(change => (change.GetProperty("version").GetInt64(), change.GetProperty("isUnreadable").GetBoolean())));

                using var caseworker = api.As(DemoAccounts.Caseworker, services);
                await caseworker.ReadAsync(Interviews.Case(1));
                await caseworker.DoAsync(
                    HttpMethod.Put, Interviews.Case(1, $"/leads/{Interviews.Person(1, lead++)}"), new ReceiveLeadBody(new(Interviews.Person(1, 2)), Provenance.Community, "Seen."));
                foreach (var job in new[] { "chasing-deadlines", "watching-access", "reapplying-policy" })
                    await services.RunAsync(job);
                using var supervisor = api.As(DemoAccounts.Supervisor, services);
                await RefusedAsync(409, "policy-unreadable", supervisor.SendAsync(HttpMethod.Put, "/api/v1/policy/ages", new { majority = 18, askingAlone = 11 }, 3));
            }

            using var anybody = other.CreateClient();
            Assert.Equal((200, "degraded", "degraded"), await HealthAsync(anybody));
        }

        await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync("policy-copies", null, CancellationToken.None);
        await api.ExecuteAsync("update mt_events e set data = c.data from event_copy c where c.id = e.id");
        Assert.Equal((200, "healthy", "healthy"), await HealthAsync(api.Anybody));
        await SetAgesAsync(11, 3);

        // Both are damaged: nothing is decided on a policy that nobody knows.
        await api.ExecuteAsync($"update mt_events set data = '{{}}' where stream_id = '{PolicyInForce.StreamId}'; update event_copy set data = '{{}}'");
        await using var late = api.Start([]);
        using var stopped = api.As(DemoAccounts.Caseworker, late.Services);
        await RefusedAsync(409, "policy-unreadable", stopped.SendAsync(
            HttpMethod.Put, Interviews.Case(1, $"/leads/{Interviews.Person(1, 60)}"), new ReceiveLeadBody(new(Interviews.Person(1, 2)), Provenance.Community, "Seen.")));
        using var asking = late.CreateClient();
        Assert.Equal((200, "degraded", "degraded"), await HealthAsync(asking));
    }

    [Fact]
    public async Task A_damaged_row_breaks_no_list_no_search_and_no_comparison()
    {
        await api.RegisterAsync(1, People.Registered(People.Naim()));
        await api.RegisterAsync(2, People.Registered(People.Naim()));
        await api.AcceptAsync(1);
        await api.ExecuteAsync(
            $"""
            update match_record set details = set_byte(details, 60, get_byte(details, 60) # 1) where person_id = '{People.Id(1)}';
            update case_person set name = '\x01' where ordinal = 0;
            """);

        var found = await api.SearchAsync(new { names = new[] { "Mohammad Naim Rahimi" }, fatherName = "Abdul Rahman", birth = "1998", sex = "male" });
        Assert.True(found.Has(People.Id(2)));
        Assert.False(found.Has(People.Id(1)));
        var listed = (await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/tracing-requests")).GetProperty("items")[0];
        Assert.False(listed.TryGetProperty("enquirer", out _));
        Assert.True(await api.Services.GetRequiredService<MatchProposing>().RunAsync(100, CancellationToken.None) >= 3);
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from match_record where compared_by is null"));

        await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync("case-rows", null, CancellationToken.None);
        Assert.NotEqual("", (await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/tracing-requests")).GetProperty("items")[0].Text("enquirer"));
    }

    private async Task SetAgesAsync(int askingAlone, long version) => await api.Caller(DemoAccounts.Supervisor)
        .DoAsync(HttpMethod.Put, "/api/v1/policy/ages", new { majority = 18, askingAlone }, version);

    private static async Task<(int, string, string)> HealthAsync(HttpClient client)
    {
        using var health = await client.GetAsync("/health/ready");
        var report = JsonDocument.Parse(await health.Content.ReadAsStringAsync()).RootElement;
        return ((int)health.StatusCode, report.Text("status"), report.GetProperty("checks").Text("policy"));
    }

    private static async Task RefusedAsync(int status, string code, Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, code), ((int)answer.StatusCode, problem.Text("code")));
    }
}
