using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rfl.Demo;

/// <summary>The service as its clients see it: sign-in, partner keys, versions, idempotency keys.</summary>
internal sealed class Service(HttpClient http)
{
    public const string Api = "/api/v1";

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Dictionary<string, (string Token, DateTimeOffset Until)> tokens = [];

    /// <summary>Carries out a command.</summary>
    /// <param name="who">The e-mail address of an account, or the code of a partner society.</param>
    /// <param name="key">Names this step for ever: sent again, it has no second effect.</param>
    /// <param name="decidesOn">What the command decides on, as somebody who may read it; its version goes along.</param>
    /// <exception cref="DemoException">The service refused.</exception>
    public async Task DoAsync(HttpMethod method, string path, string who, Guid key, object? body = null, (string Path, string Reader)? decidesOn = null)
    {
        var version = decidesOn is { } read ? (await ReadAsync(read.Path, read.Reader)).Version : null;
        using var answer = await SendAsync(() =>
        {
            var request = new HttpRequestMessage(method, Api + path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: json) };
            request.Headers.Add("Idempotency-Key", key.ToString());
            if (version is not null)
                request.Headers.IfMatch.Add(version);
            return request;
        }, who);
        if (!answer.IsSuccessStatusCode)
            throw await RefusalAsync(answer);
    }

    /// <returns>The body and the version; nothing where the service knows nothing of it.</returns>
    public async Task<(JsonElement? Body, EntityTagHeaderValue? Version)> ReadAsync(string path, string who)
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Api + path), who);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return (null, null);
        if (!answer.IsSuccessStatusCode)
            throw await RefusalAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(json), answer.Headers.ETag);
    }

    /// <summary>Waits where the service asks to go slower.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, string who)
    {
        while (true)
        {
            using var request = make();
            if (Accounts.PartnerKeys.TryGetValue(who, out var key))
                request.Headers.Add("X-Api-Key", key);
            else
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(who));
            var answer = await http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                return answer;
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5));
            answer.Dispose();
        }
    }

    private async Task<string> TokenAsync(string account)
    {
        if (tokens.TryGetValue(account, out var known) && DateTimeOffset.UtcNow < known.Until)
            return known.Token;
        using var answer = await http.PostAsJsonAsync($"{Api}/session", new { email = account, password = Accounts.Password });
        if (answer.StatusCode is HttpStatusCode.Unauthorized)
        {
            throw new DemoException(
                $"The server at {http.BaseAddress} does not know the demo accounts, so nothing was done. They exist only outside Production, and where Rfl__DemoData is not false.");
        }

        if (!answer.IsSuccessStatusCode)
            throw new DemoException($"{http.BaseAddress} did not let {account} sign in ({(int)answer.StatusCode}). Is it the address of RFL?");
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        tokens[account] = (token, DateTimeOffset.UtcNow.AddMinutes(10));
        return token;
    }

    private static async Task<DemoException> RefusalAsync(HttpResponseMessage answer) => new(
        $"The service refused {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
}

/// <summary>The message is for whoever runs the demo.</summary>
internal sealed class DemoException(string message) : Exception(message);
