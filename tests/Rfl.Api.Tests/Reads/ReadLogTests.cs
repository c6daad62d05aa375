using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Reads;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;
using static Rfl.Api.Tests.Support.Interviews;

namespace Rfl.Api.Tests.Reads;

/// <summary>Handbook §8.4: who looked at whom, when, and why; and who may know.</summary>
public sealed class ReadLogTests(RflApi api) : IClassFixture<RflApi>
{
    [Fact]
    public async Task A_case_is_logged_with_its_people_and_a_list_with_each_case_shown_on_its_own_ground()
    {
        await api.AcceptAsync(1);
        await api.AcceptAsync(2, assigned: false);
        await api.SubmitAsync(3, document => document["submit"] = false);

        using var read = await api.Caller(DemoAccounts.Caseworker).GetAsync(Case(1));
        var row = Assert.Single(await api.ReadRowsAsync(read));
        Assert.Equal([Id(1)], row.Records);
        Assert.Equal(["Assignment"], row.Grounds);
        Assert.Equal(new[] { Person(1, 1), Person(1, 2) }.Order(), row.Persons.Order());

        using var list = await api.Caller(DemoAccounts.Caseworker).GetAsync("/api/v1/tracing-requests");
        row = Assert.Single(await api.ReadRowsAsync(list));
        var grounds = row.Records.Zip(row.Grounds).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("Assignment", "Unassigned", false), (grounds[Id(1)], grounds[Id(2)], grounds.ContainsKey(Id(3))));
        Assert.Contains(Person(2, 2), row.Persons);

