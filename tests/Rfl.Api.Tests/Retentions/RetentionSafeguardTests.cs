using System.Globalization;
using Rfl.Api.Disclosures;
using Rfl.Api.Policies;
using Rfl.Api.Retentions;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Disclosures;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Retentions;

/// <summary>What keeps a record that is due, what finishes one that was begun, and that the circle's knowledge does neither.</summary>
public sealed class RetentionSafeguardTests : IAsyncLifetime
{
    private readonly RflApi api = new();

    private HttpClient Officer => api.Caller(DemoAccounts.DataProtectionOfficer);

    private string Today => api.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_hold_an_unanswered_request_a_restriction_and_a_longer_policy_keep_a_record_that_is_due()
    {
        var story = new Scenario(api, 41);
        await story.OpenAsync();
        await story.CloseAsync(ClosureOutcome.FoundByFamily);
        var subject = $"/api/v1/data-subjects/{story.Enquirer}";
        await Officer.DoAsync(HttpMethod.Put, $"{subject}/legal-holds/{story.Thing(90)}", new { reason = "courtOrder", explanation = "A judge asked for the file." });
        await api.KeepAsync(new SetRetentionBody(RetentionKind.ClosedRequest, new Period(24, PeriodUnit.Months), Automatic: true));
        api.MoveTo(api.Clock.GetUtcNow().AddMonths(25));
        await api.ForgetAsync();
        Assert.Equal("proposed, kept by legalHold", await StandsAsync());

        await api.KeepAsync(new SetRetentionBody(RetentionKind.ClosedRequest, new Period(36, PeriodUnit.Months), Automatic: true));
        await api.ForgetAsync();
        Assert.Equal("dropped", await StandsAsync());
        await api.KeepAsync(new SetRetentionBody(RetentionKind.ClosedRequest, new Period(24, PeriodUnit.Months), Automatic: true));

        var asked = $"/api/v1/data-subject-requests/{story.Thing(91)}";
        await Officer.DoAsync(HttpMethod.Put, asked, new
        {
            person = story.Enquirer,
            right = "restriction",
            requester = "self",
            receivedOn = Today,
            language = "prs",
            account = new { words = "I go to court and need what you wrote." },
            through = story.Id,
        });
        await Officer.DoAsync(HttpMethod.Post, $"{subject}/legal-holds/{story.Thing(90)}/lifting");
        await api.ForgetAsync();
        Assert.Equal("proposed, kept by dataSubjectRequest", await StandsAsync());

        await Officer.DoAsync(HttpMethod.Put, asked + "/identity", new { proof = "knownToStaff", verifiedOn = Today });
        await Officer.DoAsync(HttpMethod.Put, subject + "/restriction", new { request = story.Thing(91) });
        await api.DecideOnAsync(story, "approval");
        await api.ForgetAsync();
        Assert.Equal("approved, kept by restriction", await StandsAsync());
        Assert.Equal(2, await api.KeysOfAsync(story));

        await Officer.DoAsync(HttpMethod.Post, subject + "/restriction/lifting");
        await api.ForgetAsync();
        Assert.Equal("carriedOut", await StandsAsync());
        Assert.Equal(1, await api.CountAsync("select count(*) from retention_proposal_row where decided_by = $1", DemoAccounts.DataProtectionOfficer.Id));
        Assert.Equal(0, await api.KeysOfAsync(story));

        async Task<string> StandsAsync()
        {
            var proposal = Assert.Single((await Officer.ReadAsync("/api/v1/retention/proposals")).GetProperty("items").EnumerateArray());
            return proposal.Text("status") + (proposal.TryGetProperty("keptBy", out var keptBy) ? $", kept by {keptBy}" : "");
        }
    }

