using System.Net;
using System.Text.Json.Nodes;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.TracingRequests;

/// <summary>The main job from the interview to its end, over HTTP, as each person of handbook §9 does their part.</summary>
public sealed class WalkTests(RflApi api) : IClassFixture<RflApi>, IAsyncLifetime
{
    public Task InitializeAsync() => api.KnowPartnersAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task From_the_interview_to_contact_restored()
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync();
        Assert.Equal("accepted", (await story.ReadAsync()).Text("stage"));

        var search = await story.AskPartnerAsync(30, "DE");
        Assert.Equal("searching", (await story.ReadAsync()).Text("stage"));
        Assert.Equal("transmitted", await SearchStatusAsync(story, search));
        await story.AcknowledgeAsync(DemoAccounts.GermanRedCross, search);
        Assert.Equal("acknowledged", await SearchStatusAsync(story, search));
        await story.AnswerAsync(DemoAccounts.GermanRedCross, search, 40, PartnerAnswer.AsksForDetails);
        Assert.Equal("detailsAsked", await SearchStatusAsync(story, search));
        await api.Caller(DemoAccounts.Caseworker).DoAsync(
            HttpMethod.Put, story.Search(search, $"/responses/{story.Thing(40)}/details"), new ProvideDetailsToPartnerBody("With his cousin, about twenty."));
        var received = await api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{search}");
        Assert.Equal("With his cousin, about twenty.", received.GetProperty("answers")[0].Text("details"));

