using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Access;
using Rfl.Api.ApiKeys;
using Rfl.Api.DataSubjectRequests;
using Rfl.Api.Http;
using Rfl.Api.Tests.Reads;
using Rfl.Api.Tests.Support;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;
using Xunit.Abstractions;

namespace Rfl.Api.Tests.Access;

/// <summary>
/// Every endpoint, asked by everybody, of cases that are theirs and cases that are not: what <c>Matrix.md</c> says is what happens. An endpoint without a row fails.
/// And each of these requests leaves in the read log what <c>Reads.md</c> says: one row on the right ground where something of a person is shown or asked for in
/// vain, none where nothing is.
/// </summary>
public sealed class MatrixTests(RflApi api, ITestOutputHelper output) : IClassFixture<RflApi>
{
    private const string NotTheirs = "!";

    private static readonly (string Column, object? Caller)[] callers =
    [
        ("volunteer", DemoAccounts.Volunteer),
        ("…elsewhere", DemoAccounts.VolunteerElsewhere),
        ("focal", DemoAccounts.FocalPoint),
        ("…elsewhere", DemoAccounts.FocalPointElsewhere),
        ("caseworker", DemoAccounts.Caseworker),
        ("…other", DemoAccounts.OtherCaseworker),
        ("children", DemoAccounts.ChildProtection),
        ("officer", DemoAccounts.DisclosureOfficer),
        ("supervisor", DemoAccounts.Supervisor),
        ("publisher", DemoAccounts.Publisher),
        ("privacy", DemoAccounts.DataProtectionOfficer),
        ("admin", DemoAccounts.Administrator),
        ("referral", DemoAccounts.ReferralOrganisation),
        ("enquirer", DemoAccounts.Enquirer),
        ("partner", DemoAccounts.PartnerStaff),
        ("key", DemoAccounts.GermanRedCross),
        ("…other", DemoAccounts.EthiopianRedCross),
        ("anybody", null),
    ];

    private readonly List<string> reads = [];
    private int stories;

    /// <summary>A request that everybody in casework reaches: linked with, and nothing else.</summary>
    private Scenario Other => new(api, 999);

    /// <summary>The one request that the enquirer's account follows.</summary>
    private Scenario? own;

