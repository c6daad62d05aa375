using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Api.Http;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.AccessReplies;

/// <summary>A reply to a request for access holds what is the person's own, and nothing of anybody else (handbook §8.3).</summary>
public sealed class AccessReplyTests(RflApi api) : IClassFixture<RflApi>
{
    private HttpClient Privacy => api.Caller(DemoAccounts.DataProtectionOfficer);

    private static void Told(JsonObject document)
    {
        var details = document["enquirer"]!["details"]!;
        // What looks like one of our own codes, or like a place to be filled, is still what they told.
        details["ownAttempts"] = "Written {1}";
        document["securityAssessment"]!["explanation"] = "Her brother-in-law is afraid of her.";
        details["person"] = JsonSerializer.SerializeToNode(
            new PersonDetails([Name("پروین صاحبزاده")], Relatives: [new RelatedPerson(Name("Bahram Zadran"), FamilyRelation.Brother)]), Json.Options);
        details["contacts"] = JsonSerializer.SerializeToNode(
            new[] { new ContactPoint(ContactKind.Phone, "+33600000201"), new ContactPoint(ContactKind.Phone, "+33600000202", Of: "Cousin Laila Zadran") }, Json.Options);
        document["soughtPersons"]![0]!["details"] = JsonSerializer.SerializeToNode(new PersonDetails([Name("Daoud Sahebzada")], Profession: "tailor"), Json.Options);
    }

    private async Task<string> AskAsync(Scenario story, int thing, Guid person, string requester, string language = "prs", bool verified = true, string right = "access")
    {
        var path = $"/api/v1/data-subject-requests/{story.Thing(thing)}";
        await Privacy.DoAsync(HttpMethod.Put, path, new
        {
            person,
            right,
            requester,
            receivedOn = "2026-11-22",
            language,
            account = new { words = "What do you know?" },
            through = story.Id,
        });
        if (verified)
            await Privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        return path;
    }

    private static IEnumerable<(string Field, string Text)> Lines(JsonElement reply) =>
        from section in reply.GetProperty("sections").EnumerateArray()
        from line in section.GetProperty("lines").EnumerateArray()
        select (line.Text("field"), line.Text("text"));

    [Fact]
    public async Task An_enquirers_reply_holds_their_own_words_and_nobody_elses_name()
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync(Told);
        await story.TellAsync(80, NewsKind.NoNews, ContactChannel.Phone);
        var unverified = await AskAsync(story, 95, story.Enquirer, "self", verified: false);
        Assert.Equal((409, "requester-not-verified"), await Privacy.GetAsync(unverified + "/reply").Refusal());
        foreach (var colleague in new[] { DemoAccounts.Supervisor, DemoAccounts.Caseworker, DemoAccounts.OtherDisclosureOfficer })
            using (await api.Caller(colleague).GetAsync($"/api/v1/tracing-requests/{story.Id}")) { }
        var path = await AskAsync(story, 96, story.Enquirer, "self");

        var reply = await Privacy.ReadAsync(path + "/reply");
        var lines = Lines(reply).ToList();
        Assert.Contains(("names", "پروین صاحبزاده"), lines);
        Assert.Contains(("contact", "phone: +33600000201"), lines.Select(line => (line.Field, line.Text.ToLowerInvariant())));
        Assert.Contains(lines, line => line.Field == "told");
        Assert.Contains(("own-attempts", "Written {1}"), lines);
        Assert.Equal(["the caseworker in charge", "supervisors"], lines.Where(line => line.Field == "looked").Select(line => line.Text));
        foreach (var foreign in new[] { "Daoud", "Bahram", "Laila", "+33600000202", "tailor", "brother-in-law", "access:" })
            Assert.DoesNotContain(foreign, reply.GetRawText(), StringComparison.Ordinal);

