using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Deadlines;
using Rfl.Api.Matches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Tests.PersonalData;

/// <summary>A value that no program wrote, in one row of a view or a log: the row is shown as unreadable, everything beside it as ever (ADR 71).</summary>
public sealed class DamagedRowTests : IAsyncLifetime
{
    private readonly RflApi api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Every_list_shows_the_damaged_row_as_unreadable_and_all_others_as_they_are()
    {
        var (damaged, sound) = (new Scenario(api, 1), new Scenario(api, 2));
        await api.KnowPartnersAsync();
        foreach (var story in new[] { damaged, sound })
        {
            await story.OpenAsync();
            await story.AskPartnerAsync(30, "DE");
            await story.ReportFindingAsync(60);
            await story.AskForAccessAsync(90, story.Enquirer, "self");
            await api.Caller(DemoAccounts.DataProtectionOfficer).DoAsync(
                HttpMethod.Put, $"/api/v1/watched-cases/{story.Id}", new { reason = "wellKnown" });
            await api.Caller(DemoAccounts.DataProtectionOfficer).DoAsync(HttpMethod.Put, $"/api/v1/breaches/{story.Thing(40)}", new
            {
                awareAt = "2026-11-22T08:00:00Z",
                natures = new[] { "confidentiality" },
                description = "A list lay on the copier.",
            });
        }

        var alias = api.Services.GetRequiredService<LookupHash>().Cover.Alias(damaged.Id);
        foreach (var (damage, by, path, unread) in new (string, DemoAccount, string, string)[]
        {
            ("case_row set stage = 'Bogus' where id = $case", DemoAccounts.Supervisor, "tracing-requests", "stage"),
            ("case_row set priority = 99 where id = $case", DemoAccounts.Supervisor, "tracing-requests", "priority"),
            ("case_row set stage = '3' where id = $case", DemoAccounts.Caseworker, "deadlines", "stage"),
            ("deadline set kind = kind || '?' where case_id = $case", DemoAccounts.Caseworker, "deadlines", "kind"),
            ("consent_row set purpose = 'Bogus' where stream_id = $case", DemoAccounts.DataProtectionOfficer, "consents", "purpose"),
            ("consent_row set form = 'Bogus', channel = 'Pigeon' where stream_id = $case", DemoAccounts.Supervisor, "tracing-requests/$case/consents", "form"),
            ("transfer_register set recipient_kind = 'Bogus' where case_id = $case", DemoAccounts.DataProtectionOfficer, "transfers", "recipientKind"),
            ("transfer_register set grounds = '{Bogus,Consent:not-an-id}', fields = '{Bogus}' where case_id = $case", DemoAccounts.DataProtectionOfficer, "transfers", ""),
            ("read_log set grounds = array_fill('Bogus'::text, array[cardinality(records)]) where $case = any(records)", DemoAccounts.DataProtectionOfficer, "read-log", ""),
            ("disclosure_row set covered = set_byte(covered, 40, get_byte(covered, 40) # 1) where case_alias = $alias", DemoAccounts.DisclosureOfficer, "disclosures", "status"),
            ("partner_search_row set status = 'Bogus' where case_id = $case", DemoAccounts.Caseworker, "partner-searches", "status"),
            ("data_subject_request_row set status = 'Bogus' where through = $case", DemoAccounts.DataProtectionOfficer, "data-subject-requests", "status"),
            ("watched_case_row set reason = 'Bogus' where case_id = $case", DemoAccounts.Supervisor, "watched-cases", "reason"),
            ("breach_row set natures = '{Bogus}', risk = 'Bogus' where id = $breach", DemoAccounts.DataProtectionOfficer, "breaches", ""),
        })
        {
            await api.ExecuteAsync("update " + damage
                .Replace("$case", $"'{damaged.Id}'", StringComparison.Ordinal).Replace("$alias", $"'{alias}'", StringComparison.Ordinal).Replace("$breach", $"'{damaged.Thing(40)}'", StringComparison.Ordinal));
            var items = (await api.Caller(by).ReadAsync($"/api/v1/{path.Replace("$case", damaged.Id.ToString(), StringComparison.Ordinal)}"))
                .GetProperty("items").EnumerateArray().ToList();
            var unreadable = items.Where(item => item.GetProperty("isUnreadable").GetBoolean()).ToList();
            Assert.True(unreadable.Count > 0, damage);
            if (!path.Contains("$case", StringComparison.Ordinal))
                Assert.True(items.Count > unreadable.Count, damage);
            Assert.All(unreadable, item => Assert.True(unread.Length == 0 || !item.TryGetProperty(unread, out _), damage));
        }

        var dashboard = await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/dashboard");
        Assert.True(dashboard.GetProperty("unreadable").GetInt32() > 0);
        Assert.Equal(1, dashboard.GetProperty("byStage").EnumerateArray().Sum(stage => stage.GetProperty("count").GetInt32()));
        var reference = (await sound.ReadAsync()).Text("reference");
        await api.ExecuteAsync($"update case_row set stage = 'Bogus' where id = '{sound.Id}'");
        Assert.True((await api.Caller(DemoAccounts.Supervisor).ReadAsync($"/api/v1/tracing-requests/by-reference/{reference}")).GetProperty("isUnreadable").GetBoolean());

        // Once each, without the value, and of the circle without the case.
        await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/tracing-requests");
        var told = api.Log.Of("Rfl.Infrastructure.Reads.UnreadableRows").Split('\n');
        Assert.Equal(told.Distinct(), told);
        Assert.Contains(told, line => line.Contains($"priority of row {damaged.Id} in case_row", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("covered of a row in disclosure_row", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("Bogus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deadline_of_an_unknown_kind_fails_by_itself_and_all_others_are_chased()
    {
        await api.SubmitAsync(1);
        await api.SubmitAsync(2);
        api.Clock.Advance(TimeSpan.FromDays(7));
        await api.ExecuteAsync($"update deadline set kind = 'Bogus', due_at = due_at - interval '1 day' where stream_id = '{Interviews.Id(1)}'");

        var run = await api.Services.RunAsync(ChasingDeadlines.JobName);

        Assert.Equal((1, "row-unreadable"), (run.Failed, run.Error));
        Assert.Empty(await api.PassedAsync(Interviews.Id(1)));
        Assert.Single(await api.PassedAsync(Interviews.Id(2)));
        // It waits its turn like any that failed.
        Assert.Equal(0, (await api.Services.RunAsync(ChasingDeadlines.JobName)).Failed);
        Assert.Equal(1, await api.CountAsync("select count(*) from deadline_failure where kind = 'Bogus' and error = 'row-unreadable'"));
    }

    [Fact]
    public async Task A_person_in_an_unknown_part_is_not_compared_and_nobody_waits_for_them()
    {
        await api.RegisterAsync(1, People.Registered(People.Naim()));
        await api.RegisterAsync(2, People.Registered(People.Naim()));
        await api.SeekAsync(1, People.NaimSought());
        await api.ExecuteAsync($"update match_record set role = 'Bogus' where person_id = '{People.Id(1)}'");

        Assert.True(await api.Services.GetRequiredService<MatchProposing>().RunAsync(100, CancellationToken.None) >= 3);

        Assert.Equal(0, await api.CountAsync("select count(*) from match_record where compared_by is null"));
        var found = await api.SearchAsync(new { names = new[] { "Mohammad Naim Rahimi" }, fatherName = "Abdul Rahman", birth = "1998", sex = "male" });
        Assert.True(found.Has(People.Id(2)));
        Assert.False(found.Has(People.Id(1)));
        await api.ExecuteAsync("update match_row set state = 'Bogus'");
        Assert.All(
            (await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/matches")).GetProperty("items").EnumerateArray(),
            match => Assert.True(match.GetProperty("isUnreadable").GetBoolean()));
    }

    [Fact]
    public async Task An_account_or_key_with_an_unknown_role_may_do_what_the_known_ones_allow()
    {
        // The demo's accounts and keys are there once the service has started.
        await api.Caller(DemoAccounts.Administrator).ReadAsync("/api/v1/me");
        await api.ExecuteAsync(
            $"""
            update identity.accounts set roles = roles || '{"{Bogus}"}'::text[] where id = '{DemoAccounts.Supervisor.Id}';
            update identity.api_keys set role = 'Bogus' where id = '{DemoAccounts.GermanRedCross.Id}';
            """);

        Assert.Equal("supervisor", Assert.Single((await api.Caller(DemoAccounts.Supervisor).ReadAsync("/api/v1/me")).GetProperty("roles").EnumerateArray()).GetString());
        using var key = await api.Caller(DemoAccounts.GermanRedCross).GetAsync("/api/v1/partner/searches");
        Assert.Equal(401, (int)key.StatusCode);
        var administrator = api.Caller(DemoAccounts.Administrator);
        Assert.Single(Unreadable(await administrator.ReadAsync("/api/v1/accounts?limit=100")), account => account.GetProperty("id").GetGuid() == DemoAccounts.Supervisor.Id);
        Assert.Single(Unreadable(await administrator.ReadAsync("/api/v1/api-keys?limit=100")), one => one.GetProperty("id").GetGuid() == DemoAccounts.GermanRedCross.Id);

        static IEnumerable<JsonElement> Unreadable(JsonElement list) =>
            list.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("isUnreadable").GetBoolean());
    }
}