    [Fact]
    public async Task Everybody_may_do_what_the_matrix_says_and_nothing_else()
    {
        await api.KnowPartnersAsync();
        await Other.SubmitAsync();
        var endpoints = Endpoints(api);
        var matrix = Matrix.Read();
        Assert.Equal(callers.Select(caller => caller.Column), matrix.Columns);
        var missing = endpoints.Keys.Except(matrix.Rows.Select(row => row.Endpoint)).Order().ToList();
        var stale = matrix.Rows.Select(row => row.Endpoint).Except(endpoints.Keys).Order().ToList();
        var rows = new List<string>();
        var wrong = new List<string>();
        foreach (var (endpoint, of, expected) in matrix.Rows.Where(row => endpoints.ContainsKey(row.Endpoint)))
        {
            var found = await AskAllAsync(endpoints[endpoint], of, expected);
            rows.Add($"| {endpoint} | {of} | {string.Join(" | ", found)} |");
            wrong.AddRange(callers.Zip(expected, found).Select((cell, i) => (cell.First.Column, Expected: cell.Second, Found: cell.Third))
                .Where(cell => cell.Expected != cell.Found).Select(cell => $"{endpoint} of {of} by {cell.Column}: {cell.Found}, not {cell.Expected}"));
        }

        foreach (var row in rows.Concat(reads))
            output.WriteLine(row);
        Assert.True(missing.Count == 0, $"Endpoints without a row: {string.Join(", ", missing)}");
        Assert.True(stale.Count == 0, $"Rows without an endpoint: {string.Join(", ", stale)}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        var recorded = Matrix.Read("Reads.md").Rows.Select(row => $"| {row.Endpoint} | {row.Of} | {string.Join(" | ", row.Cells)} |").ToList();
        Assert.Equal(recorded.Except(reads), reads.Except(recorded));
    }

    [Fact]
    public async Task A_key_opens_only_what_its_scopes_name()
    {
        var administrator = api.Caller(DemoAccounts.Administrator);
        foreach (var endpoint in Endpoints(api).Values.Where(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>() is not null))
        {
            var scope = endpoint.Metadata.GetRequiredMetadata<RequiredScope>().Scope;
            var id = Guid.NewGuid();
            var made = await (await administrator.SendAsync(HttpMethod.Post, "/api/v1/api-keys", new CreateApiKeyRequest(
                id, "Of few scopes", Role.PartnerSociety, "DE", [.. ApiKeyScopes.Of(Role.PartnerSociety).Where(other => other != scope)], api.Clock.GetUtcNow().AddDays(9)))).BodyAsync();
            using var client = api.Anybody;
            client.DefaultRequestHeaders.Add("X-Api-Key", made.GetProperty("key").GetString());
            using var answer = await AskAsync(client, endpoint, new Scenario(api, 1), Guid.NewGuid());
            Assert.Equal((endpoint.DisplayName, HttpStatusCode.Forbidden), (endpoint.DisplayName, answer.StatusCode));
        }
    }

    /// <summary>First those who may not, and nothing may have changed by it; then those who may.</summary>
    private async Task<string[]> AskAllAsync(RouteEndpoint endpoint, string of, IReadOnlyList<string> expected)
    {
        var story = await TellAsync(of);
        var found = new string[callers.Length];
        var recorded = new string[callers.Length];
        var events = await EventsAsync();
        foreach (var denied in Enumerable.Range(0, callers.Length).Where(i => expected[i] != "yes"))
            found[denied] = await AskAsync(denied);
        if (found.All(cell => cell != "yes"))
            Assert.Equal(events, await EventsAsync());
        foreach (var allowed in Enumerable.Range(0, callers.Length).Where(i => expected[i] == "yes"))
            found[allowed] = await AskAsync(allowed);
        if (recorded.Any(cell => cell.Length > 0))
            reads.Add($"| {endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName} | {of} | {string.Join(" | ", recorded)} |");
        return found;

        async Task<string> AskAsync(int caller)
        {
            // A client of their own: some endpoints end the session.
            using var client = callers[caller].Caller switch
            {
                DemoAccount account => api.As(account),
                DemoApiKey key => api.As(key),
                _ => api.Anybody,
            };
            var target = of is "account" or "key" ? await MakeAsync(of) : Guid.Empty;
            using var answer = await this.AskAsync(client, endpoint, story, target);
            Assert.True((int)answer.StatusCode is < 500 and not 429, $"{endpoint.DisplayName}: {(int)answer.StatusCode}");
            recorded[caller] = await api.ReadOfAsync(answer, endpoint, callers[caller].Caller);
            return (int)answer.StatusCode switch { 401 => NotTheirs, 403 => "403", 404 => "404", _ => "yes" };
        }
    }

    private Task<long> EventsAsync() => api.CountAsync("select count(*) from mt_events");

    /// <summary>A request as the row wants it. Everything is the demo's people's in the north: the volunteer's interview, the focal point's region, the caseworker's case, and the German Red Cross's search.</summary>
    private async Task<Scenario> TellAsync(string of)
    {
        if (of == "own request" && own is not null)
            return own;
        var story = new Scenario(api, ++stories, of == "own request" ? DemoAccounts.EnquirerRequestId : null);
        own = of == "own request" ? story : own;
        switch (of)
        {
            case "draft":
                await story.SubmitAsync(document => document["submit"] = false);
                break;
            case "submitted":
                await story.SubmitAsync();
                break;
            case "case" or "own request":
                await story.OpenAsync();
                await story.AskPartnerAsync(30, "DE");
                break;
            case "child":
                await story.OpenAsync(Minor);
                await story.AskPartnerAsync(30, "DE");
                break;
            case "finding":
                await story.OpenAsync();
                await story.ReportFindingAsync(60);
                break;
            case "known finding":
                await story.OpenAsync();
                await story.ReportFindingAsync(60);
                await story.VerifyIdentityAsync();
                break;
            case "child found":
                await story.OpenAsync(Minor);
                await story.ReportFindingAsync(60);
                break;
            case "death":
                await story.OpenAsync();
                await story.ReportFindingAsync(60, kind: Domain.Disclosures.FindingKind.Deceased);
                break;
            case "registered person":
                using (var answer = await AskAsync(api.Caller(DemoAccounts.Volunteer), Endpoints(api)["RegisterPerson"], story, Guid.Empty))
                    await answer.BodyAsync();
                break;
            case "breach":
                using (var answer = await AskAsync(api.Caller(DemoAccounts.DataProtectionOfficer), Endpoints(api)["RecordBreach"], story, Guid.Empty))
                    await answer.BodyAsync();
                break;
            case "partner's request":
                var document = story.Document();
                document = new JsonObject
                {
                    ["yourReference"] = "DE-1",
                    ["language"] = "prs",
                    ["enquirer"] = document["enquirer"]!.DeepClone(),
                    ["soughtPersons"] = document["soughtPersons"]!.DeepClone(),
                    ["securityAssessment"] = document["securityAssessment"]!.DeepClone(),
                };
                await api.Caller(DemoAccounts.GermanRedCross).DoAsync(HttpMethod.Put, $"/api/v1/partner/tracing-requests/{story.Id}", document);
                break;
            default:
                Assert.Contains(of, new[] { "-", "account", "key" });
                break;
        }

        return story;
    }

    private static void Minor(JsonObject document) => document["soughtPersons"]![0]!["circumstances"] = new JsonObject { ["isMinor"] = true };

    /// <summary>An account or a key that an administrator's command may change.</summary>
    private async Task<Guid> MakeAsync(string what)
    {
        var id = Guid.NewGuid();
        var administrator = api.Caller(DemoAccounts.Administrator);
        var (path, body) = what == "key"
            ? ("/api/v1/api-keys", (object)new CreateApiKeyRequest(id, "To be changed", Role.PartnerSociety, "DE", ApiKeyScopes.Of(Role.PartnerSociety), api.Clock.GetUtcNow().AddDays(9)))
            : ("/api/v1/accounts", new { id, email = $"{id}@demo.example", displayName = "To be changed", language = "fr", roles = new[] { "publisher" } });
        await administrator.DoAsync(HttpMethod.Post, path, body);
        return id;
    }

    private async Task<HttpResponseMessage> AskAsync(HttpClient client, RouteEndpoint endpoint, Scenario story, Guid target)
    {
        var interview = (ReceiveInterviewDocumentBody)Endpoints(api)["ReceiveInterviewDocument"].Metadata.GetRequiredMetadata<RequestExample>().Value;
        var (mother, son) = (interview.Enquirer.Enquirer, interview.SoughtPersons[0].SoughtPerson);
        var through = ((ReceiveDataSubjectRequestBody)Endpoints(api)["ReceiveDataSubjectRequest"].Metadata.GetRequiredMetadata<RequestExample>().Value).Through;
        var method = new HttpMethod(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]);
        var path = string.Join('/', endpoint.RoutePattern.RawText!.Split('/').Select(segment => segment.TrimStart('{').TrimEnd('}').Split(':')[0] switch
        {
            _ when !segment.StartsWith('{') => segment,
            "id" when target != Guid.Empty => target.ToString(),
            "id" when endpoint.RoutePattern.RawText.Contains("/searches/", StringComparison.Ordinal) => story.Thing(30).ToString(),
            "id" when endpoint.RoutePattern.RawText.Contains("data-subject-requests", StringComparison.Ordinal) => story.Thing(95).ToString(),
            "id" or "tracingRequestId" => story.Id.ToString(),
            "personId" => story.SoughtPerson.ToString(),
            "searchId" => story.Thing(30).ToString(),
            "otherId" => Other.Id.ToString(),
            "consentId" => story.Thing(3).ToString(),
            "reference" => "0000-0001-97",
            "job" => "chasing-deadlines",
            "year" => "2027",
            "country" => "TR",
            "kind" => "staleCase",
            "society" or "code" => "DE",
            "view" or "name" => "case-rows",
            _ => story.Thing(99).ToString(),
        }));
        if (path.Contains("/by-reference/", StringComparison.Ordinal))
            path = path.Replace("0000-0001-97", (await story.ReadAsync()).GetProperty("reference").GetString(), StringComparison.Ordinal);
        if (path.EndsWith("/figures", StringComparison.Ordinal))
            path += "?from=2026-11-01&to=2026-11-30";
        if (method == HttpMethod.Delete && path.EndsWith("/deadline-rules", StringComparison.Ordinal))
            path += "?kind=staleCase&partner=DE";
        var example = endpoint.Metadata.GetMetadata<RequestExample>()?.Value;
        var reference = endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName == "OpenBreakGlass" ? (await story.ReadAsync()).GetProperty("reference").GetString()! : "";
        var body = example is null ? null : JsonNode.Parse(JsonSerializer.Serialize(example, example.GetType(), Json.Options)
            .Replace(mother.ToString(), story.Enquirer.ToString(), StringComparison.Ordinal)
            .Replace(son.ToString(), story.SoughtPerson.ToString(), StringComparison.Ordinal)
            .Replace(through.ToString()!, story.Id.ToString(), StringComparison.Ordinal)
            .Replace("0000-0001-97", reference.Length > 0 ? reference : "0000-0001-97", StringComparison.Ordinal));
        // Passwords stay as they are.
        if (body?["newPassword"] is not null)
            body["newPassword"] = "short";
        // A version that nobody saw: who may decide is told that it is stale, and the case stays as it is for the next one.
        return await client.SendAsync(method, path, body, endpoint.Metadata.GetMetadata<VersionRequired>() is null ? null : 987_654);
    }

    private static Dictionary<string, RouteEndpoint> Endpoints(RflApi api) => api.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
        .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.DisplayName!);
}
