using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.AccessReplies;
using Rfl.Api.Http;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
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

    /// <summary>The document holds what the reply says, line by line.</summary>
    private async Task PrintsAsync(string path, JsonElement reply)
    {
        using var printed = await Privacy.GetAsync(path + "/reply/document");
        Assert.Equal(HttpStatusCode.OK, printed.StatusCode);
        var texts = api.Services.GetRequiredService<Texts>();
        var expected = reply.Deserialize<AccessReply>(Json.Options)! with { MadeAt = api.Clock.GetUtcNow() };
        Assert.Equal(expected.ToPrinted(texts).ToPdf(), await printed.Content.ReadAsByteArrayAsync());
    }

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
        var story = new Scenario(api, 11);
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
    public async Task What_was_sent_of_the_person_is_told_by_society_and_field_and_what_was_sent_of_others_is_not()
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, 8);
        await story.OpenAsync(Told);
        await story.AskPartnerAsync(30, "DE");
        await story.PrepareAsync(31, "ET");
        await api.Caller(DemoAccounts.Caseworker).DoAsync(
            HttpMethod.Post, story.Search(story.Thing(30), "/recall"), new RecallTransmissionBody(RecallReason.ConsentWithdrawn));

        var own = Lines(await Privacy.ReadAsync(await AskAsync(story, 96, story.Enquirer, "self", "en") + "/reply")).ToList();
        Assert.Equal("22 November 2026, to DE: your name", own.Single(line => line.Field == "sent").Text);
        Assert.Equal("22 November 2026: DE", own.Single(line => line.Field == "recalled").Text);

        // Of the person whom they seek it is not told what was sent of the enquirer, or to whom.
        var sought = await Privacy.ReadAsync(await AskAsync(story, 97, story.SoughtPerson, "enquirer", "en") + "/reply");
        Assert.DoesNotContain(Lines(sought), line => line.Field is "sent" or "recalled");
    }

    [Theory]
    [InlineData("enquirer-informed.v1", "")]
    [InlineData("enquirer-registered.v1", "پروین")]
    [InlineData("tracing-interview-started.v1", "پروین")]
    [InlineData("transmitted-to-partner.v1", "")]
    public async Task One_damaged_record_hides_itself_in_the_reply_and_says_so_in_both_forms(string damaged, string missing)
    {
        await api.KnowPartnersAsync();
        var number = 20 + damaged.Length;
        var story = new Scenario(api, number);
        await story.OpenAsync(Told);
        await story.AskPartnerAsync(30, "DE");
        await story.TellAsync(80, NewsKind.NoNews, ContactChannel.Phone);
        var path = await AskAsync(story, 96, story.Enquirer, "self", "en");
        var whole = await Privacy.ReadAsync(path + "/reply");
        Assert.DoesNotContain(Lines(whole), line => line.Field == "unreadable-record");
        await api.ExecuteAsync($"update mt_events set data = '[]' where type = '{damaged}' and stream_id in ('{story.Id}', '{story.Thing(30)}')");

        var reply = await Privacy.ReadAsync(path + "/reply");

        Assert.Single(Lines(reply), line => line.Field == "unreadable-record");
        if (missing.Length > 0)
            Assert.DoesNotContain(missing, reply.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(Lines(reply), line => line.Field == "looked" || line.Field == "recorded");
        Assert.DoesNotContain("Daoud", reply.GetRawText(), StringComparison.Ordinal);
        await PrintsAsync(path, reply);
    }

    [Fact]
    public async Task A_damaged_value_says_that_it_cannot_be_read_and_not_that_it_was_erased()
    {
        var story = new Scenario(api, 9);
        await story.OpenAsync(Told);
        await api.ExecuteAsync($"update mt_events set data = jsonb_set(data, '{{details,sealed}}', '\"AAAA\"') where stream_id = '{story.Id}' and type like 'enquirer-registered%'");
        var path = await AskAsync(story, 96, story.Enquirer, "self", "fr");

        var reply = await Privacy.ReadAsync(path + "/reply");
        Assert.Contains(("details", "illisible pour le moment ; redemandez plus tard"), Lines(reply));
        await PrintsAsync(path, reply);
    }

    [Fact]
    public async Task A_damaged_record_never_lets_what_others_told_into_the_enquirers_reply()
    {
        var story = new Scenario(api, 10);
        await story.OpenAsync(Told);
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails([Name("Daoud Sahebzada")], Profession: "registered as cook"), Provenance.Authority));
        await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails([Name("Daud Sahebzada")], Profession: "registered as cook"), Provenance.Enquirer));
        var path = await AskAsync(story, 96, story.SoughtPerson, "enquirer", "en");
        await api.ExecuteAsync(
            $"""
            update mt_events set data = '[]' where stream_id = '{story.Id}'
                and version = (select min(version) from mt_events where stream_id = '{story.Id}' and type like 'sought-person-details-corrected%')
            """);

        var reply = await Privacy.ReadAsync(path + "/reply");

        Assert.Contains(("names", "Daoud Sahebzada"), Lines(reply));
        Assert.DoesNotContain("cook", reply.GetRawText(), StringComparison.Ordinal);
        Assert.Single(Lines(reply), line => line.Field == "unreadable-record");
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
