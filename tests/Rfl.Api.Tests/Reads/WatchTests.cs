using System.Text.Json;
using Rfl.Api.Policies;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Api.Watch;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Watch;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Reads;

/// <summary>What the data-protection officer is told of by itself: too many persons, too many refusals, a look at a watched case, a partner that tries out names.</summary>
public sealed class WatchTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Unusual_reading_raises_each_alarm_once_and_is_handled()
    {
        var privacy = api.Caller(DemoAccounts.DataProtectionOfficer);
        using (var policy = await privacy.GetAsync("/api/v1/policy"))
            await privacy.DoAsync(HttpMethod.Put, "/api/v1/policy/watch", new SetWatchBody(new WatchPolicy(8, 4, 1_000, 3)), policy.Version());
        var stories = new List<Scenario>();
        for (var number = 31; number <= 33; number++)
        {
            stories.Add(new Scenario(api, number));
            await stories[^1].OpenAsync();
        }

        await privacy.DoAsync(HttpMethod.Put, $"/api/v1/watched-cases/{stories[0].Id}", new WatchCaseBody(WatchReason.Colleague, DemoAccounts.Volunteer.Id));
        await privacy.DoAsync(HttpMethod.Put, $"/api/v1/watched-cases/{stories[1].Id}", new WatchCaseBody(WatchReason.WellKnown));
        Assert.Equal(2, (await privacy.ReadAsync("/api/v1/watched-cases")).GetProperty("items").GetArrayLength());

        // A next hour, with nothing in it yet.
        api.Clock.Advance(TimeSpan.FromHours(1));
        await ReadAsync(DemoAccounts.FocalPoint, stories);
        await ReadAsync(DemoAccounts.FocalPointElsewhere, stories);
        await ReadAsync(DemoAccounts.Caseworker, stories[..2]);
        // Whoever tries out cases with commands is seen like whoever reads.
        for (var number = 31; number <= 34; number++)
        {
            using var refused = await api.Caller(DemoAccounts.OtherCaseworker).SendAsync(
                HttpMethod.Put,
                Interviews.Case(number, $"/leads/{Interviews.Person(number, 50)}"),
                new ReceiveLeadBody(new PersonId(Interviews.Person(number, 2)), Provenance.Community, "?"));
            Assert.Equal(404, (int)refused.StatusCode);
        }

        // Refused at the door; the case is hers all the same.
        (await api.Caller(DemoAccounts.Caseworker).GetAsync($"/api/v1/partner/tracing-requests/{stories[0].Id}")).Dispose();
        Assert.Equal(
            [
                ("ColleagueRead", DemoAccounts.FocalPoint.Id, 1),
                ("ColleagueRead", DemoAccounts.FocalPointElsewhere.Id, 1),
                ("ColleagueRead", DemoAccounts.OtherCaseworker.Id, 1),
                ("ManyPersonsOpened", DemoAccounts.FocalPoint.Id, 6),
                ("ManyPersonsOpened", DemoAccounts.Caseworker.Id, 4),
                ("ManyRefusals", DemoAccounts.OtherCaseworker.Id, 4),
                ("ManyRefusals", DemoAccounts.FocalPointElsewhere.Id, 3),
                ("WellKnownCaseRead", DemoAccounts.FocalPoint.Id, 1),
                ("WellKnownCaseRead", DemoAccounts.FocalPointElsewhere.Id, 1),
                ("WellKnownCaseRead", DemoAccounts.OtherCaseworker.Id, 1),
            ],
            await FoundAsync());

        // The same again changes nothing: the alarms of this hour stand.
        await ReadAsync(DemoAccounts.FocalPoint, stories);
        Assert.Equal(10, (await FoundAsync()).Count);

        var alarm = (await OpenAsync()).First(item =>
            item.Text("kind") == "colleagueRead" && item.GetProperty("viewer").GetGuid() == DemoAccounts.FocalPoint.Id).GetProperty("id").GetGuid();
        var handling = new HandleAccessAlarmBody(AccessAlarmOutcome.Explained, "She stands in for a colleague.");
        await privacy.DoAsync(HttpMethod.Put, $"/api/v1/access-alarms/{alarm}/handling", handling);
        await privacy.DoAsync(HttpMethod.Put, $"/api/v1/access-alarms/{alarm}/handling", handling);
        Assert.Equal("She stands in for a colleague.", (await privacy.ReadAsync($"/api/v1/access-alarms/{alarm}")).Text("note"));
        Assert.Equal(9, (await FoundAsync()).Count);
        await privacy.DoAsync(HttpMethod.Delete, $"/api/v1/watched-cases/{stories[1].Id}");
        Assert.Equal(1, (await privacy.ReadAsync("/api/v1/watched-cases")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, await api.CountAsync("select count(*) from mt_events where data::text like '%stands in for%'"));
    }

    [Fact]
    public async Task A_partner_that_tries_out_names_is_on_the_same_list()
    {
        await api.ExecuteAsync("insert into enumeration_alarm (society, kind, day, raised_at, queries) values ('ET', 'Flood', date '2026-11-22', timestamptz '2026-11-22 10:00Z', 21)");
        await api.RunAsync("watching-access");
        await api.RunAsync("watching-access");
        var alarm = Assert.Single((await api.Caller(DemoAccounts.DataProtectionOfficer).ReadAsync("/api/v1/access-alarms?kind=blindQueryFlood"))
            .GetProperty("items").EnumerateArray());
        Assert.Equal(("ET", 21), (alarm.Text("society"), alarm.GetProperty("count").GetInt32()));
    }

    private async Task ReadAsync(DemoAccount by, IEnumerable<Scenario> stories)
    {
        foreach (var story in stories)
            (await api.Caller(by).GetAsync(story.Path())).Dispose();
    }

    /// <summary>What the watch finds. It reads below the oldest transaction of the whole cluster, where other tests work: what they hold back comes with a later run.</summary>
    private async Task<List<(string, Guid, int)>> FoundAsync()
    {
        for (var run = 0; run < 50; run++)
        {
            await api.RunAsync("watching-access");
            if (await api.CountAsync("""
                select count(*) from read_log l where (l.feed_epoch, l.transaction_id, l.seq) > (
                    select feed_epoch, transaction_id, last_seq_id from mt_event_progression where name = 'access-watch')
                """) == 0)
                break;
        }

        return [.. (await OpenAsync()).Where(item => item.TryGetProperty("viewer", out var viewer) && viewer.ValueKind == JsonValueKind.String)
            .Select(item => (Capital(item.Text("kind")), item.GetProperty("viewer").GetGuid(), item.GetProperty("count").GetInt32()))
            .Where(item => item.Item2 != DemoAccounts.Supervisor.Id)
            .OrderBy(item => item.Item1, StringComparer.Ordinal).ThenByDescending(item => item.Item3).ThenBy(item => item.Item2)];
    }

    private async Task<List<JsonElement>> OpenAsync() =>
        [.. (await api.Caller(DemoAccounts.DataProtectionOfficer).ReadAsync("/api/v1/access-alarms?open=true")).GetProperty("items").EnumerateArray()];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
