using Rfl.Api.Policies;
using Rfl.Api.Tests.Http;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Policies;

/// <summary>Supervisors change the policy; open deadlines follow it, passed ones stay.</summary>
public sealed class PolicyTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Rules = "/api/v1/policy/deadline-rules";

    [Fact]
    public async Task Open_deadlines_follow_the_most_particular_rule_that_fits()
    {
        await api.AcceptAsync(1);
        Assert.Equal(["2027-05-22"], await DueAsync(1, "newsToEnquirer"));

        await SetAsync("newsToEnquirer", new { }, true, (2, "months"));
        Assert.Equal(["2027-01-22"], await DueAsync(1, "newsToEnquirer"));
        await SetAsync("newsToEnquirer", new { country = "AF" }, true, (1, "months"));
        Assert.Equal(["2027-01-22"], await DueAsync(1, "newsToEnquirer"));
        await SetAsync("newsToEnquirer", new { country = "TR" }, true, (1, "months"));
        Assert.Equal(["2026-12-22"], await DueAsync(1, "newsToEnquirer"));

        using var supervisor = api.As(DemoAccounts.Supervisor);
        await supervisor.DoAsync(HttpMethod.Delete, $"{Rules}?kind=newsToEnquirer&country=TR", version: await VersionAsync(supervisor));
        await api.RunAsync(ReapplyingPolicy.JobName);
        Assert.Equal(["2027-01-22"], await DueAsync(1, "newsToEnquirer"));

        // Friday 27 November is a working day until it is declared a holiday; the weekend follows.
        Assert.Equal(["2026-11-27"], await DueAsync(1, "newsAfterSignificantEvent"));
        await supervisor.DoAsync(HttpMethod.Put, "/api/v1/policy/holidays/2026", new { days = new[] { "2026-11-27" } }, await VersionAsync(supervisor));
        await api.RunAsync(ReapplyingPolicy.JobName);
        Assert.Equal(["2026-11-30"], await DueAsync(1, "newsAfterSignificantEvent"));
    }

    [Fact]
    public async Task A_reminder_appears_and_disappears_with_its_step()
    {
        await api.AcceptAsync(2, document =>
        {
            var consent = document["consents"]![0]!["consent"]!.AsObject();
            consent["purpose"] = "authorityInquiry";
            consent["recipient"] = "child-welfare-nord";
        });
        using var caseworker = api.As(DemoAccounts.Caseworker);
        await caseworker.DoAsync(
            HttpMethod.Put,
            Interviews.Case(2, $"/authority-inquiries/{Interviews.Id(20)}"),
            new { soughtPerson = Interviews.Person(2, 2), authority = "child-welfare-nord", sentOn = "2026-11-22", question = "Is he in one of your homes?" });
        Assert.Equal(["2026-12-22"], await DueAsync(2, "authorityInquiryUnanswered"));
        await SetAsync("authorityInquiryUnanswered", new { }, false, (-1, "days"), status: 409);
        await SetAsync("authorityInquiryUnanswered", new { urgent = true }, false, (10, "days"));
        Assert.Equal(["2026-12-22"], await DueAsync(2, "authorityInquiryUnanswered"));
        await SetAsync("authorityInquiryUnanswered", new { country = "TR" }, false, (20, "days"));
        Assert.Equal(["2026-12-12"], await DueAsync(2, "authorityInquiryUnanswered"));
        Assert.Equal(0L, await api.AskAsync<long>("select count(*) from view_rebuilds where streams_failed > 0"));
        Assert.Equal(1L, await api.AskAsync<long>("select count(*) from view_rebuilds where view_name = 'tracing-request-deadlines'"));
    }

    [Fact]
    public async Task A_change_names_the_version_it_was_decided_on_and_is_remembered()
    {
        using var supervisor = api.As(DemoAccounts.Supervisor);
        using var caseworker = api.As(DemoAccounts.Caseworker);
        var ages = new { majority = 18, askingAlone = 14 };
        await Expect.ProblemAsync(await caseworker.SendAsync(HttpMethod.Put, "/api/v1/policy/ages", ages, 0), 403, "not-allowed");
        await Expect.ProblemAsync(await supervisor.SendAsync(HttpMethod.Put, "/api/v1/policy/ages", ages), 428, "version-required");
        await Expect.ProblemAsync(await supervisor.SendAsync(HttpMethod.Put, "/api/v1/policy/ages", ages, 999), 412, "version-stale");
        await Expect.ProblemAsync(
            await supervisor.SendAsync(HttpMethod.Put, "/api/v1/policy/country-rules/turkey", new { womenMayNotBeSought = true }, 0), 400, "request-invalid");
        await Expect.ProblemAsync(
            await supervisor.SendAsync(HttpMethod.Delete, $"{Rules}?kind=noLeads", version: await VersionAsync(supervisor)), 409, "general-deadline-rule-needed");

        var version = await supervisor.DoAsync(HttpMethod.Put, "/api/v1/policy/ages", ages, await VersionAsync(supervisor));
        version = await supervisor.DoAsync(HttpMethod.Put, "/api/v1/policy/partner-societies/KE", new { name = "Kenya Red Cross", country = "KE" }, version);
        version = await supervisor.DoAsync(
            HttpMethod.Put, "/api/v1/policy/country-rules/KE", new { forbiddenMeans = new[] { "socialMedia" }, withheldFields = new[] { "soughtPersonHealth" } }, version);

        var policy = await caseworker.ReadAsync("/api/v1/policy");
        Assert.Equal(version, policy.GetProperty("version").GetInt64());
        Assert.Equal(14, policy.GetProperty("ages").GetProperty("askingAlone").GetInt32());
        Assert.Contains(policy.GetProperty("partnerSocieties").EnumerateArray(), society => society.Text("name") == "Kenya Red Cross" && society.Text("country") == "KE");
        var before = await caseworker.ReadAsync($"/api/v1/policy?version={version - 3}");
        Assert.Equal(18, before.GetProperty("ages").GetProperty("askingAlone").GetInt32());
        var changes = (await caseworker.ReadAsync("/api/v1/policy/changes?limit=2")).GetProperty("items");
        Assert.Equal(["KE", "KE"], [changes[0].GetProperty("countryRule").Text("country"), changes[1].GetProperty("partnerSociety").Text("code")]);
        Assert.Equal(DemoAccounts.Supervisor.Id, changes[0].GetProperty("changedBy").GetGuid());
    }

    [Fact]
    public async Task Deadlines_are_gone_over_a_second_time_for_commands_that_were_under_way()
    {
        await api.AcceptAsync(3);
        await SetAsync("noLeads", new { }, false, (20, "months"));
        await using (var late = api.Database.DataSource.CreateCommand(
            "update deadline set due_at = '2026-11-23 09:00Z' where case_id = $1 and kind = 'NoLeads'"))
        {
            late.Parameters.AddWithValue(Interviews.Id(3));
            await late.ExecuteNonQueryAsync();
        }

        await api.RunAsync(ReapplyingPolicy.JobName);
        Assert.Equal(["2026-11-23"], await DueAsync(3, "noLeads"));
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        await api.RunAsync(ReapplyingPolicy.JobName);
        Assert.Equal(["2028-07-22"], await DueAsync(3, "noLeads"));
        Assert.True(await api.AskAsync<bool>("select settled from policy_applied"));
    }

    [Fact]
    public async Task A_rebuild_follows_the_policy_on_a_node_that_decided_nothing_since_it_changed()
    {
        await api.AcceptAsync(4);
        await using var other = api.Start([]);
        using var administrator = api.As(DemoAccounts.Administrator, other.Services);
        await administrator.ReadAsync("/api/v1/views");
        await SetAsync("noLeads", new { }, false, (18, "months"));
        Assert.Equal(["2028-05-22"], await DueAsync(4, "noLeads"));

        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await administrator.DoAsync(HttpMethod.Post, "/api/v1/views/tracing-request-deadlines/rebuild");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await api.AskAsync<bool>("select coalesce(bool_or(finished_at is not null), false) from view_rebuilds where view_name = 'tracing-request-deadlines' and started_at = $1", api.Clock.GetUtcNow()))
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);

        Assert.Equal(["2028-05-22"], await DueAsync(4, "noLeads"));
    }

    private async Task SetAsync(string kind, object scope, bool repeats, (int Count, string Unit) step, int status = 200)
    {
        using var supervisor = api.As(DemoAccounts.Supervisor);
        var body = new { kind, scope, rule = new { steps = new[] { new { count = step.Count, unit = step.Unit } }, repeats } };
        using var answer = await supervisor.SendAsync(HttpMethod.Put, Rules, body, await VersionAsync(supervisor));
        Assert.True(status == (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        await api.RunAsync(ReapplyingPolicy.JobName);
    }

    private static async Task<long> VersionAsync(HttpClient client)
    {
        using var read = await client.GetAsync("/api/v1/policy");
        return read.Version();
    }

    /// <summary>The days on which the case's deadlines of a kind fall, as the worklist shows them.</summary>
    private async Task<string[]> DueAsync(int number, string kind)
    {
        using var caseworker = api.As(DemoAccounts.Caseworker);
        var list = await caseworker.ReadAsync($"/api/v1/deadlines?kind={kind}&mine=true");
        return [.. list.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("tracingRequestId").GetGuid() == Interviews.Id(number))
            .Select(item => item.Text("dueAt")[..10])];
    }
}
