using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Benchmarks.Measuring;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;

namespace Rfl.Benchmarks.Service;

/// <summary>
/// Three daily operations over HTTP, by wrk, against two things in the same minutes: an endpoint that does nothing, and the same work on the database in this
/// process, without web, tokens and JSON: the look-up of the session that every request makes, and the store's part. The web layer costs less than the database
/// when HTTP reaches half of that.
/// </summary>
internal static class HttpBenchmark
{
    private const int Rounds = 3;
    private const int Seconds = 2;

    private const string Heading =
        """
        | operation | connections | empty endpoint /s | store alone /s | HTTP /s | HTTP : store | p50 ms | p99 ms | p99 : p50 | failed |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """;

    private sealed record Operation(string Name, string Script, string File, Func<int, Task> OnStore);

    public static async Task<string> RunAsync(ServiceProcess service, ServiceData data, IReadOnlyList<Guid> ids)
    {
        await Wrk.EnsureAsync();
        var lines = new List<string> { Heading };
        foreach (var operation in await OperationsAsync(service, data, ids))
        {
            foreach (var connections in (int[])[1, 16, 64])
            {
                var line = await MeasureAsync(service, operation, connections);
                Console.Error.WriteLine(line);
                lines.Add(line);
            }
        }

        return string.Join('\n', lines);
    }

    private static async Task<string> MeasureAsync(ServiceProcess service, Operation operation, int connections)
    {
        var (empty, store, http) = (new List<double>(), new List<double>(), new List<Load>());
        await Wrk.RunAsync(service.Address, operation.Script, operation.File, connections, Seconds);
        for (var round = 0; round < Rounds; round++)
        {
            http.Add(await Wrk.RunAsync(service.Address, operation.Script, operation.File, connections, Seconds));
            store.Add((await Contest.RunAsync(connections, TimeSpan.FromSeconds(Seconds), new Contender("store", operation.OnStore)))[0].PerSecond);
            empty.Add((await Wrk.RunAsync(service.Address, "request = function() return wrk.format('GET', '/health/live') end", "", connections, 1)).PerSecond);
        }

        var ratio = Contest.Median(http.Zip(store).Select(pair => pair.First.PerSecond / pair.Second));
        var (p50, p99) = (Contest.Median(http.Select(load => load.MedianMilliseconds)), Contest.Median(http.Select(load => load.P99Milliseconds)));
        return $"| {operation.Name} | {connections} | {Contest.Median(empty):N0} | {Contest.Median(store):N0} | {Contest.Median(http.Select(load => load.PerSecond)):N0} "
            + $"| **{ratio:0.00}** | {p50:0.0} | {p99:0.0} | **{p99 / p50:0.0}** | {http.Sum(load => load.Failures)} |";
    }

    private static async Task<IReadOnlyList<Operation>> OperationsAsync(ServiceProcess service, ServiceData data, IReadOnlyList<Guid> ids)
    {
        var token = await service.SignInAsync(DemoAccounts.Supervisor);
        var volunteer = await service.SignInAsync(DemoAccounts.Volunteer);
        var cases = await FileAsync("ids", ids.Select(id => $"/api/v1/tracing-requests/{id}"));
        var pages = await FileAsync("pages", await PagesAsync(service, token));
        var document = await FileAsync("document", [Document()]);
        return
        [
            new("read a case", Get(token), cases, _ => ReadAsync(data, ids[Random.Shared.Next(ids.Count)])),
            new("page a worklist of 50", Get(token), pages, _ => PageAsync(data)),
            new("submit an interview document", Put(volunteer), document, _ => SubmitAsync(data)),
        ];
    }

    private static string Get(string token) =>
        $$"""
        local paths = {}
        for line in io.lines(os.getenv("BENCH_FILE")) do paths[#paths + 1] = line end
        math.randomseed(os.time())
        local headers = { ["Authorization"] = "Bearer {{token}}" }
        request = function() return wrk.format("GET", paths[math.random(#paths)], headers) end
        """;

