using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Infrastructure.Identity;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture.Fuzzing;

/// <summary>
/// Every operation of the service's own description, asked well and badly, by everybody. No answer is a fault of the service, every answer is as described,
/// and nobody outside a case is told anything of the people in it.
/// </summary>
internal sealed class Fuzzer(Report report, House house, int seed) : IDisposable
{
    /// <summary>Stands in every text about the people of one case.</summary>
    /// <summary>A body that is too large to be read.</summary>
    public const string Huge = "huge body";

    private const string Mark = "Zqxmarked";

    private static readonly DemoAccount[] outsiders =
    [
        DemoAccounts.VolunteerElsewhere, DemoAccounts.FocalPointElsewhere, DemoAccounts.Publisher, DemoAccounts.Administrator, DemoAccounts.ReferralOrganisation,
        DemoAccounts.Enquirer, DemoAccounts.PartnerStaff,
    ];

    private readonly Random chance = new(seed);
    private readonly ConcurrentDictionary<string, int> wrong = [];
    private readonly Dictionary<string, string> tokens = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private int asked;
    private int refused;

    /// <param name="share">Of all ways to spoil a request, the share that is tried.</param>
    public async Task RunAsync(double share)
    {
        var address = house.Nodes[0].Address;
        var document = (await http.GetFromJsonAsync<JsonObject>(new Uri(address, "/swagger/v1/swagger.json")))!;
        var description = new Description(document);
        var (marked, own) = await PrepareAsync(address);
        try
        {
            foreach (var operation in description.Operations.OrderBy(_ => chance.Next()).ToList())
                await FuzzAsync(address, description, operation, marked, own, share);
        }
        finally
        {
            report.Add(
                "fuzz of every operation", asked, asked,
                $"{description.Operations.Count} operations; {refused} requests refused, the rest carried out; no 5xx, answers as described, no marked name outside",
                wrong.Select(one => $"{one.Key} ({one.Value} times)"));
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Two open cases: one full of marked names, which only its own people may see, and one to work on.</summary>
    private async Task<(Case Marked, Case Own)> PrepareAsync(Uri address)
    {
        using var client = new Client([address], new Journal());
        var casework = await Casework.ForAsync(address, chance);
        await client.CarryOutAsync(casework.KnowPartner(), CancellationToken.None);
        var (marked, own) = (casework.NewCase(), casework.NewCase());
        foreach (var one in new[] { marked, own })
        {
            var interview = casework.Interview(one);
            if (one == marked)
                Plant((JsonNode)interview.Body!);
            foreach (var command in new[] { interview, casework.Accept(one), casework.Assign(one) })
                await client.CarryOutAsync(command, CancellationToken.None);
        }

        await client.CarryOutAsync(casework.Find(own), CancellationToken.None);
        return (marked, own);

        static void Plant(JsonNode document)
        {
            foreach (var person in new[] { document["enquirer"]!["details"]!["person"]!, document["soughtPersons"]![0]!["details"]! })
                person["names"]![0]!["components"]![0]!["text"] = Mark;
            document["enquirer"]!["details"]!["ownAttempts"] = $"{Mark} asked.";
            document["soughtPersons"]![0]!["lossOfContact"]!["account"]!["circumstances"] = $"{Mark} was lost.";
        }
    }

    private async Task FuzzAsync(Uri address, Description description, Operation operation, Case marked, Case own, double share)
    {
        var body = Fitting(operation.Example?.DeepClone(), own);
        var path = Fill(operation, own);
        // Who may do it: whoever is neither unknown nor forbidden. Good requests, and the same about a case that is not theirs.
        string? insider = null;
        foreach (var who in Everybody(operation).OrderBy(_ => chance.Next()).ToList())
        {
            // In the short form a few are enough once somebody was found.
            if (insider is not null && share < 1 && chance.Next(4) > 0)
                continue;
            var good = new Attempt("good", operation, () => Request(operation, path, body));
            var status = await TryAsync(address, description, good, who);
            insider ??= status is not (401 or 403) ? who : null;
            if (IsOutside(who))
                await TryAsync(address, description, new Attempt("of a foreign case", operation, () => Request(operation, Fill(operation, marked), body)), who);
        }

        insider ??= (IsAboutOneself(operation) ? DemoAccounts.PartnerStaff : DemoAccounts.Supervisor).Email;
        await ReplayAsync(address, description, operation, path, body, insider);
        foreach (var attempt in new BadRequests(chance).Spoil(operation, path, good => Request(operation, good, null), body))
        {
            if (chance.NextDouble() < share)
                await TryAsync(address, description, attempt, insider);
        }
    }

    /// <summary>One key for two different requests.</summary>
    private async Task ReplayAsync(Uri address, Description description, Operation operation, string path, JsonNode? body, string who)
    {
        if (operation.Parameters("header").All(header => header.Name != "Idempotency-Key"))
            return;
        var key = $"fuzz-{chance.Next()}";
        foreach (var (odd, changed) in new[] { ("first of a key", body), ("same key again", body), ("same key for another request", Other(body)) })
        {
            await TryAsync(address, description, new Attempt(odd, operation, () =>
            {
                var request = Request(operation, path, changed);
                request.Headers.Add("Idempotency-Key", key);
                return request;
            }), who);
        }

        static JsonNode? Other(JsonNode? of)
        {
            var other = of?.DeepClone();
            if (other is JsonObject members && members.FirstOrDefault(member => member.Value?.GetValueKind() == JsonValueKind.String).Key is { } text)
                members[text] = $"{members[text]} again";
            return other;
        }
    }

    /// <returns>The status.</returns>
    private async Task<int> TryAsync(Uri address, Description description, Attempt attempt, string who)
    {
        using var request = attempt.Make();
        var sent = $"{request.Method} {attempt.Of?.Path ?? request.RequestUri!.OriginalString.Split('?')[0]}";
        request.RequestUri = new Uri(address, request.RequestUri!);
        await SignAsync(address, request, who);
        // The service ends the connection of a body that it does not read; nobody else shall wait on it.
        request.Headers.ConnectionClose = attempt.Odd == Huge;
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            // A body that is refused before it was read may break the connection: that is an answer too.
            if (attempt.Odd != Huge)
                Complain($"{sent} ({attempt.Odd}): no answer, {fault.GetType().Name}");
            return 0;
        }

        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            var status = (int)answer.StatusCode;
            asked++;
            refused += status >= 400 ? 1 : 0;
            if (status == 401)
                tokens.Remove(who);
            Judge(description, attempt, answer, text, status, sent);
            if ((IsOutside(who) || status >= 400) && text.Contains(Mark, StringComparison.OrdinalIgnoreCase))
                Complain($"{sent} ({attempt.Odd}): {who} was told a name of a foreign case");
            return status;
        }
    }