        await story.AnswerAsync(DemoAccounts.GermanRedCross, search, 41, PartnerAnswer.Located);
        Assert.Equal("searching", (await story.ReadAsync()).Text("stage"));
        Assert.Equal("news-not-released", await CodeAsync(story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/news/{story.Thing(80)}", story.News(NewsKind.Located))));

        await story.DiscloseAsync(70, DisclosureChoice.Coordinates);
        var located = await story.ReadAsync();
        Assert.Equal("soughtPersonLocated", located.Text("stage"));
        Assert.Equal("12 rue du Port, Lille", located.GetProperty("soughtPersons")[0].GetProperty("released").Text("coordinates"));

        await story.TellAsync(80, NewsKind.Located);
        await story.CloseAsync(ClosureOutcome.ContactRestored);
        var closed = await story.ReadAsync();
        Assert.Equal(("closed", "contactRestored"), (closed.Text("stage"), closed.Text("outcome")));
    }

    [Fact]
    public async Task Who_allows_only_that_they_are_alive_has_no_address_passed_on()
    {
        var story = new Scenario(api, 2);
        await story.OpenAsync();
        await story.ReportFindingAsync(60);
        await story.DiscloseAsync(70, DisclosureChoice.AliveOnly);

        var released = (await story.ReadAsync()).GetProperty("soughtPersons")[0].GetProperty("released");
        Assert.Equal("aliveOnly", released.Text("extent"));
        Assert.False(released.TryGetProperty("coordinates", out _));
        Assert.Equal("news-not-released", await CodeAsync(story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/news/{story.Thing(80)}", story.News(NewsKind.Located))));
        Assert.Equal("outcome-not-supported", await CodeAsync(story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/closure", new CloseCaseBody(ClosureOutcome.ContactRestored))));
        await story.TellAsync(81, NewsKind.AliveOnly, ContactChannel.Phone);
        await story.CloseAsync(ClosureOutcome.AliveNewsOnly);
    }

    [Fact]
    public async Task One_signature_releases_nothing_and_the_same_officer_cannot_give_both()
    {
        var story = new Scenario(api, 3);
        await story.OpenAsync();
        await story.ReportFindingAsync(60);
        await story.VerifyIdentityAsync();
        await story.InformSoughtPersonAsync();
        await story.ChooseAsync(70, DisclosureChoice.Coordinates);

        var officer = api.Caller(DemoAccounts.DisclosureOfficer);
        using var read = await officer.GetAsync(story.Disclosure());
        Assert.Equal(
            "second-officer-needed", await CodeAsync(officer.SendAsync(HttpMethod.Post, story.Disclosure($"/choices/{story.Thing(70)}/countersignature"), version: read.Version())));
        Assert.False((await story.ReadAsync()).GetProperty("soughtPersons")[0].TryGetProperty("released", out _));
    }

    [Fact]
    public async Task A_death_is_signed_off_and_told_in_person_only()
    {
        var story = new Scenario(api, 4);
        await story.OpenAsync();
        await story.ReportFindingAsync(60, kind: FindingKind.Deceased);
        Assert.Equal("accepted", (await story.ReadAsync()).Text("stage"));
        await story.SignOffDeathNewsAsync();

        var read = await story.ReadAsync();
        Assert.Equal("fateEstablished", read.Text("stage"));
        Assert.Equal("Cemetery of the North", read.GetProperty("soughtPersons")[0].GetProperty("released").GetProperty("death").Text("burialPlace"));
        foreach (var channel in new[] { ContactChannel.Phone, ContactChannel.Sms, ContactChannel.Email, ContactChannel.Portal })
        {
            Assert.Equal(
                "death-told-in-person-only",
                await CodeAsync(story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/news/{story.Thing(80)}", story.News(NewsKind.Death, channel))));
        }

        await story.TellAsync(80, NewsKind.Death);
        await story.CloseAsync(ClosureOutcome.Deceased);
    }

    [Fact]
    public async Task A_child_hears_first_accompanied_and_child_protection_agrees()
    {
        var story = new Scenario(api, 5);
        await story.OpenAsync(document => document["soughtPersons"]![0]!["circumstances"] = new JsonObject { ["isMinor"] = true, ["isAlone"] = true });
        Assert.Equal("childAlone", (await story.ReadAsync(DemoAccounts.ChildProtection)).Text("priority"));
        await story.ReportFindingAsync(60);
        await story.VerifyIdentityAsync();
        var officer = api.Caller(DemoAccounts.DisclosureOfficer);
        Assert.Equal("child-not-accompanied", await CodeAsync(officer.SendAsync(
            HttpMethod.Put, story.Disclosure("/information"), new { informedOn = "2026-11-22", language = "prs", throughInterpreter = true })));
        await story.InformSoughtPersonAsync("The home's educator");
        await story.ChooseAsync(70, DisclosureChoice.Coordinates);

        var second = api.Caller(DemoAccounts.OtherDisclosureOfficer);
        using var read = await second.GetAsync(story.Disclosure());
        Assert.Equal("child-protection-approval-missing", await CodeAsync(second.SendAsync(
            HttpMethod.Post, story.Disclosure($"/choices/{story.Thing(70)}/countersignature"), version: read.Version())));
        await story.ApproveForChildAsync(70);
        await story.CountersignAsync(70);
        Assert.Equal("soughtPersonLocated", (await story.ReadAsync()).Text("stage"));
    }

    [Fact]
    public async Task A_declined_request_says_why_and_where_to_go()
    {
        var story = new Scenario(api, 6);
        await story.SubmitAsync();
        var missing = await story.TryAsync(DemoAccounts.Supervisor, HttpMethod.Post, "/declination", new DeclineTracingRequestBody(DeclineReason.Inheritance, ""));
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        await story.DeclineAsync(DeclineReason.Inheritance, "To the notaries' chamber.");
        Assert.Equal("declined", (await story.ReadAsync()).Text("stage"));
        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Post, "/reopening", new ReopenCaseBody(ReopeningReason.Mistake));
        Assert.Equal("submitted", (await story.ReadAsync()).Text("stage"));
    }

    [Fact]
    public async Task Withdrawing_the_request_recalls_every_transmission_with_it()
    {
        var story = new Scenario(api, 7);
        await story.OpenAsync();
        var (german, ethiopian) = (await story.AskPartnerAsync(30, "DE"), await story.AskPartnerAsync(31, "ET"));
        await api.Caller(DemoAccounts.Caseworker).DoAsync(HttpMethod.Post, story.Path("/withdrawal"));

        Assert.Equal("withdrawn", (await story.ReadAsync()).Text("stage"));
        Assert.Equal(("recalled", "recalled"), (await SearchStatusAsync(story, german), await SearchStatusAsync(story, ethiopian)));
        var received = await api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{german}");
        Assert.Equal("recalled", received.Text("status"));
        Assert.False(received.TryGetProperty("sent", out _));
        Assert.Equal(1, await api.CountAsync(
            """
            select count(distinct transaction_id) from mt_events
            where (stream_id = $1 and type = 'tracing-request-withdrawn.v1') or (stream_id in ($2, $3) and type = 'transmission-recalled.v1')
            """,
            story.Id, german, ethiopian));
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Post, "/reopening", new ReopenCaseBody(ReopeningReason.EnquirerAsked));
        Assert.Equal("searching", (await story.ReadAsync()).Text("stage"));
        Assert.Equal("recalled", await SearchStatusAsync(story, german));
    }

    [Fact]
    public async Task Withdrawing_a_consent_recalls_only_what_left_on_it()
    {
        var story = new Scenario(api, 8);
        await story.OpenAsync();
        var (german, ethiopian) = (await story.AskPartnerAsync(30, "DE"), await story.AskPartnerAsync(31, "ET"));
        await api.Caller(DemoAccounts.Caseworker).DoAsync(
            HttpMethod.Post, story.Path($"/consents/{story.Thing(3)}/withdrawal"), new WithdrawConsentBody(new DateOnly(2026, 11, 22)));

        Assert.Equal(("recalled", "transmitted"), (await SearchStatusAsync(story, german), await SearchStatusAsync(story, ethiopian)));
        Assert.Equal("fields-withheld", await CodeAsync(api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Put, story.Search(story.Thing(32)), new PrepareTransmissionBody(
            new(story.SoughtPerson), "DE", [Domain.Policies.TransferField.SoughtPersonNames]))));
    }

    [Fact]
    public async Task The_same_document_twice_is_one_request_and_a_changed_one_is_told_so()
    {
        var story = new Scenario(api, 9);
        await story.SubmitAsync();
        var version = await story.VersionAsync();
        var volunteer = api.Caller(DemoAccounts.Volunteer);
        using var again = await volunteer.SendAsync(HttpMethod.Put, story.Path("/interview-document"), story.Document());
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(version, await story.VersionAsync());

        Assert.Equal("interview-document-changed", await CodeAsync(volunteer.SendAsync(
            HttpMethod.Put, story.Path("/interview-document"), story.Document(document => document["language"] = "ps"))));
        Assert.Equal(version, await story.VersionAsync());
        Assert.Equal(1, await api.CountAsync("select count(*) from case_row where id = $1", story.Id));
    }

    [Fact]
    public async Task A_partners_request_lives_the_same_life_and_the_partner_follows_it()
    {
        var id = Interviews.Id(10);
        var document = new Scenario(api, 10).Document();
        var sent = new JsonObject
        {
            ["yourReference"] = "ET-7",
            ["language"] = "am",
            ["enquirer"] = document["enquirer"]!.DeepClone(),
            ["soughtPersons"] = document["soughtPersons"]!.DeepClone(),
            ["securityAssessment"] = document["securityAssessment"]!.DeepClone(),
        };
        var partner = api.Caller(DemoAccounts.EthiopianRedCross);
        var path = $"/api/v1/partner/tracing-requests/{id}";
        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await partner.SendAsync(HttpMethod.Put, path, sent);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        Assert.Equal("submitted", (await partner.ReadAsync(path)).Text("stage"));
        var story = new Scenario(api, 10);
        await api.Caller(DemoAccounts.Supervisor).DoAsync(HttpMethod.Put, story.Path($"/information-requests/{story.Thing(90)}"), new RequestInformationBody("How old is he?"));
        Assert.Equal("informationRequested", (await partner.ReadAsync(path)).Text("stage"));
        await partner.DoAsync(HttpMethod.Put, $"{path}/information-requests/{story.Thing(90)}/answer", new ProvideInformationBody("About twelve."));
        await story.AcceptAsync();
        await story.AssignAsync();
        await story.ReportFindingAsync(60);
        Assert.Equal("accepted", (await partner.ReadAsync(path)).Text("stage"));
        await story.DiscloseAsync(70, DisclosureChoice.Coordinates);
        await story.TellAsync(80, NewsKind.Located, ContactChannel.PartnerSociety);
        Assert.Equal("12 rue du Port, Lille", (await partner.ReadAsync(path)).GetProperty("news")[0].Text("coordinates"));

        using var foreign = await api.Caller(DemoAccounts.GermanRedCross).GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task A_found_person_who_changes_their_mind_is_obeyed_at_once()
    {
        var story = new Scenario(api, 11);
        await story.OpenAsync();
        await story.ReportFindingAsync(60);
        await story.DiscloseAsync(70, DisclosureChoice.Coordinates);
        await api.Caller(DemoAccounts.DisclosureOfficer).DoAsync(HttpMethod.Post, story.Disclosure("/consent-withdrawal"), new { withdrawnOn = "2026-11-22" });

        var read = await story.ReadAsync();
        Assert.Equal("accepted", read.Text("stage"));
        Assert.False(read.GetProperty("soughtPersons")[0].TryGetProperty("released", out _));
        Assert.Equal("news-not-released", await CodeAsync(story.TryAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/news/{story.Thing(80)}", story.News(NewsKind.AliveOnly))));
    }

    private async Task<string> SearchStatusAsync(Scenario story, Guid search) =>
        (await api.Caller(DemoAccounts.Caseworker).ReadAsync(story.Search(search))).Text("status");

    private static async Task<string> CodeAsync(Task<HttpResponseMessage> sent)
    {
        var (status, code) = await sent.Refusal();
        Assert.Equal(409, status);
        return code;
    }
}
