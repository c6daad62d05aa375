using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Domain.People;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Projections;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.DataSubjects;

/// <summary>Whoever is erased is gone from every answer, list and index, and everything else goes on as it was (handbook §8.2).</summary>
public sealed class ErasureTests(RflApi api) : IClassFixture<RflApi>
{
    private HttpClient Privacy => api.Caller(DemoAccounts.DataProtectionOfficer);

    /// <summary>Asked for, by somebody who was verified.</summary>
    private async Task<Guid> AskAsync(int number, Guid person, Guid? through = null)
    {
        var id = Id(6000 + number);
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subject-requests/{id}", new
        {
            person,
            right = "erasure",
            requester = "self",
            receivedOn = "2026-11-22",
            language = "prs",
            account = new { words = "Forget me." },
            through,
        });
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subject-requests/{id}/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        return id;
    }

    /// <summary>Interviews of one day and region are told apart by their people.</summary>
    private static Action<JsonObject> Called(string name, string phone) => document =>
    {
        var details = document["enquirer"]!["details"]!;
        details["person"]!["names"] = JsonSerializer.SerializeToNode(new[] { Name(name) }, Json.Options);
        details["contacts"] = JsonSerializer.SerializeToNode(new[] { new ContactPoint(ContactKind.Phone, phone) }, Json.Options);
    };

    private Task<HttpResponseMessage> EraseAsync(Guid person, Guid request) =>
        Privacy.SendAsync(HttpMethod.Put, $"/api/v1/data-subjects/{person}/erasure", new { request });

    [Fact]
    public async Task A_registered_person_goes_with_their_matches_and_a_hold_stops_it()
    {
        await api.RegisterAsync(1, Registered(Naim()));
        await api.SeekAsync(1, NaimSought());
        await api.Services.GetRequiredService<MatchProposing>().RunAsync(1000, CancellationToken.None);
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        var matches = $"/api/v1/matches?tracingRequestId={Interviews.Id(1)}";
        var match = Assert.Single((await supervisor.ReadAsync(matches)).GetProperty("items").EnumerateArray()).Text("id");
        var asked = await AskAsync(1, Id(1));

        var hold = $"/api/v1/data-subjects/{Id(1)}/legal-holds/{Id(6901)}";
        await Privacy.DoAsync(HttpMethod.Put, hold, new { reason = "courtOrder", explanation = "A judge asked for the file." });
        Assert.Equal((409, "person-on-legal-hold"), await EraseAsync(Id(1), asked).Refusal());
        Assert.Equal("Mohammad Naim Rahimi", await NameAsync());
        await Privacy.DoAsync(HttpMethod.Post, hold + "/lifting");

        await (await EraseAsync(Id(1), asked)).BodyAsync();
        await (await EraseAsync(Id(1), asked)).BodyAsync();
        Assert.Null(await NameAsync());
        var erased = await supervisor.ReadAsync(People.Path(1));
        Assert.Equal((true, false), (erased.GetProperty("isErased").GetBoolean(), erased.GetProperty("isUnreadable").GetBoolean()));
        Assert.Equal("answered", (await Privacy.ReadAsync($"/api/v1/data-subject-requests/{asked}")).Text("status"));
        Assert.Empty((await supervisor.ReadAsync(matches)).GetProperty("items").EnumerateArray());
        using (var gone = await supervisor.GetAsync($"/api/v1/matches/{match}"))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.False((await api.SearchAsync(new { names = new[] { "Mohammad Naim Rahimi" }, roles = new[] { "registered" } })).Has(Id(1)));
        Assert.Equal(0, await api.CountAsync("select count(*) from match_record where person_id = $1", Id(1)));
        Assert.Contains(Id(1), (await Privacy.ReadAsync("/api/v1/erasures")).GetProperty("erasures").EnumerateArray().Select(erased => erased.GetProperty("person").GetGuid()));
        Assert.Contains(api.Services.GetRequiredService<ErasureFile>().Read(), erased => erased.Person.Value == Id(1));

        // Nothing new is kept about them, and the service says why.
        using var focalPoint = api.As(DemoAccounts.FocalPoint);
        Assert.Equal((409, "person-erased"), await focalPoint.SendAsync(HttpMethod.Put, People.Path(1), Registered(Naim()), version: 2).Refusal());

        async Task<string?> NameAsync()
        {
            using var reading = api.As(DemoAccounts.FocalPoint);
            return (await reading.ReadAsync(People.Path(1))).TryGetProperty("registration", out var registration) && registration.ValueKind != JsonValueKind.Null
                ? registration.GetProperty("person").GetProperty("names")[0].GetProperty("components")[0].Text("text")
                : null;
        }
    }

    [Fact]
    public async Task An_enquirers_request_ends_what_was_sent_is_recalled_and_the_sought_person_may_follow()
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, 2);
        await story.OpenAsync(Called("Gulalai Stanekzai", "+33600000102"));
        await story.AskPartnerAsync(30, "DE");
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        var ofSought = Id(6902);
        await api.Caller(DemoAccounts.Administrator).DoAsync(HttpMethod.Post, "/api/v1/accounts", new
        {
            id = Id(6903),
            email = "gulalai@home.example",
            displayName = "Gulalai Stanekzai",
            language = "fr",
            roles = new[] { "enquirer" },
            tracingRequestId = story.Id,
        });
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subject-requests/{ofSought}", new
        {
            person = story.SoughtPerson,
            right = "erasure",
            requester = "enquirer",
            receivedOn = "2026-11-22",
            language = "prs",
            account = new { words = "Forget him too." },
            through = story.Id,
        });
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subject-requests/{ofSought}/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        Assert.Equal((409, "sought-in-open-request"), await EraseAsync(story.SoughtPerson, ofSought).Refusal());
        var timeline = (await supervisor.ReadAsync(story.Path("/timeline"))).GetProperty("entries").GetArrayLength();

        await (await EraseAsync(story.Enquirer, await AskAsync(2, story.Enquirer, story.Id))).BodyAsync();
        var ended = await supervisor.ReadAsync(story.Path());
        Assert.Equal("withdrawn", ended.Text("stage"));
        Assert.Equal(0, await api.CountAsync("select count(*) from identity.accounts where id = $1", Id(6903)));
        Assert.Equal("recalled", (await supervisor.ReadAsync(story.Search(story.Thing(30)))).Text("status"));
        await (await EraseAsync(story.SoughtPerson, ofSought)).BodyAsync();

        Assert.Equal(timeline + 1, (await supervisor.ReadAsync(story.Path("/timeline"))).GetProperty("entries").GetArrayLength());
        Assert.Equal(0, await api.CountAsync("select count(*) from case_person where case_id = $1 and name <> ''", story.Id));
        var before = await RowsAsync();
        foreach (var view in new[] { "case-rows", "match-records-of-requests", "match-records-of-registered-persons", "match-rows", "data-subject-rows", "data-subject-request-rows" })
        {
            var rebuilt = await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync(view, null, CancellationToken.None);
            Assert.Equal((view, 0), (view, rebuilt.StreamsFailed));
        }

        Assert.Equal(before, await RowsAsync());
    }

    private async Task<string[]> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in new[] { "case_row", "case_person", "match_row", "data_subject_row", "data_subject_request_row" })
        {
            await using var command = api.Database.DataSource.CreateCommand($"select '{table}' || t::text from {table} t");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add(reader.GetString(0));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_list_sent_again_does_not_bring_the_person_back_and_says_so_to_nobody_else()
    {
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        Task<JsonElement> SendAsync(int list, string organisation) => RegisterAsync(supervisor, list, organisation);
        var person = (await SendAsync(31, "night-shelter")).GetProperty("rows")[0].GetProperty("id").GetGuid();
        await (await EraseAsync(person, await AskAsync(3, person))).BodyAsync();

        Assert.Equal(("refused", "person-erased"), Row(await SendAsync(31, "night-shelter")));
        Assert.Equal(("refused", "import-suppressed"), Row(await SendAsync(32, "night-shelter")));
        Assert.Equal(("registered", ""), Row(await SendAsync(33, "another-shelter")));

        static (string, string) Row(JsonElement result)
        {
            var row = result.GetProperty("rows")[0];
            return (row.Text("status"), row.TryGetProperty("code", out var code) ? code.GetString() ?? "" : "");
        }
    }

    private static async Task<JsonElement> RegisterAsync(HttpClient client, int list, string organisation)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/registered-person-lists", new
        {
            listId = Id(7000 + list),
            source = "shelter",
            organisation,
            registeredOn = "2026-11-20",
            consent = new { form = "written", language = "fr", givenOn = "2026-11-20", mayBeCompared = true },
            csv = "number,name,father_name,sex,birth\n7,Sohaila Karimzada,Wali Karimzada,F,1990-02-03\n",
        });
        return await answer.BodyAsync();
    }

    [Fact]
    public async Task An_interview_sent_again_does_not_bring_anybody_back_and_a_new_one_is_welcome()
    {
        await api.SubmitAsync(4, Parwin);
        await (await EraseAsync(Interviews.Person(4, 1), await AskAsync(4, Interviews.Person(4, 1), Interviews.Id(4)))).BodyAsync();
        var volunteer = api.Caller(DemoAccounts.Volunteer);

        Assert.Equal((409, "person-erased"), await PutAsync(4, Parwin).Refusal());
        // From a telephone that lost its memory: the same interview under new ids.
        Assert.Equal((409, "import-suppressed"), await PutAsync(41, Parwin).Refusal());
        await (await PutAsync(42, document =>
        {
            Parwin(document);
            document["interviewedOn"] = "2026-11-22";
        })).BodyAsync();

        Task<HttpResponseMessage> PutAsync(int number, Action<JsonObject> change) =>
            volunteer.SendAsync(HttpMethod.Put, Interviews.Case(number, "/interview-document"), api.Document(number, change));

        static void Parwin(JsonObject document) => Called("Parwin Sahebzada", "+33600000104")(document);
    }

    [Fact]
    public async Task A_partners_request_sent_again_is_known_by_its_reference_to_that_partner_alone()
    {
        var german = api.Caller(DemoAccounts.GermanRedCross);
        await (await SendAsync(german, 5)).BodyAsync();
        await (await EraseAsync(Interviews.Person(5, 1), await AskAsync(5, Interviews.Person(5, 1), Interviews.Id(5)))).BodyAsync();

        Assert.Equal((409, "person-erased"), await SendAsync(german, 5).Refusal());
        Assert.Equal((409, "import-suppressed"), await SendAsync(german, 51).Refusal());
        await (await SendAsync(api.Caller(DemoAccounts.EthiopianRedCross), 52)).BodyAsync();

        Task<HttpResponseMessage> SendAsync(HttpClient partner, int number)
        {
            var document = api.Document(number);
            return partner.SendAsync(HttpMethod.Put, $"/api/v1/partner/tracing-requests/{Interviews.Id(number)}", new JsonObject
            {
                ["yourReference"] = "DE-2026-77",
                ["language"] = "prs",
                ["enquirer"] = document["enquirer"]!.DeepClone(),
                ["soughtPersons"] = document["soughtPersons"]!.DeepClone(),
                ["securityAssessment"] = document["securityAssessment"]!.DeepClone(),
            });
        }
    }
}
