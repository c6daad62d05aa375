using System.Text.Json;
using Npgsql;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.People;
using Rfl.Infrastructure.Identity;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.Matches;

/// <summary>A search begins in the own lists (rule 7), within consent, risk and reach.</summary>
public sealed class SearchingTests(RflApi api) : IClassFixture<RflApi>
{
    private static readonly object Asked = new { names = new[] { "محمد نعيم رحيمي" }, fatherName = "عبد الرحمن", birth = "1998", sex = "male" };

    [Fact]
    public async Task A_name_in_Arabic_script_finds_a_registration_in_Latin_script_with_a_Solar_Hijri_birth()
    {
        await api.RegisterAsync(1, Registered(Naim()));

        var found = await api.SearchAsync(Asked);

        var person = Assert.Single(found, candidate => candidate.GetProperty("person").GetGuid() == Id(1));
        Assert.Equal("registered", person.Text("role"));
        Assert.True(person.GetProperty("probability").GetDouble() > 0.9, person.GetRawText());
        var birth = Assert.Single(person.GetProperty("reasons").EnumerateArray(), reason => reason.Text("field") == "birth");
        Assert.Equal("birthSameYear", birth.Text("agreement"));
        Assert.Contains("1377/5/12", birth.Text("second"), StringComparison.Ordinal);
        Assert.NotEmpty(birth.Text("text"));
    }

    [Fact]
    public async Task A_person_who_withdraws_or_may_not_be_compared_is_not_found()
    {
        await api.RegisterAsync(2, Registered(Naim(), mayBeCompared: false));
        await api.RegisterAsync(3, Registered(Naim()));
        Assert.True((await api.SearchAsync(Asked)).Has(Id(3)));

        using var focalPoint = api.As(DemoAccounts.FocalPoint);
        await focalPoint.DoAsync(HttpMethod.Post, Path(3) + "/withdrawal");

        var found = await api.SearchAsync(Asked);
        Assert.False(found.Has(Id(2)));
        Assert.False(found.Has(Id(3)));
    }

    [Fact]
    public async Task A_consent_that_has_expired_hides_the_person()
    {
        await api.RegisterAsync(4, Registered(Naim(), expiresOn: Today.AddDays(2)));
        Assert.True((await api.SearchAsync(Asked)).Has(Id(4)));
        api.MoveTo(api.Clock.GetUtcNow().AddDays(5));
        Assert.False((await api.SearchAsync(Asked)).Has(Id(4)));
    }

    [Fact]
    public async Task Do_not_search_hides_everybody_of_the_request()
    {
        await api.SeekAsync(5, NaimSought());
        await api.SeekAsync(6, NaimSought(), document => document["securityAssessment"]!["assessment"]!["doNotSearch"] = true);

        var found = await api.SearchAsync(Asked);

        Assert.True(found.Has(Interviews.Person(5, 2)));
        Assert.False(found.Has(Interviews.Person(6, 2)));
    }

    [Fact]
    public async Task A_focal_point_finds_nobody_of_another_region()
    {
        await api.RegisterAsync(7, Registered(Naim()));
        Assert.True((await api.SearchAsync(Asked, DemoAccounts.FocalPoint)).Has(Id(7)));
        Assert.False((await api.SearchAsync(Asked, DemoAccounts.FocalPointElsewhere)).Has(Id(7)));
    }

    [Fact]
    public async Task A_volunteer_does_not_search_and_sees_own_registrations_only()
    {
        await api.RegisterAsync(8, Registered(Naim()));
        using var volunteer = api.As(DemoAccounts.Volunteer);
        using var search = await volunteer.SendAsync(HttpMethod.Post, "/api/v1/person-searches", Asked);
        Assert.Equal(403, (int)search.StatusCode);
        using var read = await volunteer.GetAsync(Path(8));
        Assert.Equal(404, (int)read.StatusCode);
    }