    /// <summary>Every document gets ids of its own, as devices make them.</summary>
    private static string Put(string token) =>
        $$"""
        local document = io.open(os.getenv("BENCH_FILE")):read("*a")
        local random = io.open("/dev/urandom", "rb")
        local function uuid()
            local b = { random:read(16):byte(1, 16) }
            return string.format("%02x%02x%02x%02x-%02x%02x-4%x%02x-a%x%02x-%02x%02x%02x%02x%02x%02x",
                b[1], b[2], b[3], b[4], b[5], b[6], b[7] % 16, b[8], b[9] % 16, b[10], b[11], b[12], b[13], b[14], b[15], b[16])
        end
        local headers = { ["Authorization"] = "Bearer {{token}}", ["Content-Type"] = "application/json" }
        request = function()
            local enquirer, sought = uuid(), uuid()
            local body = document:gsub("{{enquirer}}", enquirer):gsub("{{sought}}", sought)
            return wrk.format("PUT", "/api/v1/tracing-requests/" .. uuid() .. "/interview-document", headers, body)
        end
        """;

    // Hyphens mean something in Lua's patterns; these ids have none that matter: they are replaced by markers without any.
    private const string enquirer = "ENQUIRERID";
    private const string sought = "SOUGHTID";

    /// <summary>The pages of the worklist, by the cursors that the service itself gives out.</summary>
    private static async Task<IEnumerable<string>> PagesAsync(ServiceProcess service, string token)
    {
        var pages = new List<string> { "/api/v1/tracing-requests?limit=50" };
        while (pages.Count < 20
            && (await service.SendAsync(HttpMethod.Get, pages[^1], token)).TryGetProperty("nextCursor", out var cursor)
            && cursor.ValueKind == JsonValueKind.String)
            pages.Add($"/api/v1/tracing-requests?limit=50&cursor={cursor.GetString()}");
        return pages;
    }

    private static string Document()
    {
        var facts = Requests.Make(1, DateTimeOffset.UtcNow.AddDays(-2)).Events.Select(fact => fact.Event).ToList();
        var who = facts.OfType<EnquirerRegistered>().Single();
        var person = facts.OfType<SoughtPersonAdded>().First();
        var loss = facts.OfType<LossOfContactRecorded>().First();
        var body = new ReceiveInterviewDocumentBody(
            DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-2)),
            "prs",
            true,
            new RegisterEnquirerBody(who.Enquirer, who.CountryOfStay, false, who.Details.Value!),
            [new InterviewedSoughtPerson(person.SoughtPerson, person.Relation, person.Circumstances, person.Details.Value!, new RecordLossOfContactBody(loss.Cause, loss.Country, loss.Account.Value!))],
            new AssessSecurityBody(facts.OfType<SecurityAssessmentRecorded>().Single().Assessment));
        return JsonSerializer.Serialize(body, Json.Options)
            .Replace(who.Enquirer.ToString(), enquirer, StringComparison.Ordinal)
            .Replace(person.SoughtPerson.ToString(), sought, StringComparison.Ordinal);
    }

    private static async Task<string> FileAsync(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(BenchServer.Folder, name + ".txt");
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }

    private static Task ReadAsync(ServiceData data, Guid id) => InScopeAsync(
        data, services => services.GetRequiredService<CaseReader>().ReadAsync(new GetCase(new TracingRequestId(id), null), new TracingRequestId(id), default));

    private static Task PageAsync(ServiceData data) => InScopeAsync(
        data,
        services => services.GetRequiredService<ListCasesHandler>().Handle(
            new ListCases(new CaseFilter(null, null, null, null, null, null, null, null, null, null, 50)), default));

    /// <summary>As a supervisor, after the look-up of the session, in a scope like a request's.</summary>
    private static async Task InScopeAsync(ServiceData data, Func<IServiceProvider, Task> act)
    {
        await using var scope = data.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().ActAs(new Viewer(DemoAccounts.Supervisor.Id, [Role.Supervisor]));
        await scope.ServiceProvider.GetRequiredService<OpenSessions>().Contains(DemoAccounts.Supervisor.Id, default);
        await act(scope.ServiceProvider);
    }

    private static int submitted = 50_000_000;

    private static Task SubmitAsync(ServiceData data) => InScopeAsync(data, async _ =>
    {
        var request = Requests.Make(Interlocked.Increment(ref submitted), DateTimeOffset.UtcNow);
        var loaded = await data.Store.LoadAsync([(request.Id, request.Type)], [new PolicyVersionAlong()], default);
        // As far as the document goes: acceptance and assignment come later.
        var facts = request.Events.Select(fact => fact.Event).Where(fact => fact is not (TracingRequestAccepted or CaseAssigned)).ToList();
        try
        {
            await data.Store.AppendAsync([new(loaded[request.Id], facts)], ServiceData.Context, [], default);
        }
        catch (UniqueViolation)
        {
            // The service draws its reference numbers by lot and may have drawn this one; the database has done its work all the same.
        }
    });
}
