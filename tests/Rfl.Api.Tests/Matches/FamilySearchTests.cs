using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using Rfl.Domain.RegisteredPersons;
using Rfl.Infrastructure.Identity;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.Matches;

/// <summary>People are found by what is known of them besides their names: family, telephone numbers, and whoever stands in the same request.</summary>
public sealed class FamilySearchTests(RflApi api) : IClassFixture<RflApi>
{
    private static PersonDetails Woman(string name, string? father = null, params string[] siblings) =>
        new([Name(name)], father is null ? null : Name(father), Sex: Sex.Female, Birth: Birth("1996", CalendarKind.Gregorian), Birthplace: new Place("Keren"),
            Relatives: siblings.Select(sibling => new RelatedPerson(Name(sibling), FamilyRelation.Brother)).ToValueList());

    [Fact]
    public async Task Without_a_name_the_family_the_place_and_the_year_lead_to_a_person()
    {
        await api.RegisterAsync(1, Registered(Woman("Letebrhan Goitom", "Goitom Asmerom", "Robel", "Habtom")));
        var found = await api.SearchAsync(new
        {
            family = new[] { new { name = "ጎይቶም ኣስመሮም", relation = "father" }, new { name = "Robel", relation = "brother" } },
            birth = "1995~",
            birthplace = "Cheren",
            sex = "female",
        });
        Assert.True(found.Has(Id(1)), JsonSerializer.Serialize(found));
    }

    [Fact]
    public async Task A_telephone_number_leads_to_a_person_however_it_is_written()
    {
        var person = Registered(Woman("Tirhas Mehari"));
        await api.RegisterAsync(2, person with
        {
            Registration = new Registration(person.Registration.Person, "Day centre", [new ContactPoint(ContactKind.Phone, "+33 6 12 34 56 78")]),
        });
        Assert.True((await api.SearchAsync(new { names = new[] { "Trhas" }, phones = new[] { "0033612345678" } })).Has(Id(2)));

        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var plain = database.CreateCommand("select count(*) from match_record t where t::text like '%612345678%'");
        Assert.Equal(0L, await plain.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_search_names_somebody()
    {
        using var caseworker = api.As(DemoAccounts.Caseworker);
        using var answer = await caseworker.SendAsync(HttpMethod.Post, "/api/v1/person-searches", new { birthplace = "Keren" });
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("names", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Two brothers lost each other, and each seeks the other: the sought person of one request is the enquirer of the other.</summary>
    [Fact]
    public async Task Two_who_seek_each_other_are_found_by_both_sides_of_the_family()
    {
        PersonDetails zerai = new([Name("Zerai Okbay")], Sex: Sex.Male), mikal = new([Name("Mikal Okbay")], Sex: Sex.Male);
        await SeekingAsync(1, zerai, mikal);
        await SeekingAsync(2, new([Name("ሚካል ዑቕባይ")], Sex: Sex.Male), new([Name("ዘርኣይ ዑቕባይ")], Sex: Sex.Male));
        await api.Services.GetRequiredService<MatchProposing>().RunAsync(1000, CancellationToken.None);

        using var supervisor = api.As(DemoAccounts.Supervisor);
        var matches = (await supervisor.ReadAsync($"/api/v1/matches?tracingRequestId={Interviews.Id(1)}")).GetProperty("items").EnumerateArray().ToList();
        Guid[] one = [Interviews.Person(1, 2), Interviews.Person(2, 1)], other = [Interviews.Person(1, 1), Interviews.Person(2, 2)];
        foreach (var pair in new[] { one, other })
        {
            var match = Assert.Single(matches, match => new[] { "first", "second" }.All(side => pair.Contains(match.GetProperty(side).GetProperty("person").GetGuid())));
            var reasons = (await supervisor.ReadAsync($"/api/v1/matches/{match.Text("id")}")).GetProperty("reasons").EnumerateArray();
            Assert.Contains(reasons, reason => reason.Text("agreement") == "relativeShared");
        }

        Task SeekingAsync(int number, PersonDetails enquirer, PersonDetails sought) => api.SeekAsync(number, sought, document =>
            document["enquirer"]!["details"]!["person"] = JsonSerializer.SerializeToNode(enquirer, Json.Options));
    }

    [Fact]
    public async Task At_most_twenty_are_proposed()
    {
        for (var number = 100; number < 125; number++)
            await api.RegisterAsync(number, Registered(Woman("Senait Weldu", "Weldu Negasi")));
        await api.SeekAsync(3, Woman("Senait Weldu", "Weldu Negasi"));
        var proposing = api.Services.GetRequiredService<MatchProposing>();
        await proposing.RunForAsync(Interviews.Id(3), CancellationToken.None);
        // The other way round they would all find her.
        await proposing.RunAsync(1000, CancellationToken.None);
        Assert.Equal(20L, await api.AskAsync<long>("select count(*) from match_row where $1 in (first_record, second_record)", Interviews.Id(3)));
    }

    [Fact]
    public async Task A_build_with_another_form_makes_the_rows_anew_from_the_streams()
    {
        await api.RegisterAsync(4, Registered(Woman("Mebrat Hagos")));
        await api.AskAsync<object>("delete from match_record where person_id = $1", Id(4));
        await api.AskAsync<object>("update match_index_form set form = 0 where $1 is not null", Id(4));
        Assert.False((await api.SearchAsync(new { names = new[] { "Mebrat Hagos" } })).Has(Id(4)));

        await api.Services.GetRequiredService<MatchIndexForm>().BringUpToDateAsync(CancellationToken.None);

        Assert.True((await api.SearchAsync(new { names = new[] { "Mebrat Hagos" } })).Has(Id(4)));
        Assert.Equal(MatchIndexForm.Current, await api.AskAsync<int>("select form from match_index_form where $1 is not null", Id(4)));
    }
}
