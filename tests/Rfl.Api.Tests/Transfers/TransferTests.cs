using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Api.Deadlines;
using Rfl.Api.Http;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Transfers;

/// <summary>What leaves is entered in the register in its own transaction; what may not be with others any longer comes back (handbook §8.5, rule 15).</summary>
public sealed class TransferTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Every_way_out_is_entered_with_fields_recipient_purpose_and_ground()
    {
        var story = await OpenAsync(200);
        var search = await story.AskPartnerAsync(30, "DE");
        await story.AskAuthorityAsync(20);
        await story.AnswerAsync(DemoAccounts.GermanRedCross, search, 40, PartnerAnswer.AsksForDetails);
        await Caseworker.DoAsync(
            HttpMethod.Put, story.Search(search, $"/responses/{story.Thing(40)}/details"), new ProvideDetailsToPartnerBody("With his cousin."));
        await ReadBySocietyAsync(search);
        await ReadBySocietyAsync(search);
        await story.ReportFindingAsync(60);
        await story.DiscloseAsync(70, DisclosureChoice.Coordinates);
        await story.TellAsync(80, NewsKind.Located, ContactChannel.InPerson);
        await story.TellAsync(81, NewsKind.NoNews, ContactChannel.InPerson);

        var entries = await OfCaseAsync(story);

        Assert.Equal(
            [
                "authorityInquiry prefecture-du-nord post message consent:5",
                "newsToEnquirer enquirer inPerson coordinates foundPersonsChoice",
                "partnerSearch DE interface enquirerName,soughtPersonNames,soughtPersonParents,lossOfContact,message consent:3 read",
                "partnerSearch DE interface message consent:3",
                "partnerSearch DE interface soughtPersonNames,soughtPersonParents,lossOfContact,enquirerName consent:3",
            ],
            entries.Select(entry => Told(entry, story)).Order(StringComparer.Ordinal));
        var sent = entries.Single(entry => Told(entry, story).EndsWith("lossOfContact,enquirerName consent:3", StringComparison.Ordinal));
        Assert.Equal([story.SoughtPerson, story.Enquirer], sent.GetProperty("persons").EnumerateArray().Select(person => person.GetGuid()));
        Assert.Equal(DemoAccounts.Caseworker.Id, sent.GetProperty("by").GetGuid());
    }

    [Fact]
    public async Task The_officer_filters_the_register_and_a_stranger_to_the_case_sees_nothing()
    {
        var story = await OpenAsync(210);
        await story.AskPartnerAsync(30, "DE");
        await story.AskPartnerAsync(31, "ET");
        await story.AskAuthorityAsync(20);

        foreach (var (filter, expected) in new[]
        {
            ("", 3), ("&recipient=et", 1), ("&purpose=authorityInquiry", 1), ($"&personId={story.Enquirer}", 3), ($"&from={Day(1)}", 0), ($"&to={Day(-1)}", 0),
            ($"&from={Day(0)}&to={Day(0)}", 3),
        })
        {
            Assert.Equal((filter, expected), (filter, (await PagesAsync($"/api/v1/transfers?tracingRequestId={story.Id}{filter}")).Count));
        }

        string Day(int later) => DateOnly.FromDateTime(api.Clock.GetUtcNow().AddDays(later).UtcDateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(3, (await PagesAsync($"/api/v1/transfers?tracingRequestId={story.Id}&limit=1")).Count);
        using var foreign = await api.Caller(DemoAccounts.OtherCaseworker).GetAsync(story.Path("/transfers"));
        Assert.Equal(404, (int)foreign.StatusCode);
        using var all = await Caseworker.GetAsync("/api/v1/transfers");
        Assert.Equal(403, (int)all.StatusCode);
    }

    [Fact]
    public async Task What_speaks_of_the_enquirer_is_entered_as_theirs_and_an_inquiry_by_the_way_it_went()
    {
        var story = await OpenAsync(215);
        var search = story.Thing(30);
        await Caseworker.DoAsync(HttpMethod.Put, story.Search(search), new PrepareTransmissionBody(
            new PersonId(story.SoughtPerson), "DE", [TransferField.Relation, TransferField.SoughtPersonNames]));
        using (var read = await Caseworker.GetAsync(story.Search(search)))
            await Caseworker.DoAsync(HttpMethod.Post, story.Search(search, "/transmission"), version: read.Version());
        await story.AnswerAsync(DemoAccounts.GermanRedCross, search, 40, PartnerAnswer.AsksForDetails);
        await Caseworker.DoAsync(
            HttpMethod.Put, story.Search(search, $"/responses/{story.Thing(40)}/details"), new ProvideDetailsToPartnerBody("His mother lives in Lille."));
        foreach (var (thing, channel) in new[] { (20, "email"), (21, (string?)null) })
        {
            await Caseworker.DoAsync(HttpMethod.Put, story.Path($"/authority-inquiries/{story.Thing(thing)}"), new
            {
                soughtPerson = story.SoughtPerson,
                authority = Scenario.Authority,
                sentOn = WorkingCalendar.DayOf(api.Clock.GetUtcNow()),
                question = "Is he known to you?",
                channel,
            });
        }

        var theirs = await PagesAsync($"/api/v1/transfers?personId={story.Enquirer}");

        Assert.Equal(
            [
                "authorityInquiry prefecture-du-nord email message consent:5",
                "authorityInquiry prefecture-du-nord post message consent:5",
                "partnerSearch DE interface message consent:3",
                "partnerSearch DE interface relation,soughtPersonNames consent:3",
            ],
            theirs.Select(entry => Told(entry, story)).Order(StringComparer.Ordinal));

        await story.AskForAccessAsync(90, story.Enquirer, "self");
        var reply = await api.Caller(DemoAccounts.DataProtectionOfficer).ReadAsync($"/api/v1/data-subject-requests/{story.Thing(90)}/reply");
        var today = WorkingCalendar.DayOf(api.Clock.GetUtcNow()).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var sent = reply.GetProperty("sections").EnumerateArray().Single(section => section.Text("kind") == "transfers").GetProperty("lines").EnumerateArray()
            .Select(line => $"{line.Text("field")} {line.Text("text")}");
        Assert.Equal(
            [
                $"sent {today}, to DE: family relation",
                $"sent {today}, to DE: words about the search",
                $"sent {today}, to prefecture-du-nord (e-mail): words about the search",
                $"sent {today}, to prefecture-du-nord (post): words about the search",
            ],
            sent.Order(StringComparer.Ordinal));
        var agreed = reply.GetProperty("sections").EnumerateArray().Single(section => section.Text("kind") == "consents").GetProperty("lines").EnumerateArray()
            .Select(line => line.Text("field")).ToList();
        Assert.Contains("consent-interpreted", agreed);
    }

    [Fact]
    public async Task A_transfer_that_fails_is_not_entered()
    {
        var story = await OpenAsync(220);
        await story.PrepareAsync(30, "DE");
        await WithdrawAsync(story, 3);

        using var read = await Caseworker.GetAsync(story.Search(story.Thing(30)));
        Assert.Equal(
            (409, "transmission-not-prepared"),
            await Caseworker.SendAsync(HttpMethod.Post, story.Search(story.Thing(30), "/transmission"), version: read.Version()).Refusal());
        Assert.Empty(await OfCaseAsync(story));
    }

    /// <summary>Each purpose: what was prepared or sent on the consent comes back in the withdrawal's own transaction, and nothing else does.</summary>
    [Theory]
    [InlineData(230, 3, "DE recalled, ET transmitted, inquiry waiting")]
    [InlineData(231, 4, "DE transmitted, ET recalled, inquiry waiting")]
    [InlineData(232, 5, "DE transmitted, ET transmitted, inquiry recalled")]
    [InlineData(233, 6, "DE recalled, ET recalled, inquiry recalled")]
    [InlineData(234, 7, "DE transmitted, ET transmitted, inquiry waiting")]
    public async Task Withdrawing_a_consent_brings_back_what_rests_on_it(int number, int consent, string expected)
    {
        var story = await OpenAsync(number, document =>
        {
            var consents = document["consents"]!.AsArray();
            consents.Add(JsonSerializer.SerializeToNode(Given(new Scenario(api, number), 6, ConsentPurpose.Registration, null), Json.Options));
            consents.Add(JsonSerializer.SerializeToNode(Given(new Scenario(api, number), 7, ConsentPurpose.TraceTheFacePoster, null), Json.Options));
        });
        await story.AskPartnerAsync(30, "DE");
        await story.AskPartnerAsync(31, "ET");
        await story.AskAuthorityAsync(20);

        await WithdrawAsync(story, consent);

        Assert.Equal(expected, await StandingAsync(story));
        var read = await api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{story.Thing(30)}");
        Assert.Equal(expected.StartsWith("DE transmitted", StringComparison.Ordinal), read.TryGetProperty("sent", out _));
    }

    [Fact]
    public async Task What_was_sent_on_a_later_consent_comes_back_with_that_one()
    {
        var story = await OpenAsync(240, document => Expiring(document, 0, "2026-11-25"));
        await story.PrepareAsync(30, "DE");
        api.MoveTo(api.Clock.GetUtcNow().AddDays(4));
        var renewed = Given(story, 8, ConsentPurpose.TransferToPartner, "DE");
        await Caseworker.DoAsync(HttpMethod.Put, story.Path($"/consents/{renewed.ConsentId}"), renewed.Consent);
        using var read = await Caseworker.GetAsync(story.Search(story.Thing(30)));
        await Caseworker.DoAsync(HttpMethod.Post, story.Search(story.Thing(30), "/transmission"), version: read.Version());

        await WithdrawAsync(story, 8);

        Assert.Equal("recalled", (await Caseworker.ReadAsync(story.Search(story.Thing(30)))).Text("status"));
    }

    [Fact]
    public async Task A_consent_that_runs_out_stops_what_is_pending_and_brings_back_what_was_sent()
    {
        var lastDay = DateOnly.FromDateTime(api.Clock.GetUtcNow().AddDays(3).UtcDateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var story = await OpenAsync(250, document =>
        {
            Expiring(document, 0, lastDay);
            Expiring(document, 2, lastDay);
        });
        await story.AskPartnerAsync(30, "DE");
        await story.AskPartnerAsync(31, "ET");
        await story.AskAuthorityAsync(20);
        var address = $"/api/v1/partner/searches/{story.Thing(30)}";
        Assert.True((await api.Caller(DemoAccounts.GermanRedCross).ReadAsync(address)).TryGetProperty("sent", out _));

        // The moment after the last day nothing is read any more; the next run of the jobs recalls it.
        api.MoveTo(api.Clock.GetUtcNow().AddDays(4));
        Assert.False((await api.Caller(DemoAccounts.GermanRedCross).ReadAsync(address)).TryGetProperty("sent", out _));
        await api.RunAsync(ChasingDeadlines.JobName);

        Assert.Equal("DE recalled, ET transmitted, inquiry recalled", await StandingAsync(story));
        Assert.Contains(await api.PassedAsync(story.Id), passed => passed.StartsWith("ConsentExpiry#1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_whoever_restricted_the_use_of_their_data_nothing_leaves_and_nothing_is_read_any_more()
    {
        var story = await OpenAsync(255);
        await story.AskPartnerAsync(30, "DE");
        await story.PrepareAsync(31, "ET");
        await api.ExecuteAsync($"insert into data_subject_row (person_id, restricted, on_hold) values ('{story.SoughtPerson}', true, false)");

        using var read = await Caseworker.GetAsync(story.Search(story.Thing(31)));
        Assert.Equal(
            (409, "fields-withheld"), await Caseworker.SendAsync(HttpMethod.Post, story.Search(story.Thing(31), "/transmission"), version: read.Version()).Refusal());
        var held = await ReadBySocietyAsync(story.Thing(30));
        Assert.Equal(["enquirer", "ourReference", "soughtPerson"], held.GetProperty("sent").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Empty(held.GetProperty("sent").GetProperty("soughtPerson").GetProperty("details").GetProperty("names").EnumerateArray());
        await api.ExecuteAsync($"delete from data_subject_row where person_id = '{story.SoughtPerson}'");
    }

    [Fact]
    public async Task An_assessment_that_forbids_the_search_recalls_it()
    {
        var story = await OpenAsync(260);
        await story.AskPartnerAsync(30, "DE");
        await story.AskAuthorityAsync(20);

        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, "/security-assessment", new AssessSecurityBody(
            new SecurityAssessment(true, true, [SearchMeans.OwnLists], DoNotSearch: true)));

        Assert.Equal("DE recalled, ET , inquiry recalled", await StandingAsync(story));
    }

    [Fact]
    public async Task A_sender_reads_coordinates_only_as_long_as_the_found_person_allows_it()
    {
        var path = $"/api/v1/partner/tracing-requests/{Interviews.Id(270)}";
        var story = new Scenario(api, 270);
        await api.KnowPartnersAsync();
        var document = story.Document();
        foreach (var member in new[] { "interviewedOn", "interpreterNeeded", "submit", "region" })
            document.Remove(member);
        document["yourReference"] = "DE-77";
        await api.Caller(DemoAccounts.GermanRedCross).DoAsync(HttpMethod.Put, path, document);
        await story.AcceptAsync();
        await story.AssignAsync();
        await story.ReportFindingAsync(60);
        await story.DiscloseAsync(70, DisclosureChoice.Coordinates);
        await story.TellAsync(80, NewsKind.Located, ContactChannel.PartnerSociety);

        var told = Assert.Single((await api.Caller(DemoAccounts.GermanRedCross).ReadAsync(path)).GetProperty("news").EnumerateArray());
        Assert.Equal(("located", "12 rue du Port, Lille"), (told.Text("kind"), told.Text("coordinates")));
        Assert.Contains("answerToSender DE interface coordinates foundPersonsChoice read", (await OfCaseAsync(story)).Select(entry => Told(entry, story)));

        await api.Caller(DemoAccounts.DisclosureOfficer).DoAsync(
            HttpMethod.Post, story.Disclosure("/consent-withdrawal"), new Rfl.Api.Disclosures.WithdrawDisclosureConsentBody(DateOnly.FromDateTime(api.Clock.GetUtcNow().UtcDateTime)));
        Assert.Empty((await api.Caller(DemoAccounts.GermanRedCross).ReadAsync(path)).GetProperty("news").EnumerateArray());
    }

    private HttpClient Caseworker => api.Caller(DemoAccounts.Caseworker);

    private async Task<Scenario> OpenAsync(int number, Action<JsonObject>? change = null)
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, number);
        await story.OpenAsync(change);
        return story;
    }

    private Task<long> WithdrawAsync(Scenario story, int consent) => Caseworker.DoAsync(
        HttpMethod.Post,
        story.Path($"/consents/{story.Thing(consent)}/withdrawal"),
        new WithdrawConsentBody(DateOnly.FromDateTime(api.Clock.GetUtcNow().UtcDateTime)));

    private Task<JsonElement> ReadBySocietyAsync(Guid search) => api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{search}");

    private async Task<List<JsonElement>> OfCaseAsync(Scenario story) =>
        [.. (await Caseworker.ReadAsync(story.Path("/transfers"))).GetProperty("items").EnumerateArray()];

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

    /// <summary>Where the searches by both partners and the inquiry stand.</summary>
    private async Task<string> StandingAsync(Scenario story)
    {
        var searches = (await Caseworker.ReadAsync($"/api/v1/partner-searches?tracingRequestId={story.Id}")).GetProperty("items").EnumerateArray()
            .ToDictionary(search => search.Text("society"), search => search.Text("status"));
        var inquiry = Assert.Single((await Caseworker.ReadAsync(story.Path())).GetProperty("authorityInquiries").EnumerateArray());
        return $"DE {searches.GetValueOrDefault("DE")}, ET {searches.GetValueOrDefault("ET")}, inquiry {(inquiry.TryGetProperty("recalled", out _) ? "recalled" : "waiting")}";
    }

    private static void Expiring(JsonObject document, int consent, string lastDay) => document["consents"]![consent]!["consent"]!["expiresOn"] = lastDay;

    private static InterviewedConsent Given(Scenario story, int thing, ConsentPurpose purpose, string? recipient) => new(
        story.Thing(thing), new GiveConsentBody(new PersonId(story.Enquirer), purpose, ConsentForm.Written, "prs", true, new DateOnly(2026, 11, 17), recipient));

    private static string Told(JsonElement entry, Scenario story) => string.Join(' ', new[]
    {
        entry.Text("purpose"),
        entry.Text("recipient"),
        entry.Text("channel"),
        string.Join(',', entry.GetProperty("fields").EnumerateArray().Select(field => field.GetString())),
        string.Join(',', entry.GetProperty("grounds").EnumerateArray().Select(ground =>
            ground.Text("kind") + (ground.TryGetProperty("id", out var id) ? ":" + Enumerable.Range(1, 90).First(thing => story.Thing(thing) == id.GetGuid()) : ""))),
        entry.GetProperty("reading").GetBoolean() ? "read" : "",
    }.Where(part => part.Length > 0));
}