    /// <summary>The service died between the record and its persons' keys, and the officer postponed what the list still showed as approved.</summary>
    [Fact]
    public async Task What_a_crash_left_half_done_is_finished()
    {
        var story = new Scenario(api, 51);
        await story.OpenAsync();
        await story.CloseAsync(ClosureOutcome.FoundByFamily);
        api.MoveTo(api.Clock.GetUtcNow().AddMonths(25));
        await api.ForgetAsync();
        await api.DecideOnAsync(story, "approval");
        await api.ExecuteAsync(
            """
            create function stop() returns trigger language plpgsql as $$ begin raise exception 'stopped here'; end $$;
            create trigger stop before insert on erasure_ledger for each row execute function stop();
            """);
        Assert.Equal(1, (await api.ForgetAsync()).Failed);
        Assert.Equal(2, await api.KeysOfAsync(story));
        await api.DecideOnAsync(story, "postponement", new PostponeRetentionBody(new DateOnly(2031, 1, 1), PostponementReason.LegalClaim));
        await api.ExecuteAsync("drop function stop() cascade");

        await api.ForgetAsync();

        Assert.Equal([(story.Id, "closedRequest", "carriedOut")], await api.ProposalsAsync());
        Assert.Equal(0, await api.KeysOfAsync(story));
    }

    /// <summary>Rule 12: what was found and sealed neither keeps a record, nor hastens its end, nor changes what is counted of it.</summary>
    [Fact]
    public async Task A_sealed_case_goes_like_one_in_which_nobody_was_found()
    {
        var (unresolved, found) = (new Scenario(api, 61), new Scenario(api, 62));
        foreach (var story in new[] { unresolved, found })
            await story.OpenAsync();
        await found.ReportFindingAsync(60);
        await found.VerifyIdentityAsync();
        await found.InformSoughtPersonAsync();
        await found.ChooseAsync(70, DisclosureChoice.Nothing);
        await found.CountersignAsync(70);
        foreach (var story in new[] { unresolved, found })
            await story.CloseAsync(ClosureOutcome.UnableToSearch);
        await api.KeepAsync(new SetRetentionBody(RetentionKind.ClosedRequest, new Period(24, PeriodUnit.Months), Automatic: true));

        api.MoveTo(api.Clock.GetUtcNow().AddMonths(25));
        await api.ForgetAsync();

        string[] members = ["kind", "status", "personsErased", "personsKept"];
        var gone = (await Officer.ReadAsync("/api/v1/retention/proposals")).GetProperty("items").EnumerateArray()
            .Select(proposal => string.Join(' ', members.Select(member => proposal.GetProperty(member)))).ToList();
        Assert.Equal(["closedRequest carriedOut 2 0", "closedRequest carriedOut 2 0"], gone);
        Assert.Equal(1, await api.CountAsync("select count(distinct to_jsonb(a) - 'key') from archived_request a"));
        Assert.Equal((0, 0), (await api.KeysOfAsync(unresolved), await api.KeysOfAsync(found)));
        // The circle's list stands, and tells nothing of whom it was about.
        var officer = api.Caller(DemoAccounts.DisclosureOfficer);
        var row = Assert.Single((await officer.ReadAsync("/api/v1/disclosures")).GetProperty("items").EnumerateArray());
        Assert.Equal((found.Id, false), (row.GetProperty("tracingRequestId").GetGuid(), row.TryGetProperty("status", out _)));
        Assert.Empty((await officer.ReadAsync("/api/v1/disclosures?status=sealed")).GetProperty("items").EnumerateArray());
        var disclosure = await officer.ReadAsync(found.Disclosure());
        Assert.False(disclosure.TryGetProperty("status", out _) || disclosure.TryGetProperty("inForce", out _) || disclosure.GetProperty("choice").TryGetProperty("choice", out _));
        using var again = await officer.SendAsync(HttpMethod.Post, found.Disclosure("/consent-withdrawal"), new WithdrawDisclosureConsentBody(new DateOnly(2026, 11, 20)));
        Assert.Equal("person-erased", System.Text.Json.JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }
}
