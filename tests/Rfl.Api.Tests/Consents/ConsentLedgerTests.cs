using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Disclosures;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Tests.Consents;

/// <summary>The ledger of consents (handbook §3, §8.1): of requests, of registered persons, and, inside the circle, of found persons.</summary>
public sealed class ConsentLedgerTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Evidence = "Form 12, cabinet three";
    private const string Interpreter = "Farida";

    [Fact]
    public async Task A_case_shows_every_consent_with_how_it_was_given_recorded_proven_and_withdrawn()
    {
        var story = await OpenAsync(100);
        await GiveAsync(story, 50, ConsentPurpose.TraceTheFacePoster, null, TransferChannel.Print, new DateOnly(2027, 11, 22));
        await api.Caller(DemoAccounts.Caseworker)
            .DoAsync(HttpMethod.Post, story.Path($"/consents/{story.Thing(3)}/withdrawal"), new WithdrawConsentBody(new DateOnly(2026, 11, 22)));

        var ledger = (await api.Caller(DemoAccounts.Caseworker).ReadAsync(story.Path("/consents"))).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(4, ledger.Count);
        var poster = ledger.Single(consent => consent.GetProperty("id").GetGuid() == story.Thing(50));
        Assert.Equal(("traceTheFacePoster", "print", "written", "prs", "2027-11-22", true), (
            poster.Text("purpose"), poster.Text("channel"), poster.Text("form"), poster.Text("language"), poster.Text("expiresOn"), poster.GetProperty("holds").GetBoolean()));
        Assert.Equal((Evidence, Interpreter), (poster.Text("evidence"), poster.Text("interpreter")));
        Assert.Equal(DemoAccounts.Caseworker.Id, poster.GetProperty("recordedBy").GetGuid());
        var withdrawn = ledger.Single(consent => consent.GetProperty("id").GetGuid() == story.Thing(3));
        Assert.Equal(("2026-11-22", DemoAccounts.Caseworker.Id, false), (
            withdrawn.Text("withdrawnOn"), withdrawn.GetProperty("withdrawnBy").GetGuid(), withdrawn.GetProperty("holds").GetBoolean()));
        Assert.Equal(DemoAccounts.Volunteer.Id, withdrawn.GetProperty("recordedBy").GetGuid());
        using var foreign = await api.Caller(DemoAccounts.OtherCaseworker).GetAsync(story.Path("/consents"));
        Assert.Equal(404, (int)foreign.StatusCode);
    }

    [Fact]
    public async Task The_officer_reads_all_of_them_page_by_page_and_no_evidence()
    {
        var (first, second) = (await OpenAsync(110), await OpenAsync(111));
        await GiveAsync(first, 50, ConsentPurpose.Media, null, null, null);
        await api.Caller(DemoAccounts.Volunteer).DoAsync(HttpMethod.Put, $"/api/v1/registered-persons/{Interviews.Person(110, 9)}", new
        {
            source = "safeAndWell",
            registeredOn = "2026-11-20",
            consent = new { form = "oral", language = "ti", givenOn = "2026-11-20", throughInterpreter = true },
            registration = new { person = new { names = new[] { new { components = new[] { new { kind = "given", text = "Tesfay" } } } } } },
            evidence = "Recording 7",
        });

        var all = await PagesAsync("/api/v1/consents?limit=2");

        Assert.Equal(all.Count, all.Select(consent => (consent.GetProperty("id").GetGuid(), consent.GetProperty("person").GetGuid())).Distinct().Count());
        Assert.All(all, consent => Assert.False(consent.TryGetProperty("evidence", out _)));
        foreach (var story in new[] { first, second })
            Assert.Equal(3, all.Count(consent => consent.GetProperty("person").GetGuid() == story.Enquirer && consent.Text("purpose") != "media"));
        var registered = Assert.Single(all, consent => consent.GetProperty("person").GetGuid() == Interviews.Person(110, 9));
        Assert.Equal(("registration", "oral", true), (registered.Text("purpose"), registered.Text("form"), registered.GetProperty("hasEvidence").GetBoolean()));
        Assert.False(registered.TryGetProperty("tracingRequestId", out _));
        Assert.Equal(
            [first.Thing(50)],
            (await PagesAsync($"/api/v1/consents?purpose=media&personId={first.Enquirer}&holds=true")).Select(consent => consent.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task What_a_found_person_decides_stands_in_the_circles_ledger_and_in_no_other()
    {
        var story = await OpenAsync(120);
        var before = await PagesAsync("/api/v1/consents?limit=100");
        await story.ReportFindingAsync(60);
        await story.VerifyIdentityAsync();
        await story.InformSoughtPersonAsync();
        await story.ChooseAsync(70, DisclosureChoice.AliveOnly);
        await story.ChooseAsync(71, DisclosureChoice.Nothing);
        await story.CountersignAsync(71);

        Assert.Equal(before.Select(consent => consent.GetRawText()), (await PagesAsync("/api/v1/consents?limit=100")).Select(consent => consent.GetRawText()));
        var circle = (await api.Caller(DemoAccounts.DisclosureOfficer).ReadAsync("/api/v1/disclosures/consents")).GetProperty("items").EnumerateArray()
            .Where(choice => choice.GetProperty("tracingRequestId").GetGuid() == story.Id).OrderBy(choice => choice.GetProperty("choiceId").GetGuid()).ToList();
        Assert.Equal(["aliveOnly", "nothing"], circle.Select(choice => choice.Text("choice")));
        Assert.Equal("2026-11-22", circle[0].Text("endedOn"));
        Assert.Equal(("prs", DemoAccounts.OtherDisclosureOfficer.Id), (circle[1].Text("language"), circle[1].GetProperty("countersignedBy").GetGuid()));
        Assert.Equal("Signed form, kept in the safe.", circle[1].Text("evidence"));
        using var outside = await api.Caller(DemoAccounts.DataProtectionOfficer).GetAsync("/api/v1/disclosures/consents");
        Assert.Equal(403, (int)outside.StatusCode);
    }

    [Fact]
    public async Task A_rebuilt_ledger_is_the_same()
    {
        var story = await OpenAsync(130);
        await GiveAsync(story, 50, ConsentPurpose.Media, "radio", TransferChannel.Online, null);
        foreach (var (view, table) in new[]
        {
            ("consents-of-requests", "consent_row"), ("consents-of-registered-persons", "consent_row"), ("disclosure-consents", "disclosure_consent_row"),
        })
        {
            var rows = await RowsAsync(table);
            Assert.Equal(0, (await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync(view, null, CancellationToken.None)).StreamsFailed);
            Assert.Equal(rows, await RowsAsync(table));
        }
    }

    private async Task<string> RowsAsync(string table) =>
        await api.AskAsync<string>($"select coalesce(string_agg(r::text, E'\\n' order by r::text), '') from {table} r");

    private async Task<Scenario> OpenAsync(int number)
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, number);
        await story.OpenAsync();
        return story;
    }

    private Task<long> GiveAsync(Scenario story, int thing, ConsentPurpose purpose, string? recipient, TransferChannel? channel, DateOnly? expires) =>
        api.Caller(DemoAccounts.Caseworker).DoAsync(HttpMethod.Put, story.Path($"/consents/{story.Thing(thing)}"), new GiveConsentBody(
            new PersonId(story.Enquirer), purpose, ConsentForm.Written, "prs", true, new DateOnly(2026, 11, 22), recipient, expires, channel, Evidence, Interpreter));

    private async Task<List<JsonElement>> PagesAsync(string path)
    {
        var all = new List<JsonElement>();
        for (var address = path; ;)
        {
            var page = await api.Caller(DemoAccounts.DataProtectionOfficer).ReadAsync(address);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            if (!page.TryGetProperty("nextCursor", out var next))
                return all;
            address = $"{path}&cursor={next.GetString()}";
        }
    }
}