        await Privacy.DoAsync(HttpMethod.Post, path + "/withdrawal");
        Assert.Equal((409, "data-subject-request-ended"), await Privacy.GetAsync(path + "/reply").Refusal());
        Assert.Equal((409, "data-subject-request-ended"), await Privacy.GetAsync(path + "/reply/document").Refusal());
    }

    [Fact]
    public async Task A_consent_is_told_with_its_channel_its_proof_and_that_somebody_interpreted_who_is_not_named()
    {
        var story = new Scenario(api, 8);
        await story.OpenAsync(document =>
        {
            Told(document);
            var consent = document["consents"]![0]!["consent"]!;
            consent["channel"] = "post";
            consent["evidence"] = "Signed form, folder 12";
            consent["interpreter"] = "Gulalai Safi";
        });

        var reply = await Privacy.ReadAsync(await AskAsync(story, 96, story.Enquirer, "self") + "/reply");
        var lines = Lines(reply).ToList();
        Assert.Contains(("consent-channel", "post"), lines);
        Assert.Contains(("consent-evidence", "Signed form, folder 12"), lines);
        Assert.Contains(lines, line => line.Field == "consent-interpreter" && line.Text.StartsWith("recorded", StringComparison.Ordinal));
        Assert.DoesNotContain("Gulalai", reply.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_corrected_is_shown_as_it_read_before_and_an_account_with_it()
    {
        var story = new Scenario(api, 6, DemoAccounts.EnquirerRequestId);
        await story.OpenAsync(Told);
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, "/enquirer", new RegisterEnquirerBody(
            new PersonId(story.Enquirer), new CountryCode("FR"), false, new EnquirerDetails(new PersonDetails([Name("Parwin Sahebzada")]), "prs", true, "Asked {0}")));

        var lines = Lines(await Privacy.ReadAsync(await AskAsync(story, 96, story.Enquirer, "self") + "/reply")).ToList();
        Assert.Contains(("names", "Parwin Sahebzada"), lines);
        Assert.Contains(("names", "پروین صاحبزاده"), lines);
        Assert.Contains(("account-email", DemoAccounts.Enquirer.Email), lines);
    }

    [Fact]
    public async Task What_was_erased_says_so()
    {
        var story = new Scenario(api, 7);
        // Somebody else than in the other tests: who is like an erased person is taken in no more.
        await story.OpenAsync(document =>
        {
            document["enquirer"]!["details"]!["person"] = JsonSerializer.SerializeToNode(new PersonDetails([Name("Zarghuna Wardak")]), Json.Options);
            document["enquirer"]!["details"]!["contacts"] = new JsonArray();
        });
        var path = await AskAsync(story, 96, story.Enquirer, "self");
        await AskAsync(story, 97, story.Enquirer, "self", right: "erasure");
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subjects/{story.Enquirer}/erasure", new { request = story.Thing(97) });

        var reply = await Privacy.ReadAsync(path + "/reply");
        Assert.Contains(("details", "erased"), Lines(reply));
        Assert.DoesNotContain("Zarghuna", reply.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reply_is_printed_the_same_twice_in_the_persons_language_under_a_name_that_tells_nothing()
    {
        var story = new Scenario(api, 2);
        await story.OpenAsync(Told);
        var path = await AskAsync(story, 96, story.Enquirer, "self", "fr-FR");
        Assert.Equal("Ce qui est conservé à votre sujet", (await Privacy.ReadAsync(path + "/reply")).Text("title"));

        var first = await PrintAsync();
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(first, 0, 5), StringComparison.Ordinal);
        Assert.Equal(first, await PrintAsync());

        async Task<byte[]> PrintAsync()
        {
            using var asking = new HttpRequestMessage(HttpMethod.Get, path + "/reply/document");
            asking.Headers.Accept.ParseAdd("application/pdf");
            using var answer = await Privacy.SendAsync(asking);
            Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("reply.pdf", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
            return await answer.Content.ReadAsByteArrayAsync();
        }
    }

    [Fact]
    public async Task An_enquirer_gets_what_they_told_of_the_sought_person_and_not_what_an_authority_added()
    {
        var story = new Scenario(api, 3);
        await story.OpenAsync(Told);
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails([Name("Daoud Sahebzada")], Profession: "registered as cook"), Provenance.Authority));
        // Whoever corrects a name for the enquirer sends the whole sheet back.
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails([Name("Daud Sahebzada")], Profession: "registered as cook"), Provenance.Enquirer));
        var reply = await Privacy.ReadAsync(await AskAsync(story, 96, story.SoughtPerson, "enquirer") + "/reply");

        Assert.Contains(("names", "Daud Sahebzada"), Lines(reply));
        Assert.DoesNotContain("cook", reply.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_found_person_reads_their_own_decision_inside_the_circle_and_nothing_of_who_seeks_them()
    {
        var (found, unresolved) = (new Scenario(api, 4), new Scenario(api, 5));
        foreach (var story in new[] { found, unresolved })
            await story.OpenAsync(Told);
        await found.ReportFindingAsync(60);
        var officer = api.Caller(DemoAccounts.DisclosureOfficer);
        Assert.Equal((409, "identity-not-verified"), await officer.GetAsync(found.Disclosure("/reply")).Refusal());
        await found.VerifyIdentityAsync();
        await found.InformSoughtPersonAsync();
        await found.ChooseAsync(70, DisclosureChoice.Nothing);
        await found.CountersignAsync(70);

        var reply = await officer.ReadAsync(found.Disclosure("/reply"));
        Assert.Contains(Lines(reply), line => line.Field == "choice");
        Assert.Contains(("whereabouts", "Day centre"), Lines(reply));
        Assert.DoesNotContain("پروین", reply.GetRawText(), StringComparison.Ordinal);
        using var nothing = await officer.GetAsync(unresolved.Disclosure("/reply"));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        using var outside = await Privacy.GetAsync(found.Disclosure("/reply"));
        Assert.Equal(HttpStatusCode.Forbidden, outside.StatusCode);
    }
}
