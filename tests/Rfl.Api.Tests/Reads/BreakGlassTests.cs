using Rfl.Api.BreakGlass;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.BreakGlass;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Reads;

/// <summary>Handbook §8.4: access beyond one's cases needs a reason, ends by itself, is told to the supervisors and reviewed.</summary>
public sealed class BreakGlassTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Path = "/api/v1/break-glass";

    [Fact]
    public async Task A_case_of_others_is_open_to_reading_for_some_hours_and_every_read_says_so()
    {
        var story = await OpenCaseAsync(21);
        var id = await BreakAsync(story);
        var other = api.Caller(DemoAccounts.OtherCaseworker);

        using var read = await other.GetAsync(story.Path());
        await read.BodyAsync();
        var row = Assert.Single(await api.ReadRowsAsync(read));
        Assert.Equal(("BreakGlass", id), (Assert.Single(row.Grounds), row.BreakGlass));
        (await other.GetAsync(story.Path("/timeline"))).EnsureSuccessStatusCode();

        // What was consented to and what left, and every list, stay with those whose case it is.
        foreach (var below in new[] { "/consents", "/transfers", $"/partner-searches/{story.Thing(30)}" })
            Assert.Equal((below, 404), (below, await StatusAsync(other, HttpMethod.Get, story.Path(below))));
        Assert.Empty((await other.ReadAsync($"/api/v1/partner-searches?tracingRequestId={story.Id}")).GetProperty("items").EnumerateArray());

        // Reading only, this case only, this viewer only, never the circle.
        Assert.Equal(404, await StatusAsync(other, HttpMethod.Put, story.Path($"/leads/{story.Thing(50)}"), new ReceiveLeadBody(new PersonId(story.SoughtPerson), Provenance.Community, "Seen.")));
        Assert.Equal(403, await StatusAsync(other, HttpMethod.Get, story.Disclosure()));
        var elsewhere = await OpenCaseAsync(22);
        Assert.Equal(404, await StatusAsync(other, HttpMethod.Get, elsewhere.Path()));
        Assert.Equal(404, await StatusAsync(api.Caller(DemoAccounts.FocalPointElsewhere), HttpMethod.Get, story.Path()));

        api.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(404, await StatusAsync(other, HttpMethod.Get, story.Path()));
    }

    [Fact]
    public async Task A_supervisor_reviews_it_from_a_worklist_and_ends_what_was_not_justified()
    {
        var story = await OpenCaseAsync(23);
        var id = await BreakAsync(story);
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        var waiting = (await supervisor.ReadAsync($"{Path}?waiting=true")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == id);
        Assert.Equal(story.Id, waiting.GetProperty("tracingRequestId").GetGuid());
        Assert.Equal("The enquirer stands here and asks.", (await supervisor.ReadAsync($"{Path}/{id}")).Text("explanation"));

        var review = new ReviewBreakGlassBody(BreakGlassJudgement.NotJustified, "Nobody stood there.");
        await supervisor.DoAsync(HttpMethod.Put, $"{Path}/{id}/review", review);
        await supervisor.DoAsync(HttpMethod.Put, $"{Path}/{id}/review", review);
        Assert.Equal(404, await StatusAsync(api.Caller(DemoAccounts.OtherCaseworker), HttpMethod.Get, story.Path()));
        Assert.DoesNotContain(
            (await supervisor.ReadAsync($"{Path}?waiting=true")).GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetGuid() == id);
        Assert.Equal("Nobody stood there.", (await api.Caller(DemoAccounts.OtherCaseworker).ReadAsync($"{Path}/{id}")).Text("note"));
        Assert.Equal(0, await api.CountAsync("select count(*) from mt_events where data::text ilike '%stood there%' or data::text ilike '%stands here%'"));
    }

    [Fact]
    public async Task A_review_that_nobody_makes_is_chased_once_per_deadline_and_shows_on_no_list_of_cases()
    {
        var story = await OpenCaseAsync(24);
        var id = await BreakAsync(story);
        var before = await api.CountAsync("select count(*) from deadline where case_id = $1", story.Id);
        api.Clock.Advance(TimeSpan.FromDays(3));
        await api.RunAsync("chasing-deadlines");
        await api.RunAsync("chasing-deadlines");
        Assert.Equal(1, await api.CountAsync("select count(*) from mt_events where stream_id = $1 and type = 'break-glass-review-overdue.v1'", id));
        Assert.Equal(before, await api.CountAsync("select count(*) from deadline where case_id = $1", story.Id));
    }

    [Fact]
    public async Task What_is_within_reach_or_unknown_or_was_never_submitted_is_not_opened()
    {
        var story = await OpenCaseAsync(25);
        var reference = await ReferenceAsync(story);
        Assert.Equal(409, await StatusAsync(api.Caller(DemoAccounts.Caseworker), HttpMethod.Post, Path, Body(story, reference)));
        Assert.Equal(403, await StatusAsync(api.Caller(DemoAccounts.Volunteer), HttpMethod.Post, Path, Body(story, reference)));
        Assert.Equal(403, await StatusAsync(api.Caller(DemoAccounts.Supervisor), HttpMethod.Post, Path, Body(story, reference)));
        Assert.Equal(400, await StatusAsync(api.Caller(DemoAccounts.OtherCaseworker), HttpMethod.Post, Path, Body(story, "0000-0000-00")));
        var draft = new Scenario(api, 26);
        await draft.SubmitAsync(document => document["submit"] = false);
        Assert.Equal(404, await StatusAsync(api.Caller(DemoAccounts.OtherCaseworker), HttpMethod.Post, Path, Body(draft, await ReferenceAsync(draft))));
    }

    private async Task<Scenario> OpenCaseAsync(int number)
    {
        if (number == 21)
            await api.KnowPartnersAsync();
        var story = new Scenario(api, number);
        await story.OpenAsync();
        if (number == 21)
            await story.AskPartnerAsync(30, "DE");
        return story;
    }

    private async Task<Guid> BreakAsync(Scenario story)
    {
        var body = Body(story, await ReferenceAsync(story));
        for (var times = 0; times < 2; times++)
        {
            using var opened = await api.Caller(DemoAccounts.OtherCaseworker).SendAsync(HttpMethod.Post, Path, body);
            await opened.BodyAsync();
            Assert.Equal(201, (int)opened.StatusCode);
        }

        return body.BreakGlassId;
    }

    private static OpenBreakGlassBody Body(Scenario story, string reference) =>
        new(story.Thing(70), reference, BreakGlassReason.PersonPresent, "The enquirer stands here and asks.");

    private static async Task<string> ReferenceAsync(Scenario story) => (await story.ReadAsync()).Text("reference");

    private static async Task<int> StatusAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var answer = await client.SendAsync(method, path, body);
        return (int)answer.StatusCode;
    }
}
