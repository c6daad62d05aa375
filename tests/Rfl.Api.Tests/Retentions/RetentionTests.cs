using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Jobs;
using Rfl.Api.Policies;
using Rfl.Api.Retentions;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Tests.Retentions;

/// <summary>Years of a simulated clock: what has ended goes when its time is over and somebody agreed, what lives stays, and the figures stay right (handbook §8.6).</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private readonly RflApi api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Ended_requests_go_after_their_time_and_nothing_of_anybody_stays()
    {
        await api.KnowPartnersAsync();
        var (closed, declined, open, reopened) = (new Scenario(api, 1), new Scenario(api, 2), new Scenario(api, 3), new Scenario(api, 4));
        await closed.OpenAsync();
        await closed.AskPartnerAsync(30, "DE");
        await closed.CloseAsync(ClosureOutcome.FoundByFamily);
        await declined.SubmitAsync();
        await declined.DeclineAsync(DeclineReason.Genealogy, "The departmental archives.");
        await open.OpenAsync();
        await reopened.OpenAsync();
        await reopened.CloseAsync(ClosureOutcome.FoundByFamily);
        var figures = await FiguresAsync();

        // Eleven months: nothing is due, and the preview says when.
        api.MoveTo(api.Clock.GetUtcNow().AddMonths(11));
        await RunAsync();
        Assert.Empty(await api.ProposalsAsync());
        Assert.Equal(["closedRequest 0", "declinedRequest 0"], await PreviewAsync(null));
        Assert.Equal(["closedRequest 0", "declinedRequest 1"], await PreviewAsync("2027-12-31"));
        Assert.Equal(["closedRequest 2", "declinedRequest 1"], await PreviewAsync("2028-12-31"));

        // Two years: all that ended is proposed, and waits for the officer.
        api.MoveTo(api.Clock.GetUtcNow().AddMonths(14));
        await RunAsync();
        await RunAsync();
        Assert.Equal(
            [(closed.Id, "closedRequest", "proposed"), (declined.Id, "declinedRequest", "proposed"), (reopened.Id, "closedRequest", "proposed")], await api.ProposalsAsync());
        await api.DecideOnAsync(closed, "approval");
        await api.DecideOnAsync(declined, "postponement", new PostponeRetentionBody(new DateOnly(2029, 6, 1), PostponementReason.LegalClaim));
        await api.DecideOnAsync(reopened, "approval");
        await reopened.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/reopening", new ReopenCaseBody(ReopeningReason.EnquirerAsked));
        await RunAsync();

        Assert.Equal(
            [(closed.Id, "closedRequest", "carriedOut"), (declined.Id, "declinedRequest", "postponed"), (reopened.Id, "closedRequest", "dropped")], await api.ProposalsAsync());
        foreach (var story in new[] { open, declined, reopened })
            (await api.Caller(DemoAccounts.Supervisor).GetAsync(story.Path())).EnsureSuccessStatusCode();
        using (var gone = await api.Caller(DemoAccounts.Supervisor).GetAsync(closed.Path()))
            Assert.Equal(404, (int)gone.StatusCode);
        Assert.Equal((0, 2), (await api.KeysOfAsync(closed), await api.KeysOfAsync(declined)));
        foreach (var table in new[] { "case_row where id", "case_person where case_id", "match_record where record_id", "consent_row where stream_id", "retention_row where record_id", "deadline where stream_id" })
            Assert.Equal((table, 0), (table, await api.CountAsync($"select count(*) from {table} = $1", closed.Id)));

        // The society that was asked finds its search again, and nothing of anybody in it.
        var held = await api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{closed.Thing(30)}");
        Assert.DoesNotContain(closed.SoughtPerson.ToString(), held.ToString(), StringComparison.Ordinal);

        // The postponement ends, and is proposed again; carried out twice is carried out once.
        await RunAsync();
        api.MoveTo(new DateTimeOffset(2029, 6, 2, 9, 0, 0, TimeSpan.Zero));
        await RunAsync();
        Assert.Contains((declined.Id, "declinedRequest", "proposed"), await api.ProposalsAsync());
        Assert.Equal(1, await api.CountAsync("select count(*) from mt_events where stream_id = $1 and type = 'tracing-request-anonymised.v1'", closed.Id));

        // The figures that were reported stay as they were, also when they are computed anew.
        Assert.Equal(figures, await FiguresAsync());
        await AssertRebuildsAlikeAsync();
    }

    [Fact]
    public async Task Whoever_stands_in_another_record_is_not_forgotten_with_the_first()
    {
        var (first, second) = (new Scenario(api, 11), new Scenario(api, 12));
        await first.OpenAsync();
        // The same mother asks again.
        await second.OpenAsync(document =>
        {
            var text = document.ToJsonString().Replace(second.Enquirer.ToString(), first.Enquirer.ToString(), StringComparison.Ordinal);
            var shared = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
            document.Clear();
            foreach (var (member, value) in shared.ToList())
                document[member] = value?.DeepClone();
        });
        await api.Caller(DemoAccounts.Administrator).DoAsync(HttpMethod.Post, "/api/v1/accounts", new
        {
            id = first.Thing(90),
            email = "mother@home.example",
            displayName = "Mother of two",
            language = "fr",
            roles = new[] { "enquirer" },
            tracingRequestId = first.Id,
        });
        await first.CloseAsync(ClosureOutcome.FoundByFamily);
        await api.KeepAsync(new SetRetentionBody(RetentionKind.ClosedRequest, new Period(24, PeriodUnit.Months), Automatic: true));

        api.MoveTo(api.Clock.GetUtcNow().AddMonths(25));
        await RunAsync();

        var gone = Assert.Single((await Officer.ReadAsync("/api/v1/retention/proposals")).GetProperty("items").EnumerateArray());
        Assert.Equal(("carriedOut", 1, 1), (gone.Text("status"), gone.GetProperty("personsErased").GetInt32(), gone.GetProperty("personsKept").GetInt32()));
        Assert.False(gone.TryGetProperty("reference", out _));
        var kept = await api.Caller(DemoAccounts.Supervisor).ReadAsync(second.Path());
        Assert.False(kept.GetProperty("enquirer").GetProperty("isErased").GetBoolean());
        Assert.Equal(1, await api.CountAsync("select count(*) from person_keys where person_id = $1 and erased_at is not null", first.SoughtPerson));
        // The account by which she followed the first goes with it.
        Assert.Equal(0, await api.CountAsync("select count(*) from identity.accounts where id = $1", first.Thing(90)));
    }

    [Fact]
    public async Task The_archive_counts_what_went_and_suppresses_what_could_be_recognised()
    {
        await api.KeepAsync(new SetRetentionBody(RetentionKind.DeclinedRequest, new Period(30, PeriodUnit.Days), Automatic: true));
        for (var number = 21; number <= 26; number++)
        {
            var story = new Scenario(api, number);
            await story.SubmitAsync(number == 26 ? document => document["soughtPersons"]![0]!["details"]!["sex"] = "female" : null);
            await story.DeclineAsync(DeclineReason.PoliceMatter, "The police.");
        }

        api.MoveTo(api.Clock.GetUtcNow().AddDays(31));
        await RunAsync();

        Assert.Equal(["2026 Declined 6"], await ArchiveAsync("ended"));
        // Six less five would tell that there was one woman.
        Assert.Equal(["2026 Female -", "2026 Unknown -"], await ArchiveAsync("sex"));
        Assert.Equal(["2026 TR 6"], await ArchiveAsync("country"));
        await AssertRebuildsAlikeAsync();
    }

    [Fact]
    public async Task A_lapsed_registration_and_rows_that_hold_nobody_go_too()
    {
        var person = Interviews.Person(31, 9);
        await api.Caller(DemoAccounts.Volunteer).DoAsync(HttpMethod.Put, $"/api/v1/registered-persons/{person}", new
        {
            source = "safeAndWell",
            registeredOn = "2026-11-20",
            consent = new { form = "oral", language = "ti", givenOn = "2026-11-20", expiresOn = "2026-12-31" },
            registration = new { person = new { names = new[] { new { components = new[] { new { kind = "given", text = "Tesfay" } } } } } },
        });
        await api.KeepAsync(new SetRetentionBody(RetentionKind.LapsedRegistration, new Period(3, PeriodUnit.Months), Automatic: true));
        await api.RunAsync(CarryingOutRetention.JobName);

        api.MoveTo(new DateTimeOffset(2027, 3, 31, 9, 0, 0, TimeSpan.Zero));
        await RunAsync();
        (await api.Caller(DemoAccounts.Volunteer).GetAsync($"/api/v1/registered-persons/{person}")).EnsureSuccessStatusCode();
        api.MoveTo(new DateTimeOffset(2027, 4, 1, 9, 0, 0, TimeSpan.Zero));
        await RunAsync();

        using var gone = await api.Caller(DemoAccounts.Volunteer).GetAsync($"/api/v1/registered-persons/{person}");
        Assert.Equal(404, (int)gone.StatusCode);
        Assert.Equal(0, await api.CountAsync("select count(*) from match_record where person_id = $1", person));
        await AssertRebuildsAlikeAsync();

        // The log of jobs is kept ninety days unless the policy says otherwise.
        await api.KeepAsync(new SetRetentionBody(RetentionKind.JobRecord, new Period(10, PeriodUnit.Days), Automatic: true));
        await api.RunAsync(ForgettingJobRecords.JobName);
        Assert.Equal(0, await api.CountAsync("select count(*) from job_run where started_at < '2027-03-22'"));
        Assert.Equal(
            (409, "retention-out-of-range"),
            await Officer.SendAsync(HttpMethod.Put, "/api/v1/policy/retention", new SetRetentionBody(RetentionKind.ClosedRequest, new Period(1, PeriodUnit.Hours)), await api.PolicyVersionAsync()).Refusal());
        Assert.Equal(
            (409, "retention-goes-by-itself"),
            await Officer.SendAsync(HttpMethod.Put, "/api/v1/policy/retention", new SetRetentionBody(RetentionKind.JobRecord, new Period(10, PeriodUnit.Days)), await api.PolicyVersionAsync()).Refusal());
    }

    private HttpClient Officer => api.Caller(DemoAccounts.DataProtectionOfficer);

    private Task<JobRun> RunAsync() => api.ForgetAsync();

    private async Task<string[]> PreviewAsync(string? on)
    {
        var preview = await Officer.ReadAsync("/api/v1/retention/preview" + (on is null ? "" : "?on=" + on));
        var kinds = preview.GetProperty("kinds").EnumerateArray().Where(kind => kind.Text("kind") is "closedRequest" or "declinedRequest").ToList();
        Assert.All(kinds, kind => Assert.Equal(kind.GetProperty("due").GetInt64(), kind.GetProperty("records").GetArrayLength()));
        Assert.All(kinds.SelectMany(kind => kind.GetProperty("records").EnumerateArray()), record => Assert.NotEmpty(record.Text("reference")));
        return [.. kinds.Select(kind => $"{kind.Text("kind")} {kind.GetProperty("due").GetInt64()}").Order(StringComparer.Ordinal)];
    }

    private async Task<string[]> ArchiveAsync(string by) =>
        [.. (await Officer.ReadAsync($"/api/v1/figures/archive?from=2026&to=2030&by={by}")).GetProperty("cells").EnumerateArray()
            .Select(cell => $"{cell.GetProperty("year")} {cell.Text("value")} {(cell.TryGetProperty("count", out var count) ? count.ToString() : "-")}")];

    /// <summary>The monthly figures of the time before, computed anew from the feed.</summary>
    private async Task<string> FiguresAsync()
    {
        // A view is made of what lies below every transaction still open on the cluster, other tests' among them.
        for (var tries = 0; tries < 300 && await api.CountAsync("select count(*) from mt_events where transaction_id >= pg_snapshot_xmin(pg_current_snapshot())") > 0; tries++)
            await Task.Delay(100);
        await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync("monthly-figures", null, CancellationToken.None);
        return await api.AskAsync<string>(
            "select coalesce(string_agg(f::text, ' ' order by f::text), '') from monthly_figure f where month < '2026-12-31' and figure <> 'CasesReopened'");
    }

    private async Task AssertRebuildsAlikeAsync()
    {
        foreach (var (view, table) in new[]
        {
            ("case-rows", "case_row"), ("case-rows", "case_person"), ("consents-of-requests", "consent_row"), ("consents-of-registered-persons", "consent_row"),
            ("retention-of-requests", "retention_row"), ("retention-of-registered-persons", "retention_row"), ("retention-proposals", "retention_proposal_row"),
            ("archived-requests", "archived_request"), ("match-records-of-requests", "match_record"), ("match-records-of-registered-persons", "match_record"),
            ("tracing-request-deadlines", "deadline"),
        })
        {
            var rows = await RowsAsync(table);
            Assert.Equal(0, (await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync(view, null, CancellationToken.None)).StreamsFailed);
            Assert.Equal((view, rows), (view, await RowsAsync(table)));
        }
    }

    private Task<string> RowsAsync(string table) => api.AskAsync<string>($"select coalesce(string_agg(r::text, E'\\n' order by r::text), '') from {table} r");
}
