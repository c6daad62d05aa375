using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.TracingRequests;

/// <summary>What people and programs send by mistake gets an answer that says what to do; what they rightly send comes back unchanged.</summary>
public sealed class BadInputTests(RflApi api) : IClassFixture<RflApi>
{
    [Theory]
    [InlineData(1, "رحیم‌الله", "Persian with a zero-width non-joiner")]
    [InlineData(2, "עֲבְדַלְלָה", "right to left with points")]
    [InlineData(3, "ገብረ፡ማርያም", "Ethiopic")]
    [InlineData(4, "Nguyễn Thị Ánh", "Vietnamese")]
    [InlineData(5, "தமிழ்ச்செல்வி", "Tamil with combining vowels")]
    [InlineData(6, "Rêbwar 👨‍👩‍👧 ‏سۆران‏", "emoji family and direction marks")]
    [InlineData(7, "O’Brien-Ærøskøbing \"de\" <b>", "quotes and angle brackets")]
    public async Task Names_come_back_as_they_were_given(int number, string name, string script)
    {
        var story = new Scenario(api, number);
        await story.OpenAsync(document => document["soughtPersons"]![0]!["details"]!["names"]![0]!["components"]![0]!["text"] = name);
        var read = (await story.ReadAsync()).GetProperty("soughtPersons")[0].GetProperty("details").GetProperty("names")[0].GetProperty("components")[0].Text("text");
        Assert.Equal((script, name.Normalize()), (script, read));
        var listed = await api.Caller(DemoAccounts.Caseworker).ReadAsync("/api/v1/tracing-requests");
        Assert.Contains(
            listed.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == story.Id).GetProperty("soughtPersons").EnumerateArray(),
            written => written.GetString()!.Contains(name.Normalize(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Foreign_and_missing_are_answered_with_the_same_words()
    {
        var story = new Scenario(api, 11);
        await story.OpenAsync();
        var nothing = new Scenario(api, 12);
        var other = api.Caller(DemoAccounts.OtherCaseworker);
        foreach (var (method, below, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null),
            (HttpMethod.Get, "/timeline", null),
            (HttpMethod.Put, $"/leads/{story.Thing(50)}", new ReceiveLeadBody(new(story.SoughtPerson), Provenance.Community, "Seen.")),
            (HttpMethod.Post, "/closure", new CloseCaseBody(ClosureOutcome.FoundByFamily)),
            (HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}/findings/{story.Thing(60)}", Finding(new DateOnly(2026, 11, 20))),
            (HttpMethod.Get, $"/partner-searches/{story.Thing(30)}", null),
        })
        {
            Assert.Equal(await TextAsync(story.Path(below)), await TextAsync(nothing.Path(below)));

            async Task<string> TextAsync(string path)
            {
                using var answer = await other.SendAsync(method, path, body, version: 3);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                return $"{answer.Headers.ETag} {await answer.Content.ReadAsStringAsync()}";
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_named()
    {
        var story = new Scenario(api, 13);
        await story.OpenAsync();
        var draft = new Scenario(api, 14);
        await draft.SubmitAsync(document => document["submit"] = false);
        var version = await story.VersionAsync();
        var unknown = new Domain.Common.PersonId(new Guid("00000000-0000-4000-8000-00000000dead"));
        foreach (var (below, body, status, word) in new (string, object, int, string)[]
        {
            ($"/news/{story.Thing(80)}", new { kind = "noNews", channel = "phone", informedOn = "2026-02-30" }, 400, "informedOn"),
            ($"/news/{story.Thing(80)}", new { kind = "noNews", channel = "phone", informedOn = "2027-11-22" }, 409, "date-in-future"),
            ($"/news/{story.Thing(80)}", new { kind = "noNews", channel = "pigeon", informedOn = "2026-11-20" }, 400, "channel"),
            ($"/news/{story.Thing(80)}", new { kind = "noNews", channel = "phone", informedOn = "2026-11-20", mood = "good" }, 400, "mood"),
            ($"/news/{story.Thing(80)}", new { channel = "phone", informedOn = "2026-11-20" }, 400, "kind"),
            ($"/leads/{story.Thing(50)}", new ReceiveLeadBody(unknown, Provenance.Community, "Seen."), 409, "sought-person-unknown"),
            ($"/leads/{story.Thing(50)}", new { soughtPerson = "not an id", provenance = "community", content = "Seen." }, 400, "soughtPerson"),
            ($"/leads/{story.Thing(50)}", new { soughtPerson = story.SoughtPerson, provenance = "community", content = "a\u0007b" }, 400, "content"),
            ($"/search-actions/{story.Thing(10)}/result", new CarryOutSearchActionBody(new DateOnly(2026, 11, 20), SearchResult.NothingFound, Provenance.OwnStaff, "Asked."), 409, "search-action-unknown"),
            ($"/authority-inquiries/{story.Thing(20)}/answer", new AnswerAuthorityInquiryBody(new DateOnly(2026, 11, 20), InquiryResult.Unknown, "No."), 409, "inquiry-unknown"),
            ($"/sought-persons/{unknown}/findings/{story.Thing(60)}", Finding(new DateOnly(2026, 11, 20)), 409, "sought-person-unknown"),
            ($"/sought-persons/{story.SoughtPerson}/findings/{story.Thing(60)}", Finding(new DateOnly(2030, 1, 1)), 409, "date-in-future"),
            ($"/leads/not-an-id", new { }, 404, "not-found"),
        })
        {
            using var answer = await api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Put, story.Path(below), body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == status && text.Contains(word, StringComparison.Ordinal), $"{below}: {(int)answer.StatusCode} {text}, not {status} {word}");
            Assert.StartsWith("application/problem+json", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(version, await story.VersionAsync());
        using var early = await api.Caller(DemoAccounts.Supervisor).SendAsync(HttpMethod.Post, draft.Path("/acceptance"), version: await draft.VersionAsync());
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using var unseen = await api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Post, story.Path("/closure"), new CloseCaseBody(ClosureOutcome.FoundByFamily));
        Assert.Equal(428, (int)unseen.StatusCode);
    }

    [Fact]
    public async Task Days_before_the_service_could_have_been_are_refused_and_lists_say_what_is_missing()
    {
        var story = new Scenario(api, 15);
        var early = story.Document(document => document["interviewedOn"] = "0001-01-01");
        var registered = new
        {
            source = "safeAndWell",
            registeredOn = "0001-01-01",
            consent = new { form = "oral", language = "ti", givenOn = "2026-11-20" },
            registration = new { person = new { names = new[] { new { components = new[] { new { kind = "given", text = "Tesfay" } } } } } },
        };
        var partners = new
        {
            listId = story.Thing(5),
            source = "shelter",
            organisation = "night-shelter",
            registeredOn = "0001-01-01",
            consent = new { form = "oral", language = "ti", givenOn = "2026-11-20" },
            csv = "name\nTesfay\n",
        };
        var breach = new { awareAt = "2026-11-22T08:00:00Z", natures = Array.Empty<string>(), description = "A list lay on the copier." };
        foreach (var (by, method, path, body, field, code, text) in new (DemoAccount, HttpMethod, string, object, string, string, string)[]
        {
            (DemoAccounts.Volunteer, HttpMethod.Put, story.Path("/interview-document"), early, "interviewedOn", "day-too-early", "Send a day from 1900-01-01 on."),
            (DemoAccounts.Volunteer, HttpMethod.Put, $"/api/v1/registered-persons/{story.Thing(6)}", registered, "registeredOn", "day-too-early", "Send a day from 1900-01-01 on."),
            (DemoAccounts.Caseworker, HttpMethod.Post, "/api/v1/registered-person-lists", partners, "registeredOn", "day-too-early", "Send a day from 1900-01-01 on."),
            (DemoAccounts.DataProtectionOfficer, HttpMethod.Put, $"/api/v1/breaches/{story.Thing(7)}", breach, "natures", "nature-missing", "Name at least one nature."),
            (DemoAccounts.Volunteer, HttpMethod.Put, $"/api/v1/registered-persons/{story.Thing(6)}", With(registered, "organisation", new string('x', 51)), "organisation", "code-malformed",
                "Send a code of at most 50 letters and digits with single separators (- . _ / :), for example prefecture-du-nord. Nothing about a person belongs here."),
        })
        {
            using var answer = await api.Caller(by).SendAsync(method, path, body);
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal((path, 400), (path, (int)answer.StatusCode));
            Assert.Equal((field, code, text), (field, problem.GetProperty("errorCodes").GetProperty(field)[0].GetString(), problem.GetProperty("errors").GetProperty(field)[0].GetString()));
        }

        static JsonNode With(object body, string member, string value)
        {
            var node = JsonSerializer.SerializeToNode(body)!;
            (node[member], node["registeredOn"]) = (value, "2026-11-20");
            return node;
        }
    }

    [Fact]
    public async Task Columns_of_a_list_that_nobody_reads_are_named_with_those_that_somebody_does()
    {
        var list = new
        {
            listId = new Scenario(api, 16).Thing(5),
            source = "shelter",
            organisation = "night-shelter",
            registeredOn = "2026-11-20",
            consent = new { form = "oral", language = "ti", givenOn = "2026-11-20" },
            csv = "number,Name,phone,mother\n1,Tesfay Haile,+33600000900,Letay\n",
        };
        using var answer = await api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Post, "/api/v1/registered-person-lists", list);
        var result = await answer.BodyAsync();
        Assert.Equal(1, result.GetProperty("registered").GetInt32());
        Assert.Equal(["phone", "mother"], result.GetProperty("unknownColumns").EnumerateArray().Select(column => column.GetString()));
        Assert.Contains("mother_name", result.GetProperty("knownColumns").EnumerateArray().Select(column => column.GetString()));
    }

    [Fact]
    public async Task What_is_withheld_is_said_in_words_with_its_reason_and_blames_only_a_field_that_was_sent()
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, 17);
        await story.OpenAsync();
        await api.ExecuteAsync($"insert into data_subject_row (person_id, restricted, on_hold) values ('{story.SoughtPerson}', true, false)");
        foreach (var (path, body, field, language, detail) in new (string, object, string, string, string)[]
        {
            (
                story.Path($"/authority-inquiries/{story.Thing(20)}"),
                new { soughtPerson = story.SoughtPerson, authority = Scenario.Authority, sentOn = "2026-11-22", question = "Is he known to you?" },
                "question", "en", "This may not leave: words about the search (the person restricted the use of the data)."),
            (
                story.Search(story.Thing(30)),
                new { soughtPerson = story.SoughtPerson, society = "DE", fields = new[] { "soughtPersonNames", "soughtPersonParents" } },
                "fields", "fr", "Ceci ne peut pas sortir : noms de la personne recherchée (la personne a limité l’usage de ses données), noms de ses parents (la personne a limité l’usage de ses données)."),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var answer = await api.Caller(DemoAccounts.Caseworker).SendAsync(request);
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal(("fields-withheld", field, detail), (problem.Text("code"), problem.Text("field"), problem.Text("detail")));
        }
    }

    private static JsonNode Finding(DateOnly on) => JsonSerializer.SerializeToNode(
        new { kind = "located", source = "ownSearch", foundOn = on, account = new { account = "Met." } })!;
}
