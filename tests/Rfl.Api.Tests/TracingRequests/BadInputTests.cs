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

    private static JsonNode Finding(DateOnly on) => JsonSerializer.SerializeToNode(
        new { kind = "located", source = "ownSearch", foundOn = on, account = new { account = "Met." } })!;
}
