using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Api.Matches;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Matches;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Projections;
using static Rfl.Api.Tests.Matches.People;

namespace Rfl.Api.Tests.DataSubjects;

/// <summary>Relatives, contact persons and legal representatives are data subjects like everybody else: each is erased, restricted and answered alone.</summary>
public sealed class OthersOnSheetsTests(RflApi api) : IClassFixture<RflApi>
{
    private HttpClient Privacy => api.Caller(DemoAccounts.DataProtectionOfficer);

    private static Guid Other(int number, int person) => new($"d0000000-0000-4000-{8100 + person}-{number:D12}");

    /// <summary>A sought man with a wife and a brother; his mother is reached through a neighbour. The people of each case have names of their own.</summary>
    private static Action<JsonObject> Family(int number, string sought, string wife, string brother) => document =>
    {
        document["soughtPersons"]![0]!["details"] = Node(new PersonDetails(
            [Name(sought)],
            Sex: Sex.Male,
            Relatives:
            [
                new RelatedPerson(Name(wife), FamilyRelation.Spouse, "Said to be in Graz", new PersonId(Other(number, 1))),
                new RelatedPerson(Name(brother), FamilyRelation.Brother, null, new PersonId(Other(number, 2))),
            ]));
        var details = document["enquirer"]!["details"]!;
        details["person"]!["names"] = Node(new[] { Name($"Mother of {sought}") });
        details["contacts"] = Node(new[] { new ContactPoint(ContactKind.Phone, $"+3360000{number:D4}", $"neighbour of {sought}", true, new PersonId(Other(number, 3))) });
    };

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Json.Options)!;

    /// <summary>Asked for by the person, through the request that names them; who asks was verified.</summary>
    private async Task<string> AskAsync(Guid id, Guid person, string right, Guid? through, DemoAccount? by = null)
    {
        var path = $"/api/v1/data-subject-requests/{id}";
        await api.Caller(by ?? DemoAccounts.DataProtectionOfficer).DoAsync(HttpMethod.Put, path, new
        {
            person,
            right,
            requester = "self",
            receivedOn = "2026-11-22",
            language = "en",
            account = new { words = "It is about me." },
            through,
        });
        await Privacy.DoAsync(HttpMethod.Put, path + "/identity", new { proof = "knownToStaff", verifiedOn = "2026-11-22" });
        return path;
    }

    private async Task EraseAsync(Guid id, Guid person, Guid? through)
    {
        await AskAsync(id, person, "erasure", through);
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subjects/{person}/erasure", new { request = id });
    }

    private static JsonElement Relatives(JsonElement request) => request.GetProperty("soughtPersons")[0].GetProperty("details").GetProperty("relatives");

    private static string[] Shown(JsonElement request) =>
    [
        .. Relatives(request).EnumerateArray().Select(relative =>
            relative.TryGetProperty("isErased", out _) ? "erased" : relative.GetProperty("name").GetProperty("components")[0].Text("text")),
    ];

    /// <summary>Whether the person is found because of a relative of this name.</summary>
    private async Task<bool> IsFoundByAsync(string relative, Guid person) =>
        (await api.SearchAsync(new { family = new[] { new { name = relative, relation = "spouse" } }, sex = "male" }))
            .Any(found => found.GetProperty("person").GetGuid() == person
                && found.GetProperty("reasons").EnumerateArray().Any(reason => reason.Text("agreement") == "relativeShared"));

    private async Task<string> RowAsync(Guid person)
    {
        await using var command = api.Database.DataSource.CreateCommand("select encode(details, 'hex') || keys::text from match_record where person_id = $1");
        command.Parameters.AddWithValue(person);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task A_relative_is_erased_from_the_sheet_the_index_and_the_partners_copy_and_the_rest_stays()
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, 701);
        await story.OpenAsync(Family(701, "Samandar Wardak", "Gulghotai Noorzai", "Nangialai Wardak"));
        var caseworker = api.Caller(DemoAccounts.Caseworker);
        await caseworker.DoAsync(HttpMethod.Put, story.Search(story.Thing(30)), new PrepareTransmissionBody(
            new PersonId(story.SoughtPerson), "DE", [TransferField.SoughtPersonNames, TransferField.SoughtPersonRelatives]));
        using (var prepared = await caseworker.GetAsync(story.Search(story.Thing(30))))
            await caseworker.DoAsync(HttpMethod.Post, story.Search(story.Thing(30), "/transmission"), version: prepared.Version());
        Assert.Equal(["Gulghotai Noorzai", "Nangialai Wardak"], Shown(await story.ReadAsync()));
        Assert.True(await IsFoundByAsync("Gulghotai Noorzai", story.SoughtPerson));
        Assert.Contains("Gulghotai", await InboxAsync(), StringComparison.Ordinal);
        var (version, row) = (await story.VersionAsync(), await RowAsync(story.SoughtPerson));

        await EraseAsync(story.Thing(90), Other(701, 1), story.Id);

        var erased = await story.ReadAsync();
        Assert.Equal(["erased", "Nangialai Wardak"], Shown(erased));
        Assert.Equal(Other(701, 1), Relatives(erased)[0].GetProperty("person").GetGuid());
        Assert.DoesNotContain("Graz", erased.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((version, "searching"), (await story.VersionAsync(), erased.Text("stage")));
        Assert.False(await IsFoundByAsync("Gulghotai Noorzai", story.SoughtPerson));
        Assert.True((await api.SearchAsync(new { names = new[] { "Samandar Wardak" } })).Has(story.SoughtPerson));
        var inbox = await InboxAsync();
        Assert.Contains("Nangialai", inbox, StringComparison.Ordinal);
        Assert.DoesNotContain("Gulghotai", inbox, StringComparison.Ordinal);
        Assert.DoesNotContain(Other(701, 2).ToString(), inbox, StringComparison.Ordinal);

        var after = await RowAsync(story.SoughtPerson);
        Assert.NotEqual(row, after);
        Assert.Equal(0, (await api.Services.GetRequiredService<ViewRebuilder>().RebuildAsync(RequestMatchRecords.ViewName, null, CancellationToken.None)).StreamsFailed);
        Assert.Equal(after, await RowAsync(story.SoughtPerson));

        async Task<string> InboxAsync() =>
            (await api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{story.Thing(30)}")).GetRawText();
    }

    [Fact]
    public async Task A_sheet_sent_again_does_not_bring_an_erased_relative_back_and_the_sheet_as_it_is_shown_can_be_corrected()
    {
        var story = new Scenario(api, 702);
        var family = Family(702, "Hewad Tanai", "Spozhmai Zazai", "Torialai Tanai");
        await story.SubmitAsync(family);
        await story.AcceptAsync();
        await EraseAsync(story.Thing(90), Other(702, 1), story.Id);
        var volunteer = api.Caller(DemoAccounts.Volunteer);
        var sheet = $"/sought-persons/{story.SoughtPerson}";

        Assert.Equal((409, "person-erased"), await volunteer.SendAsync(HttpMethod.Put, story.Path("/interview-document"), story.Document(family)).Refusal());
        // From a device that lost its memory: other ids for the case and its people, and none for the family.
        Assert.Equal((409, "import-suppressed"), await volunteer.SendAsync(HttpMethod.Put, Interviews.Case(1702, "/interview-document"), api.Document(1702, document =>
        {
            family(document);
            WithoutIds(document["enquirer"]!);
            WithoutIds(document["soughtPersons"]!);
        })).Refusal());

        var told = JsonNode.Parse(story.Document(family)["soughtPersons"]![0]!.ToJsonString())!.AsObject();
        var body = new JsonObject { ["relation"] = told["relation"]!.DeepClone(), ["circumstances"] = new JsonObject(), ["details"] = told["details"]!.DeepClone() };
        Assert.Equal((409, "person-erased"), await story.TryAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, body).Refusal());
        WithoutIds(body);
        Assert.Equal((409, "person-erased"), await story.TryAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, body).Refusal());

        var shown = JsonNode.Parse((await story.ReadAsync()).GetProperty("soughtPersons")[0].GetProperty("details").GetRawText())!;
        shown["profession"] = "smith";
        body["details"] = shown;
        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, body);
        Assert.Equal(["erased", "Torialai Tanai"], Shown(await story.ReadAsync()));

        shown["relatives"]![1]!["isErased"] = true;
        Assert.Equal((409, "nobody-erased-here"), await story.TryAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, body).Refusal());

        static void WithoutIds(JsonNode node)
        {
            if (node is JsonObject members)
            {
                foreach (var id in new[] { "person", "ofPerson" }.Where(id => members[id] is JsonValue))
                    members.Remove(id);
                foreach (var (_, member) in members)
                {
                    if (member is not null)
                        WithoutIds(member);
                }
            }

            if (node is JsonArray items)
            {
                foreach (var item in items)
                    WithoutIds(item!);
            }
        }
    }

    [Fact]
    public async Task Whoever_has_no_id_gets_one_and_keeps_it_when_the_sheet_is_corrected_or_sent_again()
    {
        var story = new Scenario(api, 703);
        await story.SubmitAsync();
        var sheet = $"/sought-persons/{story.SoughtPerson}";
        RecordSoughtPersonBody Body(string? profession, params string[] sisters) => new(FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails(
            [Name("Esmat Popal")], Profession: profession, Relatives: sisters.Select(sister => new RelatedPerson(Name(sister), FamilyRelation.Sister)).ToValueList()));

        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, Body(null, "Lailuma Popal", "Zarmina Popal"));
        var ids = await IdsAsync();
        Assert.Equal((2, 2), (ids.Length, ids.Distinct().Count()));
        var version = await story.VersionAsync();
        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, Body(null, "Lailuma Popal", "Zarmina Popal"));
        Assert.Equal(version, await story.VersionAsync());

        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet, Body("tailor", "Zarmina Popal", "Breshna Popal", "Lailuma Popal"));
        var corrected = await IdsAsync();
        Assert.Equal((ids[1], ids[0]), (corrected[0], corrected[2]));
        Assert.DoesNotContain(corrected[1], ids);

        // Two telephones of one neighbour are one neighbour.
        await story.DecideAsync(DemoAccounts.Supervisor, HttpMethod.Put, sheet + "/loss-of-contact", new RecordLossOfContactBody(
            BreakOfContact.Migration,
            new CountryCode("TR"),
            new LossOfContact(UncertainDate.Parse("2026-09"), new Place("Izmir"), "Lost at night.", LastContacts:
            [
                new ContactPoint(ContactKind.Phone, "+905550000001", "the baker"), new ContactPoint(ContactKind.Social, "baker.izmir", "the baker"), new ContactPoint(ContactKind.Phone, "+905550000002"),
            ])));
        var contacts = (await story.ReadAsync()).GetProperty("soughtPersons")[0].GetProperty("lossOfContact").GetProperty("account").GetProperty("lastContacts");
        Assert.Equal(contacts[0].GetProperty("ofPerson").GetGuid(), contacts[1].GetProperty("ofPerson").GetGuid());
        Assert.False(contacts[2].TryGetProperty("ofPerson", out _));

        async Task<Guid[]> IdsAsync() => [.. Relatives(await story.ReadAsync()).EnumerateArray().Select(relative => relative.GetProperty("person").GetGuid())];
    }

    [Theory]
    [InlineData("soughtPersons[0].details.relatives[0].person", "person-named-twice", "enquirer")]
    [InlineData("soughtPersons[0].details.relatives[0].person", "person-named-twice", "sought")]
    [InlineData("soughtPersons[0].details.relatives[0].person", "id-reserved", "c0000000-0000-8000-8000-000000000001")]
    [InlineData("soughtPersons[0].details.relatives[0].person", "not-empty", "00000000-0000-0000-0000-000000000000")]
    [InlineData("soughtPersons[0].details.relatives[1].person", "person-named-twice", "relative")]
    [InlineData("enquirer.details.contacts[0].ofPerson", "null", "of")]
    [InlineData("soughtPersons[0].details.relatives[0].isErased", "null", "erased")]
    public async Task An_id_that_does_not_fit_is_named(string path, string code, string id)
    {
        var story = new Scenario(api, 704);
        var document = story.Document(Family(704, "Ajmal Safi", "Shaima Safi", "Akmal Safi"));
        var relatives = document["soughtPersons"]![0]!["details"]!["relatives"]!;
        switch (id)
        {
            case "enquirer" or "sought":
                relatives[0]!["person"] = id == "enquirer" ? story.Enquirer : story.SoughtPerson;
                break;
            case "relative":
                relatives[1]!["person"] = relatives[0]!["person"]!.DeepClone();
                break;
            case "of":
                document["enquirer"]!["details"]!["contacts"]![0]!.AsObject().Remove("of");
                break;
            case "erased":
                relatives[0]!["isErased"] = true;
                break;
            default:
                relatives[0]!["person"] = id;
                break;
        }

        using var answer = await api.Caller(DemoAccounts.Volunteer).SendAsync(HttpMethod.Put, story.Path("/interview-document"), document);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problems = (await answer.Content.ReadAsStringAsync())!;
        Assert.Contains(path, problems, StringComparison.Ordinal);
        Assert.Contains(Texts.Own.Of(Language.English, code).Detail, JsonDocument.Parse(problems).RootElement.GetProperty("errors").GetRawText().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reply_to_a_relative_holds_what_is_told_about_them_and_nothing_of_anybody_else()
    {
        var story = new Scenario(api, 705);
        await story.OpenAsync(Family(705, "Baryalai Momand", "Wagma Shinwari", "Najib Momand"));
        var ofWife = await AskAsync(story.Thing(90), Other(705, 1), "access", story.Id, DemoAccounts.Caseworker);
        var ofNeighbour = await AskAsync(story.Thing(91), Other(705, 3), "access", story.Id);
        using (var stranger = await api.Caller(DemoAccounts.Caseworker).SendAsync(HttpMethod.Put, $"/api/v1/data-subject-requests/{story.Thing(92)}", new
        {
            person = Other(999, 1),
            right = "access",
            requester = "self",
            receivedOn = "2026-11-22",
            language = "en",
            account = new { words = "It is about me." },
            through = story.Id,
        }))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        var reply = (await Privacy.ReadAsync(ofWife + "/reply")).GetRawText();
        foreach (var own in new[] { "Wagma Shinwari", "spouse", "Said to be in Graz", "a relative in a tracing request" })
            Assert.Contains(own, reply, StringComparison.Ordinal);
        foreach (var foreign in new[] { "Baryalai", "Najib", "Mother of", "neighbour", (await story.ReadAsync()).Text("reference") })
            Assert.DoesNotContain(foreign, reply, StringComparison.Ordinal);
        var neighbour = (await Privacy.ReadAsync(ofNeighbour + "/reply")).GetRawText();
        Assert.Contains("33600000705", neighbour, StringComparison.Ordinal);
        Assert.DoesNotContain("Wagma", neighbour, StringComparison.Ordinal);
        using (var printed = await Privacy.GetAsync(ofWife + "/reply/document"))
            Assert.Equal(HttpStatusCode.OK, printed.StatusCode);

        // What is corrected on the other's sheet is a rectification for them.
        var asked = await AskAsync(story.Thing(93), Other(705, 1), "rectification", story.Id);
        var version = await story.DecideAsync(DemoAccounts.Caseworker, HttpMethod.Put, $"/sought-persons/{story.SoughtPerson}", new RecordSoughtPersonBody(
            FamilyRelation.Son, new SoughtPersonCircumstances(), new PersonDetails([Name("Baryalai Momand")], Sex: Sex.Male, Relatives:
                [new RelatedPerson(Name("Wagma Shinwari"), FamilyRelation.Spouse, "Lives in Linz", new PersonId(Other(705, 1)))])));
        await Privacy.DoAsync(HttpMethod.Put, $"{asked}/rectifications/{story.Id}", new { record = "tracingRequest", version });
        reply = (await Privacy.ReadAsync(ofWife + "/reply")).GetRawText();
        Assert.Contains("Lives in Linz", reply, StringComparison.Ordinal);

        await EraseAsync(story.Thing(94), Other(705, 1), story.Id);
        reply = (await Privacy.ReadAsync(ofWife + "/reply")).GetRawText();
        Assert.DoesNotContain("Wagma", reply, StringComparison.Ordinal);
        Assert.Contains("erased", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restricted_relative_is_compared_with_nobody_and_does_not_leave_with_the_sheet()
    {
        await api.KnowPartnersAsync();
        var story = new Scenario(api, 706);
        await story.OpenAsync(Family(706, "Qadam Achakzai", "Torpekai Hotak", "Shah Wali Achakzai"));
        Assert.True(await IsFoundByAsync("Torpekai Hotak", story.SoughtPerson));
        await AskAsync(story.Thing(90), Other(706, 1), "restriction", story.Id);
        await Privacy.DoAsync(HttpMethod.Put, $"/api/v1/data-subjects/{Other(706, 1)}/restriction", new { request = story.Thing(90) });

        Assert.False(await IsFoundByAsync("Torpekai Hotak", story.SoughtPerson));
        Assert.True(await IsFoundByAsync("Shah Wali Achakzai", story.SoughtPerson));
        var caseworker = api.Caller(DemoAccounts.Caseworker);
        await caseworker.DoAsync(HttpMethod.Put, story.Search(story.Thing(30)), new PrepareTransmissionBody(
            new PersonId(story.SoughtPerson), "DE", [TransferField.SoughtPersonNames, TransferField.SoughtPersonRelatives]));
        using (var prepared = await caseworker.GetAsync(story.Search(story.Thing(30))))
            await caseworker.DoAsync(HttpMethod.Post, story.Search(story.Thing(30), "/transmission"), version: prepared.Version());
        var inbox = (await api.Caller(DemoAccounts.GermanRedCross).ReadAsync($"/api/v1/partner/searches/{story.Thing(30)}")).GetRawText();
        Assert.Contains("Shah Wali", inbox, StringComparison.Ordinal);
        Assert.DoesNotContain("Torpekai", inbox, StringComparison.Ordinal);

        await Privacy.DoAsync(HttpMethod.Post, $"/api/v1/data-subjects/{Other(706, 1)}/restriction/lifting");
        Assert.True(await IsFoundByAsync("Torpekai Hotak", story.SoughtPerson));
    }

    [Fact]
    public async Task A_registration_outlives_the_erasure_of_a_relative_whom_it_names()
    {
        var registered = Registered(Naim() with { Names = [Name("Khushal Stanikzai")], Relatives = [new RelatedPerson(Name("Palwasha Barakzai"), FamilyRelation.Spouse, null, new PersonId(Other(707, 1)))] });
        await api.RegisterAsync(7070, registered);
        Assert.True(await IsFoundByAsync("Palwasha Barakzai", Id(7070)));

        await EraseAsync(Id(7071), Other(707, 1), through: null);

        var read = await api.Caller(DemoAccounts.Supervisor).ReadAsync(People.Path(7070));
        Assert.False(read.GetProperty("withdrawn").GetBoolean());
        Assert.True(read.GetProperty("registration").GetProperty("person").GetProperty("relatives")[0].GetProperty("isErased").GetBoolean());
        Assert.False(await IsFoundByAsync("Palwasha Barakzai", Id(7070)));
        Assert.True((await api.SearchAsync(new { names = new[] { "Khushal Stanikzai" } })).Has(Id(7070)));
    }

    [Fact]
    public async Task A_key_that_is_out_of_reach_is_not_taken_for_an_erasure_and_hides_nothing_else()
    {
        var story = new Scenario(api, 708);
        await story.OpenAsync(Family(708, "Toryalai Kakar", "Nazo Kakar", "Zalmai Kakar"));
        await using (var damage = api.Database.DataSource.CreateCommand("update person_keys set wrapped_key = decode('00', 'hex'), key_id = gen_random_uuid() where person_id = $1"))
        {
            damage.Parameters.AddWithValue(Other(708, 1));
            await damage.ExecuteNonQueryAsync();
        }

        var relatives = Relatives(await story.ReadAsync());
        Assert.True(relatives[0].GetProperty("isUnreadable").GetBoolean());
        Assert.False(relatives[0].TryGetProperty("isErased", out _));
        Assert.Equal("Zalmai Kakar", relatives[1].GetProperty("name").GetProperty("components")[0].Text("text"));
    }
}