    [Fact]
    public async Task Every_search_is_recorded_and_no_table_holds_a_name()
    {
        await api.RegisterAsync(9, Registered(Naim()));
        await api.SeekAsync(10, NaimSought());
        await api.SearchAsync(Asked, DemoAccounts.OtherCaseworker);

        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var searches = database.CreateCommand("select count(*) from match_search where searched_by = $1 and results > 0 and cardinality(keys) > 0");
        searches.Parameters.AddWithValue(DemoAccounts.OtherCaseworker.Id);
        Assert.Equal(1L, await searches.ExecuteScalarAsync());
        foreach (var table in new[] { "match_record", "match_search", "match_row", "mt_events" })
        {
            // bytea prints as hexadecimal, so a name in plain bytes is looked for in that form too.
            await using var plain = database.CreateCommand(
                $"""
                select count(*) from {table} t, unnest(array['Naim', 'Rahimi', 'Kunduz', 'نعیم', 'رحیمی', '1377/5/12']) as word
                where t::text ilike '%' || word || '%' or t::text ilike '%' || encode(convert_to(word, 'UTF8'), 'hex') || '%'
                """);
            Assert.Equal(0L, await plain.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task A_registration_is_put_once_and_corrected_on_the_version_seen()
    {
        await api.RegisterAsync(11, Registered(Naim()));
        await api.RegisterAsync(11, Registered(Naim()));
        using var focalPoint = api.As(DemoAccounts.FocalPoint);
        using var blind = await focalPoint.SendAsync(HttpMethod.Put, Path(11), Registered(Naim("1378/5/12")));
        Assert.Equal(428, (int)blind.StatusCode);
        Assert.Equal(2, await focalPoint.DoAsync(HttpMethod.Put, Path(11), Registered(Naim("1378/5/12")), version: 1));
        var read = await focalPoint.ReadAsync(Path(11));
        Assert.Equal("1378/5/12", read.GetProperty("registration").GetProperty("person").GetProperty("birth").Text("words"));
    }

    [Fact]
    public async Task A_list_registers_its_good_rows_and_names_the_fault_of_each_bad_one()
    {
        var list = new
        {
            listId = Id(900),
            source = "shelter",
            organisation = "night-shelter-nord",
            registeredOn = "2026-11-20",
            consent = new { form = "written", language = "fr", givenOn = "2026-11-20" },
            csv = """
                number,name,father_name,sex,birth,calendar,birthplace
                1,Selamawit Tekle,Tekle Haile,F,5/3/1990,Ethiopian,Keren
                2,,Haile,M,1990,,Asmara
                3,Dawit Alemu,,male,not a date,,
                4,Yonas Kidane,,Z,,,
                5,"Yonas, Kidane",,M,1988,,
                """,
        };
        using var caseworker = api.As(DemoAccounts.Caseworker);
        using var first = await caseworker.SendAsync(HttpMethod.Post, "/api/v1/registered-person-lists", list);
        var result = await first.BodyAsync();

        Assert.Equal((2, 3), (result.GetProperty("registered").GetInt32(), result.GetProperty("refused").GetInt32()));
        Assert.Equal(
            ["registered", "refused name-missing name", "refused date-unreadable birth", "refused sex-unreadable sex", "registered"],
            result.GetProperty("rows").EnumerateArray().Select(row =>
                row.Text("status") is "refused" ? $"refused {row.Text("code")} {row.Text("column")}" : row.Text("status")));
        var person = result.GetProperty("rows")[0].GetProperty("id").GetGuid();
        var found = await api.SearchAsync(new { names = new[] { "ሰላማዊት ተክለ" }, birth = "1997-11" });
        Assert.True(found.Has(person), JsonSerializer.Serialize(found));

        using var again = await caseworker.SendAsync(HttpMethod.Post, "/api/v1/registered-person-lists", list);
        Assert.Equal((0, 2, 3), Counts(await again.BodyAsync()));

        static (int, int, int) Counts(JsonElement result) =>
            (result.GetProperty("registered").GetInt32(), result.GetProperty("unchanged").GetInt32(), result.GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task A_name_that_half_the_list_bears_floods_no_search_and_hides_nobody()
    {
        await api.RegisterAsync(20, Registered(new PersonDetails([Name("Mohammad Wubshet Tilahun")])));
        await api.RegisterAsync(21, Registered(new PersonDetails([Name("Mohammad")])));
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var crowd = database.CreateCommand(
            """
            insert into match_record (record_id, person_id, role, region, concerns_minor, keys, details)
            select gen_random_uuid(), gen_random_uuid(), role, region, concerns_minor, keys, details
            from match_record cross join generate_series(1, 2000) where person_id = $1
            """);
        crowd.Parameters.AddWithValue(Id(21));
        await crowd.ExecuteNonQueryAsync();
        await using var statistics = database.CreateCommand("analyze match_record");
        await statistics.ExecuteNonQueryAsync();
        // A node reads the shares every few minutes.
        api.MoveTo(api.Clock.GetUtcNow().AddMinutes(6));

        Assert.True((await api.SearchAsync(new { names = new[] { "محمد ووبشت تیلاهون" } })).Has(Id(20)));
        Assert.True((await api.SearchAsync(new { names = new[] { "Muhammed" } })).Has(Id(21)));
    }
}