        using var first = await api.Caller(DemoAccounts.Volunteer).GetAsync("/api/v1/tracing-requests?limit=1");
        row = Assert.Single(await api.ReadRowsAsync(first));
        Assert.Equal(((await first.BodyAsync()).GetProperty("items")[0].Text("id"), "OwnInterview"), (Assert.Single(row.Records).ToString(), Assert.Single(row.Grounds)));
    }

    [Fact]
    public async Task An_administrator_sees_no_name_of_an_enquirer_and_their_request_only_with_a_line_in_the_log()
    {
        var own = new Scenario(api, 7, DemoAccounts.EnquirerRequestId);
        await own.SubmitAsync();
        var administrator = api.Caller(DemoAccounts.Administrator);

        using var one = await administrator.GetAsync($"/api/v1/accounts/{DemoAccounts.Enquirer.Id}");
        using var list = await administrator.GetAsync("/api/v1/accounts?limit=100");
        var items = (await list.BodyAsync()).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("id").GetGuid());
        foreach (var shown in new[] { await one.BodyAsync(), items[DemoAccounts.Enquirer.Id] })
        {
            Assert.False(shown.TryGetProperty("email", out _) || shown.TryGetProperty("displayName", out _));
            Assert.Equal(own.Id, shown.GetProperty("tracingRequestId").GetGuid());
        }

        Assert.Equal(DemoAccounts.Caseworker.Email, items[DemoAccounts.Caseworker.Id].Text("email"));
        foreach (var answer in new[] { one, list })
        {
            var row = Assert.Single(await api.ReadRowsAsync(answer));
            Assert.Equal((own.Id, "Administration"), (Assert.Single(row.Records), Assert.Single(row.Grounds)));
            Assert.Equal(new[] { own.Enquirer, own.SoughtPerson }.Order(), row.Persons.Order());
        }

        using var reset = await administrator.SendAsync(HttpMethod.Post, $"/api/v1/accounts/{DemoAccounts.Enquirer.Id}/one-time-password");
        var account = (await reset.BodyAsync()).GetProperty("account");
        Assert.False(account.TryGetProperty("email", out _) || account.TryGetProperty("tracingRequestId", out _));
    }

    [Fact]
    public async Task A_refused_read_names_what_was_asked_for_and_shows_nothing()
    {
        await api.AcceptAsync(4);
        foreach (var (path, records) in new[] { (Case(4), new[] { Id(4) }), (Case(987_654), [Id(987_654)]) })
        {
            using var read = await api.Caller(DemoAccounts.OtherCaseworker).GetAsync(path);
            Assert.Equal(404, (int)read.StatusCode);
            var row = Assert.Single(await api.ReadRowsAsync(read));
            Assert.True(row.Refused);
            Assert.Equal(records, row.Records);
            Assert.Empty(row.Grounds);
        }
    }

    [Fact]
    public async Task A_search_keeps_a_keyed_hash_of_its_words_and_whom_it_showed()
    {
        await api.RegisterAsync(5, People.Registered(People.Naim()));
        using var search = await api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Post, "/api/v1/person-searches", new { names = new[] { "Naim Rahimi" } });
        await search.BodyAsync();
        var row = Assert.Single(await api.ReadRowsAsync(search));
        Assert.True(row.Searched);
        Assert.All(row.Grounds, ground => Assert.Contains(ground, Enum.GetNames<ReadGround>()));
        Assert.Equal(row.Records.Length, row.Grounds.Length);
        Assert.Equal(0, await api.CountAsync("select count(*) from read_log where read_log::text ilike '%rahimi%'"));
    }

    [Fact]
    public async Task The_data_protection_officer_reads_the_log_by_person_case_viewer_view_and_time_in_pages()
    {
        await api.AcceptAsync(6);
        for (var times = 0; times < 3; times++)
            (await api.Caller(DemoAccounts.FocalPoint).GetAsync(Case(6))).Dispose();
        (await api.Caller(DemoAccounts.OtherCaseworker).GetAsync(Case(6, "/timeline"))).Dispose();

        var privacy = api.Caller(DemoAccounts.DataProtectionOfficer);
        var byFocalPoint = $"record={Id(6)}&viewer={DemoAccounts.FocalPoint.Id}&view=case";
        Assert.Equal(3, (await ItemsAsync(byFocalPoint)).Count);
        Assert.Equal(3, (await ItemsAsync($"person={Person(6, 2)}&viewer={DemoAccounts.FocalPoint.Id}&ground=region")).Count);
        var refused = Assert.Single(await ItemsAsync($"record={Id(6)}&refused=true"));
        Assert.Equal("case-timeline", refused.Text("view"));
        Assert.Empty(await ItemsAsync($"record={Id(6)}&to=2026-11-01T00:00:00Z"));

        var page = await privacy.ReadAsync($"/api/v1/read-log?{byFocalPoint}&limit=2");
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        var last = await privacy.ReadAsync($"/api/v1/read-log?{byFocalPoint}&limit=2&cursor={Uri.EscapeDataString(page.Text("nextCursor"))}");
        Assert.Equal(1, last.GetProperty("items").GetArrayLength());

        // Whoever checks is written down too.
        using var checking = await privacy.GetAsync($"/api/v1/read-log?person={Person(6, 1)}");
        var row = Assert.Single(await api.ReadRowsAsync(checking));
        Assert.Equal(("read-log", "DataProtection", Person(6, 1)), (row.View, Assert.Single(row.Grounds), Assert.Single(row.Persons)));

        async Task<List<System.Text.Json.JsonElement>> ItemsAsync(string filter) =>
            [.. (await privacy.ReadAsync($"/api/v1/read-log?{filter}")).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task What_the_circle_reads_stands_in_its_own_log_whether_or_not_there_is_anything_to_read()
    {
        var found = new Scenario(api, 7);
        await found.OpenAsync();
        await found.ReportFindingAsync(60);
        var notFound = new Scenario(api, 8);
        await notFound.OpenAsync();
        foreach (var story in new[] { found, notFound })
        {
            (await api.Caller(DemoAccounts.DisclosureOfficer).GetAsync(story.Disclosure())).Dispose();
            (await api.Caller(DemoAccounts.Supervisor).GetAsync(story.Disclosure())).Dispose();
            (await api.Caller(DemoAccounts.Caseworker).GetAsync(story.Disclosure())).Dispose();
        }

        Assert.Equal(0, await api.CountAsync("select count(*) from read_log where view like 'disclosure%'"));
        var lines = (await api.Caller(DemoAccounts.DisclosureOfficer).ReadAsync($"/api/v1/disclosures/read-log?record={found.Id}")).GetProperty("items");
        Assert.Equal(3, lines.GetArrayLength());
        Assert.Equal(1, lines.EnumerateArray().Count(line => !line.GetProperty("refused").GetBoolean()));
    }

    [Fact]
    public async Task A_refused_command_stands_in_the_log_like_a_refused_read_and_one_that_is_carried_out_does_not()
    {
        var story = new Scenario(api, 9);
        await story.OpenAsync();
        var lead = new ReceiveLeadBody(new PersonId(story.SoughtPerson), Provenance.Community, "A barber saw him.");
        Guid[] people = [.. new[] { story.Enquirer, story.SoughtPerson }.Order()];

        // Not theirs, and not there: the same answer, the same row.
        var (row, status) = await RefusedAsync(DemoAccounts.OtherCaseworker, story.Path($"/leads/{story.Thing(50)}"), lead);
        Assert.Equal((404, "read_log", DemoAccounts.OtherCaseworker.Id, "receive-lead"), (status, row.Log, row.Viewer, row.View));
        Assert.Equal([story.Id, story.Thing(50)], row.Records);
        Assert.Equal(people, row.Persons);
        (row, _) = await RefusedAsync(DemoAccounts.OtherCaseworker, Case(987_653, $"/leads/{story.Thing(50)}"), lead);
        Assert.Equal([Id(987_653), story.Thing(50)], row.Records);
        Assert.Empty(row.Persons);
        // A role that may not at all, and a key without the scope.
        (row, status) = await RefusedAsync(DemoAccounts.Publisher, $"/api/v1/data-subjects/{story.SoughtPerson}/restriction", new { request = story.Thing(95) });
        Assert.Equal((403, "restrict-processing", story.SoughtPerson), (status, row.View, Assert.Single(row.Persons)));
        // The case by its number only.
        (row, status) = await RefusedAsync(
            DemoAccounts.OtherCaseworker, "/api/v1/break-glass", new { breakGlassId = story.Thing(51), reference = ReferenceNumber.Of(1), reason = "personPresent", explanation = "Here." }, HttpMethod.Post);
        Assert.Equal((404, "open-break-glass"), (status, row.View));

        using var carriedOut = await api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Put, story.Path($"/leads/{story.Thing(50)}"), lead);
        await carriedOut.BodyAsync();
        Assert.Empty(await api.ReadRowsAsync(carriedOut));
        Assert.Equal(0, await api.CountAsync("select count(*) from read_log l where to_jsonb(l)::text ilike '%barber%'"));
    }

    [Fact]
    public async Task A_refused_command_of_the_circle_tells_nobody_outside_it_what_it_was_about()
    {
        var story = new Scenario(api, 10);
        await story.OpenAsync();
        var (row, status) = await RefusedAsync(DemoAccounts.Caseworker, story.Disclosure("/identity"), new { verifiedOn = "2026-11-21", how = "Named the village." });
        Assert.Equal((403, "disclosure_read_log", "verify-identity"), (status, row.Log, row.View));
        var cover = api.Services.GetRequiredService<LookupHash>().Cover;
        Assert.Equal([cover.Alias(story.Id), cover.Alias(story.SoughtPerson)], row.Records);

        // Anybody in casework may report a finding: that somebody tried to would say that there is one.
        (row, status) = await RefusedAsync(
            DemoAccounts.OtherCaseworker,
            story.Path($"/sought-persons/{story.SoughtPerson}/findings/{story.Thing(60)}"),
            new { kind = "located", source = "ownSearch", foundOn = "2026-11-21", account = new { account = "Seen." } });
        Assert.Equal((404, "read_log", "discreet-command", 0, 0), (status, row.Log, row.View, row.Records.Length, row.Persons.Length));
    }

    /// <summary>All mixtures of roles, at home and elsewhere, on cases in every situation: the ground that the log finds is the ground on which the program shows.</summary>
    [Fact]
    public async Task The_two_writings_of_the_rule_agree()
    {
        await api.SubmitAsync(11, document => document["submit"] = false);
        await api.SubmitAsync(12);
        await api.AcceptAsync(13);
        await api.AcceptAsync(14, Minor);
        await api.AcceptAsync(15, Minor, assigned: false);
        await api.SubmitAsync(16, by: DemoAccounts.VolunteerElsewhere);
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var scope = api.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<EventStore>();
        Role[] roles = [Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor, Role.Publisher];
        var seen = new HashSet<ReadGround?>();
        for (var number = 11; number <= 16; number++)
        {
            var request = StreamKinds.TracingRequest.Fold(await store.LoadAsync(Id(number), StreamKinds.TracingRequest.Name, CancellationToken.None));
            foreach (var account in new[] { DemoAccounts.Volunteer.Id, DemoAccounts.Caseworker.Id, Id(99) })
            {
                for (var mixture = 0; mixture < 1 << roles.Length; mixture++)
                {
                    var held = roles.Where((_, i) => (mixture & (1 << i)) != 0).ToValueList();
                    var viewer = new Viewer(account, held, mixture % 3 == 0 ? "grand-est" : DemoAccounts.HautsDeFrance);
                    foreach (object message in new object[] { new GetCase(new TracingRequestId(Id(number)), null), new ReadTimeline(new TracingRequestId(Id(number)), null, "en") })
                    {
                        var ground = Reach.Ground(message, viewer, request);
                        Assert.Equal((number, mixture, ground?.ToString()), (number, mixture, await FoundAsync(message, viewer, number)));
                        seen.Add(ground);
                    }
                }
            }
        }

        Assert.Superset(new HashSet<ReadGround?> { null, ReadGround.Assignment, ReadGround.OwnInterview, ReadGround.Region, ReadGround.ChildProtection, ReadGround.Unassigned, ReadGround.Supervision }, seen);

        async Task<string?> FoundAsync(object message, Viewer viewer, int number)
        {
            var subject = ReadSubjects.OfCase(message, viewer, api.Clock.GetUtcNow(), new TracingRequestId(Id(number)));
            await using var command = database.CreateCommand(subject.Sql);
            subject.AddParameters(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync() && !reader.IsDBNull(2) ? reader.GetString(2) : null;
        }
    }

    private async Task<(ReadRow Row, int Status)> RefusedAsync(DemoAccount by, string path, object body, HttpMethod? method = null)
    {
        using var answer = await api.Caller(by).SendAsync(method ?? HttpMethod.Put, path, body);
        Assert.True((int)answer.StatusCode is 403 or 404, await answer.Content.ReadAsStringAsync());
        var row = Assert.Single(await api.ReadRowsAsync(answer));
        Assert.True(row.Refused);
        Assert.Empty(row.Grounds);
        return (row, (int)answer.StatusCode);
    }

    private static void Minor(System.Text.Json.Nodes.JsonObject document) =>
        document["soughtPersons"]![0]!["circumstances"] = new System.Text.Json.Nodes.JsonObject { ["isMinor"] = true };
}
