using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Jobs;
using Rfl.Api.Tests.Support;
using Rfl.Domain.People;
using Rfl.Infrastructure.Identity;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.Matches;

/// <summary>A match is a hypothesis (rule 8): proposed by the service, confirmed by one, reviewed by another, remembered where it is rejected.</summary>
public sealed class MatchTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Matches = "/api/v1/matches";

    private Task<int> CompareAsync() => api.Services.GetRequiredService<MatchProposing>().RunAsync(1000, CancellationToken.None);

    private async Task<List<JsonElement>> OfAsync(int request, DemoAccount? by = null)
    {
        using var reading = api.As(by ?? DemoAccounts.Supervisor);
        return [.. (await reading.ReadAsync($"{Matches}?tracingRequestId={Interviews.Id(request)}")).GetProperty("items").EnumerateArray()];
    }

    private static bool IsAbout(JsonElement match, Guid a, Guid b)
    {
        Guid[] sides = [match.GetProperty("first").GetProperty("person").GetGuid(), match.GetProperty("second").GetProperty("person").GetGuid()];
        return sides.Contains(a) && sides.Contains(b);
    }

    private async Task<string> MatchAsync(int request, Guid other) =>
        $"{Matches}/{(await OfAsync(request)).Single(match => IsAbout(match, Interviews.Person(request, 2), other)).GetProperty("id").GetGuid()}";

    private static PersonDetails Other(string given, string place) =>
        new([Name($"{given} Popalzai")], Name("Ghulam Sakhi"), Sex: Sex.Male, Birth: Birth("1990-04-03", Domain.People.Calendars.CalendarKind.Gregorian), Birthplace: new Place(place));

    [Fact]
    public async Task A_request_in_Arabic_script_finds_the_registration_and_two_people_agree()
    {
        await api.RegisterAsync(1, Registered(Naim()));
        await api.SeekAsync(1, NaimSought());
        await CompareAsync();
        var path = await MatchAsync(1, Id(1));

        using var caseworker = api.As(DemoAccounts.Caseworker);
        using var supervisor = api.As(DemoAccounts.Supervisor);
        var shown = await caseworker.ReadAsync(path);
        Assert.Equal("proposed", shown.Text("state"));
        Assert.Contains(shown.GetProperty("reasons").EnumerateArray(), reason => reason.Text("field") == "father" && reason.Text("text") == "The father’s names agree.");
        var before = await caseworker.ReadAsync(Interviews.Case(1));

        Assert.Equal(2, await caseworker.DoAsync(HttpMethod.Post, path + "/confirmation", version: 1));
        Assert.Equal((409, "match-second-person-needed"), await caseworker.SendAsync(HttpMethod.Post, path + "/review", version: 2).Refusal());
        Assert.Equal(3, await supervisor.DoAsync(HttpMethod.Post, path + "/review", version: 2));
        Assert.Equal(3, await supervisor.DoAsync(HttpMethod.Post, path + "/review", version: 2));

        // It discloses nothing: the request is as it was, to the letter.
        Assert.Equal(before.GetRawText(), (await caseworker.ReadAsync(Interviews.Case(1))).GetRawText());
        Assert.Equal("reviewed", (await OfAsync(1, DemoAccounts.Caseworker)).Single(match => path.EndsWith(match.Text("id"), StringComparison.Ordinal)).Text("state"));

        Assert.Equal(4, await supervisor.DoAsync(HttpMethod.Post, path + "/undoing", version: 3));
        Assert.Equal("proposed", (await supervisor.ReadAsync(path)).Text("state"));
    }

    [Fact]
    public async Task A_rejection_is_remembered_until_the_evidence_changes()
    {
        await api.RegisterAsync(2, Registered(Other("Karim", "Herat") with { FatherName = null, Birthplace = null }));
        await api.SeekAsync(2, Other("Karim", "Herat"));
        await CompareAsync();
        var path = await MatchAsync(2, Id(2));
        using var supervisor = api.As(DemoAccounts.Supervisor);
        await supervisor.DoAsync(HttpMethod.Post, path + "/rejection", new { reason = "sibling" }, version: 1);

        await supervisor.DoAsync(HttpMethod.Post, Interviews.Case(2, "/match-proposals"));
        Assert.Equal("rejected", (await supervisor.ReadAsync(path)).Text("state"));

        using var focalPoint = api.As(DemoAccounts.FocalPoint);
        await focalPoint.DoAsync(HttpMethod.Put, Path(2), Registered(Other("Karim", "Herat")), version: 1);
        await CompareAsync();
        Assert.Equal("proposed", (await supervisor.ReadAsync(path)).Text("state"));
    }

    [Fact]
    public async Task Two_requests_for_one_person_are_linked_by_the_second_persons_review_and_never_merged()
    {
        await api.SeekAsync(3, Other("Najib", "Ghazni"));
        await api.SeekAsync(4, Other("نجیب", "غزنی") with { Names = [Name("نجیب پوپلزی")] });
        await CompareAsync();
        var path = await MatchAsync(3, Interviews.Person(4, 2));
        using var caseworker = api.As(DemoAccounts.Caseworker);
        using var supervisor = api.As(DemoAccounts.Supervisor);
        await caseworker.DoAsync(HttpMethod.Post, path + "/confirmation", version: 1);
        Assert.DoesNotContain(Interviews.Id(4).ToString(), (await supervisor.ReadAsync(Interviews.Case(3))).GetRawText(), StringComparison.Ordinal);
        await supervisor.DoAsync(HttpMethod.Post, path + "/review", version: 2);
        Assert.Contains(Interviews.Id(4).ToString(), (await supervisor.ReadAsync(Interviews.Case(3))).GetRawText(), StringComparison.Ordinal);
        Assert.Contains(Interviews.Id(3).ToString(), (await supervisor.ReadAsync(Interviews.Case(4))).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_direction_proposes_who_may_not_be_searched_or_compared()
    {
        await api.RegisterAsync(5, Registered(Other("Jawad", "Bamyan"), mayBeCompared: false));
        await api.RegisterAsync(6, Registered(Other("Jawad", "Bamyan")));
        await api.SeekAsync(5, Other("Jawad", "Bamyan"));
        await api.SeekAsync(6, Other("Jawad", "Bamyan"), document => document["securityAssessment"]!["assessment"]!["doNotSearch"] = true);
        await CompareAsync();

        var proposed = await OfAsync(5);
        Assert.Contains(proposed, match => IsAbout(match, Interviews.Person(5, 2), Id(6)));
        Assert.DoesNotContain(proposed, match => IsAbout(match, Interviews.Person(5, 2), Id(5)));
        Assert.DoesNotContain(proposed, match => IsAbout(match, Interviews.Person(5, 2), Interviews.Person(6, 2)));
        Assert.Empty(await OfAsync(6));
    }

    [Fact]
    public async Task A_finding_reported_in_the_circle_moves_no_match()
    {
        await api.RegisterAsync(7, Registered(Other("Latif", "Kandahar")));
        await api.SeekAsync(7, Other("Latif", "Kandahar"));
        await CompareAsync();
        var before = JsonSerializer.Serialize(await OfAsync(7));
        using var caseworker = api.As(DemoAccounts.Caseworker);
        var path = await MatchAsync(7, Id(7));
        await caseworker.DoAsync(
            HttpMethod.Put,
            Interviews.Case(7, $"/sought-persons/{Interviews.Person(7, 2)}/findings/{Id(77)}"),
            JsonNode.Parse($$"""
                { "kind": "located", "source": "confirmedMatch", "sourceId": "{{path.Split('/')[^1]}}", "foundOn": "2026-11-21", "account": { "account": "He is at the day centre." } }
                """));
        await CompareAsync();
        await caseworker.DoAsync(HttpMethod.Post, Interviews.Case(7, "/match-proposals"));
        Assert.Equal(before, JsonSerializer.Serialize(await OfAsync(7)));
    }

    [Fact]
    public async Task A_new_model_scores_every_match_again_and_decides_none()
    {
        await api.RegisterAsync(9, Registered(Other("Tahir", "Zabul")));
        await api.SeekAsync(9, Other("Tahir", "Zabul"));
        await CompareAsync();
        var path = await MatchAsync(9, Id(9));
        using var supervisor = api.As(DemoAccounts.Supervisor);
        await supervisor.DoAsync(HttpMethod.Post, path + "/rejection", new { reason = "otherPerson" }, version: 1);
        // As if an earlier model had scored it.
        await api.AskAsync<object>("update match_row set model = 'earlier', log_odds = 0 where id = $1", Guid.Parse(path.Split('/')[^1]));
        await api.AskAsync<object>(
            """update mt_events set data = jsonb_set(data, '{evidence,model}', '"earlier"') where stream_id = $1 and type = 'match-proposed.v1'""",
            Guid.Parse(path.Split('/')[^1]));

        var run = await api.RunAsync(RescoringMatches.JobName);

        Assert.Equal((run.Due, 0), (run.Done, run.Failed));
        var read = await supervisor.ReadAsync(path);
        Assert.Equal("rejected", read.Text("state"));
        Assert.Equal(3L, await api.AskAsync<long>("select version from match_row where id = $1 and model <> 'earlier'", Guid.Parse(path.Split('/')[^1])));
        Assert.Equal(0, (await api.RunAsync(RescoringMatches.JobName)).Due);
    }

    [Fact]
    public async Task Those_who_work_on_the_case_are_told_that_a_match_waits_and_that_it_was_reviewed()
    {
        await using var server = new SmtpSink();
        await using var node = api.Start(new Dictionary<string, string?>
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:UseTls"] = "false",
        });
        await api.RegisterAsync(10, Registered(Other("Wakil", "Paktia")));
        await api.AcceptAsync(10, document => document["soughtPersons"]![0]!["details"] = JsonSerializer.SerializeToNode(Other("Wakil", "Paktia"), Json.Options));
        await CompareAsync();
        var path = await MatchAsync(10, Id(10));
        using var caseworker = api.As(DemoAccounts.Caseworker, node.Services);
        using var supervisor = api.As(DemoAccounts.Supervisor, node.Services);
        await caseworker.DoAsync(HttpMethod.Post, path + "/confirmation", version: 1);
        await caseworker.DoAsync(HttpMethod.Post, path + "/confirmation", version: 1);
        await supervisor.DoAsync(HttpMethod.Post, path + "/review", version: 2);
        await node.Services.RunAsync(Mail.SendingMail.JobName);

        var reference = (await supervisor.ReadAsync(Interviews.Case(10))).Text("reference");
        Assert.Equal(2, server.Messages.Count);
        Assert.All(server.Messages, message =>
        {
            Assert.Equal(DemoAccounts.Caseworker.Email, message.To);
            Assert.Contains(reference, message.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Wakil", message.Text, StringComparison.Ordinal);
        });
        Assert.Contains(server.Messages, message => message.Text.Contains("second person has to review", StringComparison.Ordinal));
        Assert.Contains(server.Messages, message => message.Text.Contains("Nothing was merged, closed or disclosed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_reaches_no_side_sees_no_match()
    {
        await api.RegisterAsync(8, Registered(Other("Omid", "Farah")));
        await api.SeekAsync(8, Other("Omid", "Farah"));
        await CompareAsync();
        var path = await MatchAsync(8, Id(8));
        using var elsewhere = api.As(DemoAccounts.FocalPointElsewhere);
        using var read = await elsewhere.GetAsync(path);
        Assert.Equal(404, (int)read.StatusCode);
        Assert.Empty(await OfAsync(8, DemoAccounts.FocalPointElsewhere));
        using var decide = await elsewhere.SendAsync(HttpMethod.Post, path + "/confirmation", version: 1);
        Assert.Equal(404, (int)decide.StatusCode);
    }
}
