using System.Net;
using Npgsql;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Casework;

/// <summary>Many at once: nobody's work is lost, nobody's is done twice, and whoever was too late is told.</summary>
public sealed class RaceTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task Fifty_writers_on_one_case_are_each_done_or_told()
    {
        var story = new Scenario(api, 1);
        await story.OpenAsync();
        var version = await story.VersionAsync();
        var caseworker = api.Caller(DemoAccounts.Caseworker);
        var leads = Enumerable.Range(100, 25).Select(async thing => (Id: story.Thing(thing), Answer: await caseworker.SendAsync(
            HttpMethod.Put, story.Path($"/leads/{story.Thing(thing)}"), new ReceiveLeadBody(new(story.SoughtPerson), Provenance.Community, $"Seen at market {thing}."))));
        var judged = Enumerable.Range(0, 25).Select(async turn => (Turn: turn, Answer: await caseworker.SendAsync(
            HttpMethod.Put, story.Path("/priority"), new AssignPriorityBody(turn % 2 == 0 ? Priority.AtRisk : Priority.Dependent, $"Judgement {turn}."), version)));

        var added = Task.WhenAll(leads.ToList());
        var decided = await Task.WhenAll(judged.ToList());
        var done = (await added).Where(lead => lead.Answer.IsSuccessStatusCode).Select(lead => lead.Id).ToHashSet();

        Assert.All(await added, lead => Assert.Contains(lead.Answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict }));
        Assert.All(decided, turn => Assert.Contains(turn.Answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict }));
        // Deciding what was decided already is no conflict; deciding otherwise on the version that all of them saw is one, for all but the first.
        var changes = await api.CountAsync("select count(*) from mt_events where stream_id = $1 and type = 'priority-assigned.v1' and version > 0", story.Id) - 1;
        Assert.InRange(changes, 0, 1);
        var events = await VersionsAsync(story.Id);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events);
        Assert.Equal(version + done.Count + changes, events.Count);
        var read = await story.ReadAsync();
        Assert.Equal(done.Order(), read.GetProperty("leads").EnumerateArray().Select(lead => lead.GetProperty("id").GetGuid()).Order());
        Assert.Equal(events.Count, await story.VersionAsync());
        Assert.Equal(events.Count, await api.CountAsync("select version from case_row where id = $1", story.Id));
        Assert.NotEmpty(done);
    }

    [Fact]
    public async Task Of_fifty_who_decide_on_what_they_saw_one_is_done_and_the_others_are_stale()
    {
        var story = new Scenario(api, 2);
        await story.OpenAsync();
        var version = await story.VersionAsync();
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(turn => supervisor.SendAsync(
            HttpMethod.Post, story.Path("/moved-deadlines"), Moved(turn), version)).ToList());
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(version + 1, await story.VersionAsync());
    }

    [Fact]
    public async Task A_request_sent_twenty_times_at_once_with_one_key_has_one_effect_and_one_answer()
    {
        var story = new Scenario(api, 3);
        await story.OpenAsync();
        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Post, "/dormancy");
        var version = await story.VersionAsync();
        var supervisor = api.Caller(DemoAccounts.Supervisor);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var answer = await supervisor.SendAsync(
                HttpMethod.Post, story.Path("/dormancy-reviews"), new ReviewDormantCaseBody(new DateOnly(2026, 11, 22), "Nothing new."), version, "review-2026");
            return $"{(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync()}";
        }).ToList());

        Assert.StartsWith("200 ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        Assert.Equal(1, await api.CountAsync("select count(*) from mt_events where stream_id = $1 and type = 'dormant-case-reviewed.v1'", story.Id));
        using var other = await supervisor.SendAsync(
            HttpMethod.Post, story.Path("/dormancy-reviews"), new ReviewDormantCaseBody(new DateOnly(2026, 11, 22), "Something else."), version, "review-2026");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task One_document_sent_twenty_times_at_once_is_one_request()
    {
        var story = new Scenario(api, 4);
        var volunteer = api.Caller(DemoAccounts.Volunteer);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => volunteer.SendAsync(HttpMethod.Put, story.Path("/interview-document"), story.Document())).ToList());
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(1, await api.CountAsync("select count(*) from mt_events where stream_id = $1 and type = 'tracing-interview-started.v1'", story.Id));
        Assert.Equal(2, await api.CountAsync("select count(*) from case_person where case_id = $1", story.Id));
    }

    [Fact]
    public async Task A_reference_number_drawn_twice_is_drawn_again()
    {
        var first = new Scenario(api, 5);
        await first.SubmitAsync();
        // The next two draws give the number that is taken already.
        await api.ExecuteAsync(
            """
            create sequence draws;
            create function draw_again() returns trigger language plpgsql as $$
            begin
                if nextval('draws') <= 2 then new.reference := (select reference from case_row limit 1); end if;
                return new;
            end $$;
            create trigger draw_again before insert on case_row for each row execute function draw_again();
            """);
        try
        {
            var second = new Scenario(api, 6);
            await second.SubmitAsync();
            Assert.Equal(3, await api.CountAsync("select last_value from draws"));
            Assert.NotEqual((await first.ReadAsync()).Text("reference"), (await second.ReadAsync()).Text("reference"));
        }
        finally
        {
            await api.ExecuteAsync("drop trigger draw_again on case_row; drop function draw_again; drop sequence draws");
        }
    }

    private MoveDeadlineBody Moved(int turn) => new(
        new DeadlineKey(DeadlineKind.NewsToEnquirer, "", api.Clock.GetUtcNow(), 1),
        new DateTimeOffset(2027, 1, 15, 9, 0, 0, TimeSpan.Zero).AddDays(turn),
        $"She asked for day {turn}.");

    private async Task<IReadOnlyList<long>> VersionsAsync(Guid stream)
    {
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand("select version from mt_events where stream_id = $1 order by version");
        command.Parameters.AddWithValue(stream);
        var versions = new List<long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            versions.Add(reader.GetInt64(0));
        return versions;
    }
}
