using Npgsql;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.BlindQueries;
using Rfl.Infrastructure.Identity;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.Matches;

/// <summary>A partner learns one of two words, from people, and nothing else.</summary>
public sealed class BlindQueryTests(RflApi api) : IClassFixture<RflApi>
{
    private const string Partner = "/api/v1/partner/blind-queries";
    private const string Review = "/api/v1/blind-queries";

    private static object Query(int number, params string[] names) =>
        new { queryId = Id(number), person = new { names, fatherName = "Abdul Rahman", birth = "1998" } };

    private async Task<string> AskAsync(DemoApiKey partner, int number, params string[] names)
    {
        using var asking = api.As(partner);
        using var answer = await asking.SendAsync(HttpMethod.Post, Partner, Query(number, names));
        return (await answer.BodyAsync()).GetRawText();
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_there_is_a_candidate_or_not_until_people_give_it()
    {
        await api.RegisterAsync(1, Registered(Naim()));

        Assert.Equal($$"""{"reference":"{{Id(101)}}","status":"underReview"}""", await AskAsync(DemoAccounts.GermanRedCross, 101, "Mohammad Naim Rahimi"));
        Assert.Equal($$"""{"reference":"{{Id(102)}}","status":"underReview"}""", await AskAsync(DemoAccounts.GermanRedCross, 102, "Bekele Wondimu"));

        using var supervisor = api.As(DemoAccounts.Supervisor);
        var open = await supervisor.ReadAsync(Review);
        Assert.Contains(open.GetProperty("queries").EnumerateArray(), query => query.GetProperty("id").GetGuid() == Id(101) && query.Text("society") == "DE");
        var shown = await supervisor.ReadAsync($"{Review}/{Id(101)}");
        Assert.Contains(shown.GetProperty("candidates").EnumerateArray(), candidate => candidate.GetProperty("person").GetGuid() == Id(1));
        Assert.Empty((await supervisor.ReadAsync($"{Review}/{Id(102)}")).GetProperty("candidates").EnumerateArray());
        await supervisor.DoAsync(HttpMethod.Put, $"{Review}/{Id(101)}/answer", new { answer = "contactUs" });
        await supervisor.DoAsync(HttpMethod.Put, $"{Review}/{Id(102)}/answer", new { answer = "noCandidate" });

        using var partner = api.As(DemoAccounts.GermanRedCross);
        Assert.Equal($$"""{"reference":"{{Id(101)}}","status":"contactUs"}""", (await partner.ReadAsync($"{Partner}/{Id(101)}")).GetRawText());
        Assert.Equal($$"""{"reference":"{{Id(102)}}","status":"noCandidate"}""", (await partner.ReadAsync($"{Partner}/{Id(102)}")).GetRawText());
    }

    [Fact]
    public async Task A_question_repeated_under_its_key_is_answered_as_it_stands()
    {
        using var partner = api.As(DemoAccounts.GermanRedCross);
        for (var time = 0; time < 2; time++)
        {
            using var answer = await partner.SendAsync(HttpMethod.Post, Partner, Query(151, "Hussain Bakhsh"), idempotencyKey: "ask-151");
            Assert.Equal(201, (int)answer.StatusCode);
            Assert.Equal($$"""{"reference":"{{Id(151)}}","status":"underReview"}""", (await answer.BodyAsync()).GetRawText());
        }
    }

    [Fact]
    public async Task Another_society_sees_no_query_and_cannot_use_its_reference()
    {
        await AskAsync(DemoAccounts.GermanRedCross, 201, "Hussain Bakhsh");
        using var other = api.As(DemoAccounts.EthiopianRedCross);
        using var read = await other.GetAsync($"{Partner}/{Id(201)}");
        Assert.Equal(404, (int)read.StatusCode);
        Assert.Equal((409, "blind-query-changed"), await other.SendAsync(HttpMethod.Post, Partner, Query(201, "Hussain Bakhsh")).Refusal());
    }

    [Fact]
    public async Task Staff_may_not_query_blindly_and_partners_may_not_review()
    {
        using var caseworker = api.As(DemoAccounts.Caseworker);
        using var asked = await caseworker.SendAsync(HttpMethod.Post, Partner, Query(301, "Hussain Bakhsh"));
        Assert.Equal(403, (int)asked.StatusCode);
        using var listed = await caseworker.GetAsync(Review);
        Assert.Equal(403, (int)listed.StatusCode);
    }

    [Fact]
    public async Task Trying_out_names_raises_an_alarm_and_ends_at_the_quota()
    {
        using var icrc = api.As(DemoAccounts.Icrc);
        for (var number = 0; number < BlindQueryRules.PerDay; number++)
            await icrc.DoAsync(HttpMethod.Post, Partner, Query(400 + number, "Sher Mohammad Karimi"));
        Assert.Equal((409, "blind-query-quota-reached"), await icrc.SendAsync(HttpMethod.Post, Partner, Query(499, "Sher Mohammad Karimi")).Refusal());
        // What was asked before is answered as before.
        Assert.Equal($$"""{"reference":"{{Id(400)}}","status":"underReview"}""", await AskAsync(DemoAccounts.Icrc, 400, "Sher Mohammad Karimi"));

        using var supervisor = api.As(DemoAccounts.Supervisor);
        var alarms = (await supervisor.ReadAsync(Review)).GetProperty("alarms").EnumerateArray().Where(alarm => alarm.Text("society") == "ICRC").ToList();
        Assert.Equal(["Flood", "Probing"], alarms.Select(alarm => alarm.Text("kind")));

        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        foreach (var table in new[] { "match_search", "blind_query_row", "enumeration_alarm", "mt_events" })
        {
            await using var plain = database.CreateCommand(
                $"select count(*) from {table} t where t::text ilike '%Karimi%' or t::text ilike '%' || encode(convert_to('Karimi', 'UTF8'), 'hex') || '%'");
            Assert.Equal(0L, await plain.ExecuteScalarAsync());
        }
    }
}