    private void Judge(Description description, Attempt attempt, HttpResponseMessage answer, string text, int status, string sent)
    {
        var type = text.Length == 0 ? null : answer.Content.Headers.ContentType?.MediaType;
        if (status >= 500)
        {
            Complain($"{sent} ({attempt.Odd}): {status} {text[..Math.Min(text.Length, 200)]}");
        }
        else if (attempt.Of is null)
        {
            // No described operation: whatever it is, it is said as a problem. The framework itself answers what is no HTTP.
            if (status >= 400 && type != "application/problem+json" && answer.RequestMessage!.Method.Method is not ("HEAD" or "TRACE") && text.Length > 0)
                Complain($"{sent} ({attempt.Odd}): {status} is no problem document but {type}");
        }
        else if (!attempt.Of.Describes(status, type, out var schema))
        {
            Complain($"{sent} ({attempt.Odd}): {status} {type} is not described");
        }
        else if (schema is not null && type?.EndsWith("json", StringComparison.Ordinal) == true && Misfit(description, text, schema) is { } misfit)
        {
            Complain($"{sent} ({attempt.Odd}): {status}, {misfit}");
        }
    }

    private static string? Misfit(Description description, string text, JsonNode schema)
    {
        try
        {
            return description.Misfit(JsonNode.Parse(text), schema);
        }
        catch (JsonException)
        {
            return "the body is no JSON";
        }
    }

