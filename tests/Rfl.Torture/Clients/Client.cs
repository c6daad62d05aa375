using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Infrastructure.Identity;

namespace Rfl.Torture.Clients;

/// <summary>
/// A client as the API wants its clients: it names what it makes, keeps its key over all attempts, tries again where an answer was lost or the service asks
/// for it (<c>Retry-After</c>), and decides anew on a version that has become stale. It goes round all nodes it knows.
/// </summary>
/// <param name="handler">Carries the requests, where it is not the network.</param>
internal sealed class Client(IReadOnlyList<Uri> nodes, Journal journal, HttpMessageHandler? handler = null) : IDisposable
{
    private static readonly TimeSpan afterLostAnswer = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http = new(handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly ConcurrentDictionary<string, string> tokens = [];
    private int turn;

    /// <summary>Attempts that met a connection refused or broken before an answer came.</summary>
    public int LostAnswers { get; private set; }

    /// <summary>Those of them that were broken off after they had been sent.</summary>
    public int BrokenInHand { get; private set; }

    /// <summary>Answers that asked to come back later.</summary>
    public int NotNow { get; private set; }

    /// <summary>Carries a command out, however often it has to be sent, and writes down what came of it.</summary>
    public async Task<Entry> CarryOutAsync(Command command, CancellationToken ct)
    {
        var entry = journal.Begin(command);
        while (true)
        {
            if (command.DecidesOn is { } read)
                entry.Seen = await VersionAsync(read, command.Who, ct);
            entry.Attempts++;
            using var answer = await InsistAsync(() => Request(command, entry.Seen), command.Who, ct);
            if (answer.StatusCode == HttpStatusCode.PreconditionFailed && command.DecidesOn is not null)
                continue;
            entry.Answered(answer.StatusCode, await CodeAsync(answer, ct), VersionOf(answer));
            return entry;
        }
    }

    /// <summary>Sends a command once; nothing is retried but an unanswered sign-in.</summary>
    /// <param name="seen">The version to decide on.</param>
    public async Task<Entry> TryOnceAsync(Command command, long? seen, CancellationToken ct)
    {
        var token = await TokenAsync(command.Who, ct);
        var entry = journal.Begin(command);
        entry.Seen = seen;
        entry.Attempts = 1;
        using var request = Request(command, seen);
        using var answer = await SendAsync(request, command.Who, token, ct);
        entry.Answered(answer.StatusCode, await CodeAsync(answer, ct), VersionOf(answer));
        return entry;
    }

    /// <summary>Reads until it is answered; nothing where there is nothing.</summary>
    public async Task<(JsonNode? Body, long? Version)> ReadAsync(string path, string who, CancellationToken ct)
    {
        using var answer = await InsistAsync(() => new HttpRequestMessage(HttpMethod.Get, path), who, ct);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonNode>(ct), VersionOf(answer))
            : (null, VersionOf(answer));
    }

    /// <summary>Asks for something that has no content and no key, until it is answered.</summary>
    public async Task<bool> PostAsync(string path, string who, CancellationToken ct)
    {
        using var answer = await InsistAsync(() => new HttpRequestMessage(HttpMethod.Post, path), who, ct);
        return answer.IsSuccessStatusCode;
    }

    public void Dispose() => http.Dispose();

    private async Task<long?> VersionAsync(string path, string who, CancellationToken ct) => (await ReadAsync(path, who, ct)).Version;

    private static HttpRequestMessage Request(Command command, long? seen)
    {
        var request = new HttpRequestMessage(command.Method, command.Path);
        if (command.Body is not null)
            request.Content = JsonContent.Create(command.Body, command.Body.GetType(), options: command.Body is JsonNode ? null : Api.Http.Json.Options);
        request.Headers.Add("Idempotency-Key", command.Id.ToString());
        request.Headers.Add("X-Correlation-Id", command.Id.ToString());
        if (seen is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version.ToString(CultureInfo.InvariantCulture)}\""));
        return request;
    }

    /// <summary>Sends until somebody answers with more than "not now".</summary>
    private async Task<HttpResponseMessage> InsistAsync(Func<HttpRequestMessage> make, string who, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var token = await TokenAsync(who, ct);
                using var request = make();
                var answer = await SendAsync(request, who, token, ct);
                if (answer.StatusCode is HttpStatusCode.Unauthorized)
                    tokens.TryRemove(who, out _);
                else if ((int)answer.StatusCode is < 500 and not 429)
                    return answer;
                await HeedAsync(answer, request, ct);
                answer.Dispose();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
            {
                await LostAsync(exception, ct);
            }
        }
    }

    /// <summary>Waits as the answer asks, and complains where it does not say how long or should not have come.</summary>
    private async Task HeedAsync(HttpResponseMessage answer, HttpRequestMessage request, CancellationToken ct)
    {
        if (answer.Headers.RetryAfter?.Delta is { } wait)
        {
            NotNow++;
            await Task.Delay(wait, ct);
            return;
        }

        var problem = await CodeAsync(answer, ct);
        if (answer.StatusCode is not (HttpStatusCode.GatewayTimeout or HttpStatusCode.Unauthorized))
            journal.Complain($"{(int)answer.StatusCode} {problem} without Retry-After from {request.Method} {request.RequestUri!.AbsolutePath.Split('/').ElementAtOrDefault(3)}/…/{request.RequestUri.AbsolutePath.Split('/')[^1]}");
        await Task.Delay(afterLostAnswer, ct);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string who, string? token, CancellationToken ct)
    {
        request.RequestUri = new Uri(nodes[(Interlocked.Increment(ref turn) & int.MaxValue) % nodes.Count], request.RequestUri!);
        if (token is null)
            request.Headers.Add("X-Api-Key", DemoAccounts.ApiKeys.Single(key => key.Society == who).Text);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, ct);
    }

    /// <summary>Null for a partner society, which has a key instead.</summary>
    private async Task<string?> TokenAsync(string who, CancellationToken ct)
    {
        if (!who.Contains('@', StringComparison.Ordinal))
            return null;
        while (true)
        {
            if (tokens.TryGetValue(who, out var known))
                return known;
            try
            {
                using var asking = new HttpRequestMessage(HttpMethod.Post, new Uri(nodes[(Interlocked.Increment(ref turn) & int.MaxValue) % nodes.Count], "/api/v1/session"))
                {
                    Content = JsonContent.Create(new { email = who, password = DemoAccounts.Password }),
                };
                using var answer = await http.SendAsync(asking, ct);
                if (answer.IsSuccessStatusCode)
                    return tokens[who] = (await answer.Content.ReadFromJsonAsync<JsonNode>(ct))!["accessToken"]!.GetValue<string>();
                await HeedAsync(answer, asking, ct);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
            {
                await LostAsync(exception, ct);
            }
        }
    }

    private Task LostAsync(Exception exception, CancellationToken ct)
    {
        LostAnswers++;
        if (exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
            BrokenInHand++;
        return Task.Delay(afterLostAnswer, ct);
    }

    private static long? VersionOf(HttpResponseMessage answer) =>
        answer.Headers.ETag is { } tag && long.TryParse(tag.Tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static async Task<string?> CodeAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            return (await answer.Content.ReadFromJsonAsync<JsonNode>(ct))?["code"]?.GetValue<string>();
        }
        catch (JsonException)
        {
            return "unreadable";
        }
    }
}
