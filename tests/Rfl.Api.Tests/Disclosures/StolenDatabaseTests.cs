using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rfl.Api.Disclosures;
using Rfl.Api.Partners;
using Rfl.Api.Tests.Identity;
using Rfl.Api.Tests.Support;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Tests.Disclosures;

/// <summary>Rule 12 towards whoever has the whole database and no key: what a found person decided cannot be told, nor in which case anybody was found.</summary>
public sealed partial class StolenDatabaseTests(RflApi api) : IClassFixture<RflApi>, IAsyncLifetime
{
    private static readonly Dictionary<DisclosureChoice, int> stories = new()
    {
        [DisclosureChoice.Coordinates] = 1,
        [DisclosureChoice.AliveOnly] = 2,
        [DisclosureChoice.Nothing] = 3,
    };

    private static readonly Dictionary<DisclosureChoice, string> statuses = new()
    {
        [DisclosureChoice.Coordinates] = "coordinatesReleased",
        [DisclosureChoice.AliveOnly] = "aliveReleased",
        [DisclosureChoice.Nothing] = "sealed",
    };

    public async Task InitializeAsync()
    {
        if (await api.CountAsync("select count(*) from mt_streams where type = 'disclosure'") > 0)
            return;
        await api.KnowPartnersAsync();
        foreach (var (choice, number) in stories)
            await FindAsync(new Scenario(api, number), choice);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_was_decided_cannot_be_told_from_any_row_or_its_size()
    {
        var nothing = await TracesAsync(DisclosureChoice.Nothing);

        Assert.Equal(["deadline 0", "disclosure_consent_row 1", "disclosure_read_log 3", "disclosure_row 1", "idempotency_record 2", "mt_events 6", "mt_streams 1", "partner_finding 1"], nothing
            .GroupBy(trace => trace.Table).Select(group => $"{group.Key} {group.Count(trace => trace.Row.Length > 0)}").Order(StringComparer.Ordinal));
        foreach (var choice in new[] { DisclosureChoice.Coordinates, DisclosureChoice.AliveOnly })
            Assert.Equal(nothing, await TracesAsync(choice));
    }

    [Fact]
    public async Task Nothing_in_the_circles_rows_leads_to_the_case_or_the_person()
    {
        foreach (var (choice, number) in stories)
        {
            var story = new Scenario(api, number);
            var raw = string.Join('\n', (await RawAsync(story)).Select(trace => trace.Row));
            var (reference, key) = (
                await api.AskAsync<string>("select reference from case_row where id = $1", story.Id),
                await api.AskAsync<Guid>("select key_id from person_keys where person_id = $1", story.SoughtPerson));
            foreach (var telling in new[] { story.Id, story.SoughtPerson, story.Enquirer, story.Thing(30), key }.Select(id => id.ToString())
                .Concat([reference, Convert.ToHexStringLower(key.ToByteArray(bigEndian: true))]))
                Assert.DoesNotContain(telling, raw, StringComparison.OrdinalIgnoreCase);
            var open = Sealed().Replace(raw, "");
            foreach (var telling in new[] { choice.ToString(), "Choice", "Consent", "Released", "Located", "Finding", "\"DE\"" })
                Assert.DoesNotContain(telling, open.Replace("finding_id", "", StringComparison.Ordinal).Replace("choice_id", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>An id that could be reckoned from those of the case and the person would lead there as well.</summary>
    [Fact]
    public async Task The_circles_ids_stand_nowhere_else_and_follow_from_nothing_in_the_database()
    {
        var tables = (await RowsAsync("select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace")).Order(StringComparer.Ordinal).ToList();
        foreach (var number in stories.Values)
        {
            var story = new Scenario(api, number);
            var (disclosure, caseAlias, personAlias, searchAlias) = Names(story);
            Assert.Equal(
                ["disclosure_consent_row", "disclosure_row", "idempotency_record", "mt_events", "mt_streams", "partner_finding"],
                (await TablesWithAsync(tables, disclosure)).Concat(await TablesWithAsync(tables, Cover.Alias(disclosure))).Distinct().Order(StringComparer.Ordinal));
            foreach (var alias in new[] { caseAlias, personAlias })
                Assert.Equal(["disclosure_consent_row", "disclosure_read_log", "disclosure_row"], await TablesWithAsync(tables, alias));
            Assert.Equal(["idempotency_record", "partner_finding"], await TablesWithAsync(tables, searchAlias));
            Guid[] reckoned = [.. new[] { (story.Id, story.SoughtPerson), (story.SoughtPerson, story.Id) }
                .SelectMany(both => new[] { false, true }.Select(bigEndian => DerivedId.Of([.. both.Item1.ToByteArray(bigEndian), .. both.Item2.ToByteArray(bigEndian)])))];
            Assert.DoesNotContain(disclosure, reckoned);
        }
    }

    /// <summary>What the database cannot filter by, the circle still can.</summary>
    [Fact]
    public async Task The_circle_itself_sees_who_decided_what()
    {
        var officer = api.Caller(DemoAccounts.DisclosureOfficer);
        foreach (var (choice, number) in stories)
        {
            var listed = Assert.Single((await officer.ReadAsync($"/api/v1/disclosures?status={statuses[choice]}")).GetProperty("items").EnumerateArray());
            Assert.Equal(
                (new Scenario(api, number).Id, statuses[choice], "located"),
                (listed.GetProperty("tracingRequestId").GetGuid(), listed.Text("status"), listed.Text("kind")));
        }

        var first = await officer.ReadAsync("/api/v1/disclosures?limit=2");
        var second = await officer.ReadAsync($"/api/v1/disclosures?limit=2&cursor={Uri.EscapeDataString(first.Text("nextCursor"))}");
        // Found at one instant of the clock, they stand in the order of their ids, which the secret decides.
        Assert.Equal(
            ["aliveReleased", "coordinatesReleased", "sealed"],
            first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(row => row.Text("status")).Order(StringComparer.Ordinal));
        using var partner = await api.Caller(DemoAccounts.GermanRedCross).GetAsync($"/api/v1/partner/searches/{new Scenario(api, 3).Thing(30)}");
        Assert.Equal("located", Assert.Single((await partner.BodyAsync()).GetProperty("answers").EnumerateArray()).Text("answer"));
        var inbox = (await api.Caller(DemoAccounts.GermanRedCross).ReadAsync("/api/v1/partner/searches")).GetProperty("items").EnumerateArray();
        Assert.Equal(["answered", "answered", "answered"], inbox.Select(search => search.Text("status")));
    }

    [Theory]
    [InlineData("evidence", 301)]
    [InlineData("coordinates", 501)]
    public async Task A_text_that_would_show_by_its_length_is_refused(string member, int length)
    {
        var body = new Dictionary<string, object>
        {
            ["choice"] = "coordinates",
            ["signedOn"] = "2026-11-22",
            ["evidence"] = "Signed form.",
            ["coordinates"] = "Lille",
            [member] = new string('x', length),
        };
        using var answer = await api.Caller(DemoAccounts.DisclosureOfficer).SendAsync(HttpMethod.Put, new Scenario(api, 3).Disclosure($"/choices/{new Scenario(api, 3).Thing(75)}"), body);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(member, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>The same steps in every story, answered by the same people; only the choice differs, and what goes with it.</summary>
    private async Task FindAsync(Scenario story, DisclosureChoice choice)
    {
        await story.OpenAsync();
        var search = await story.AskPartnerAsync(30, "DE");
        await story.AcknowledgeAsync(DemoAccounts.GermanRedCross, search);
        using (var answer = await api.Caller(DemoAccounts.GermanRedCross).SendAsync(
            HttpMethod.Put,
            $"/api/v1/partner/searches/{search}/answers/{story.Thing(60)}",
            new AnswerSearchBody(PartnerAnswer.Located, null, new FindingAccount("Found by our volunteers."), new DateOnly(2026, 11, 21)),
            idempotencyKey: story.Thing(60).ToString()))
        {
            await answer.BodyAsync();
        }

        await story.VerifyIdentityAsync();
        await story.InformSoughtPersonAsync();
        await story.ChooseAsync(70, choice);
        await CountersignAsync(story);
        await story.ReportFindingAsync(61);
        // By an officer who may, and by a caseworker who may not.
        await api.Caller(DemoAccounts.DisclosureOfficer).ReadAsync(story.Disclosure());
        (await api.Caller(DemoAccounts.Caseworker).GetAsync(story.Disclosure())).Dispose();
    }

    /// <summary>In a request that may be sent again.</summary>
    private async Task CountersignAsync(Scenario story)
    {
        var officer = api.Caller(DemoAccounts.OtherDisclosureOfficer);
        using var read = await officer.GetAsync(story.Disclosure());
        await read.BodyAsync();
        using var answer = await officer.SendAsync(
            HttpMethod.Post,
            story.Disclosure($"/choices/{story.Thing(70)}/countersignature"),
            version: read.Version(),
            idempotencyKey: story.Thing(71).ToString());
        await answer.BodyAsync();
    }

    private InstallationCover Cover => api.Services.GetRequiredService<LookupHash>().Cover;

    private (Guid Disclosure, Guid Case, Guid Person, Guid Search) Names(Scenario story) => (
        api.Services.GetRequiredService<DisclosureIds>().Of(new TracingRequestId(story.Id), new PersonId(story.SoughtPerson)).Value,
        Cover.Alias(story.Id),
        Cover.Alias(story.SoughtPerson),
        Cover.Alias(story.Thing(30)));

    /// <summary>All that the database holds of a disclosure, in whole rows.</summary>
    private async Task<List<(string Table, string Row)>> RawAsync(Scenario story)
    {
        var (disclosure, caseAlias, _, searchAlias) = Names(story);
        var traces = new List<(string, string)>();
        foreach (var (table, condition) in new[]
        {
            ("mt_streams", $"t.id = '{disclosure}'"),
            ("mt_events", $"t.stream_id = '{disclosure}' order by t.version"),
            ("deadline", $"t.stream_id = '{disclosure}'"),
            ("disclosure_row", $"t.id = '{disclosure}'"),
            ("disclosure_consent_row", $"t.stream_id = '{disclosure}'"),
            ("partner_finding", $"t.disclosure_id = '{disclosure}'"),
            ("disclosure_read_log", $"t.view = 'disclosure' and t.records @> array['{caseAlias}'::uuid] order by t.seq"),
            ("idempotency_record", $"t.target_id in ('{Cover.Alias(disclosure)}', '{searchAlias}') order by t.recorded_at, t.location is null"),
        })
        {
            var rows = await RowsAsync($"select to_jsonb(t)::text from {table} t where {condition}");
            traces.AddRange(rows.Count == 0 ? [(table, "")] : rows.Select(row => (table, row)));
        }

        return traces;
    }

    /// <summary>The same without what is different of every two disclosures, whatever was decided: ids, instants, places in a sequence, and bytes that are sealed.</summary>
    private async Task<List<(string Table, string Row)>> TracesAsync(DisclosureChoice choice) =>
        [.. (await RawAsync(new Scenario(api, stories[choice]))).Select(trace => (trace.Table, Anonymous(trace.Row)))];

    private static string Anonymous(string row)
    {
        var text = Sealed().Replace(row, match => $"(sealed, {match.Length})");
        text = Id().Replace(text, "(id)");
        text = Instant().Replace(text, "(instant)");
        return Place().Replace(text, "\"$1\": (place)");
    }

    private async Task<List<string>> TablesWithAsync(IReadOnlyList<string> tables, Guid id)
    {
        var found = new List<string>();
        foreach (var table in tables)
        {
            if (await api.CountAsync($"select count(*) from {table} t where t::text like '%{id}%'") > 0)
                found.Add(table);
        }

        return found;
    }

    private async Task<List<string>> RowsAsync(string query)
    {
        await using var database = NpgsqlDataSource.Create(api.Database.ConnectionString);
        await using var command = database.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    [GeneratedRegex(@"\\\\x[0-9a-f]{32,}|[A-Za-z0-9+/]{40,}={0,2}")]
    private static partial Regex Sealed();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[0-9:.+Z-]+")]
    private static partial Regex Instant();

    [GeneratedRegex("\"(seq_id|seq|transaction_id)\": \"?\\d+\"?")]
    private static partial Regex Place();
}