    private void Complain(string what) => wrong.AddOrUpdate(what, 1, (_, before) => before + 1);

    /// <summary>Everybody, with a partner's system and somebody unknown; whoever may lose their own account by it is left out.</summary>
    private static IEnumerable<string> Everybody(Operation operation) => IsAboutOneself(operation)
        ? [DemoAccounts.PartnerStaff.Email, ""]
        : [.. DemoAccounts.All.Select(account => account.Email), "DE", "ET", ""];

    private static bool IsAboutOneself(Operation operation) =>
        operation.Path.StartsWith("/api/v1/me", StringComparison.Ordinal) || operation.Path.StartsWith("/api/v1/session", StringComparison.Ordinal);

    private static bool IsOutside(string who) => who is "ET" or "" || outsiders.Any(account => account.Email == who);

    private HttpRequestMessage Request(Operation operation, string path, JsonNode? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (body is not null)
            request.Content = BadRequests.Json(Encoding.UTF8.GetBytes(body.ToJsonString()));
        if (operation.Parameters("header").Any(header => header is { Name: "If-Match", Required: true }))
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{chance.Next(1, 12)}\"");
        return request;
    }

    /// <summary>The example about the people of a case, so that it can be carried out; and about no account that the run itself needs.</summary>
    private static JsonNode? Fitting(JsonNode? example, Case of) => example is null ? null : JsonNode.Parse(example.ToJsonString()
        .Replace("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c01", of.Enquirer.ToString(), StringComparison.Ordinal)
        .Replace("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c02", of.SoughtPerson.ToString(), StringComparison.Ordinal)
        .Replace("@demo.example", "@nobody.example", StringComparison.Ordinal)
        .Replace(DemoAccounts.Password, "not-the-password", StringComparison.Ordinal));

    private string Fill(Operation operation, Case of)
    {
        var filled = string.Join('/', operation.Path.Split('/').Select(segment => segment switch
        {
            _ when !segment.StartsWith('{') => segment,
            "{id}" or "{tracingRequestId}" => of.Id.ToString(),
            "{personId}" => of.SoughtPerson.ToString(),
            "{job}" => "chasing-deadlines",
            "{year}" => "2027",
            "{country}" => "TR",
            "{code}" or "{society}" => "ET",
            "{name}" or "{view}" => "case-rows",
            "{reference}" => "0000-0001-97",
            _ => new Guid(chance.Next(5), 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString(),
        }));
        var required = operation.Parameters("query").Where(parameter => parameter.Required)
            .Select(parameter => $"{parameter.Name}={(parameter.Schema["format"]?.GetValue<string>() == "date" ? "2026-11-20" : "staleCase")}");
        return required.Any() ? $"{filled}?{string.Join('&', required)}" : filled;
    }

    private async Task SignAsync(Uri address, HttpRequestMessage request, string who)
    {
        if (who.Length == 0)
            return;
        if (!who.Contains('@', StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("X-Api-Key", DemoAccounts.ApiKeys.Single(key => key.Society == who).Text);
            return;
        }

        if (!tokens.TryGetValue(who, out var token))
        {
            using var answer = await http.PostAsJsonAsync(new Uri(address, "/api/v1/session"), new { email = who, password = DemoAccounts.Password });
            // Who may lose their own account by the fuzzing goes on as nobody.
            if (!answer.IsSuccessStatusCode && who == DemoAccounts.PartnerStaff.Email)
                return;
            if (!answer.IsSuccessStatusCode)
                throw new TortureException($"{who} cannot sign in any more: {(int)answer.StatusCode}");
            tokens[who] = token = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!.GetValue<string>();
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
