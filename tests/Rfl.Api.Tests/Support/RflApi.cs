using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Api.Tests.Identity;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Support;

/// <summary>
/// The whole application on a database of its own, with the demo accounts and a clock that stands still until it is moved, by years if need be. Jobs run only
/// when a test runs them. One per test class: <c>IClassFixture&lt;RflApi&gt;</c>.
/// </summary>
public class RflApi : IdentityHost
{
    private readonly ConcurrentDictionary<object, HttpClient> callers = [];

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Identity:AccessTokenLifetime"] = "01:00:00",
        ["Identity:RequestsPerMinutePerApiKey"] = "100000",
    };

    /// <summary>A caller who has not signed in.</summary>
    public HttpClient Anybody => new(TestServer(Services).CreateHandler(), disposeHandler: true) { BaseAddress = new Uri("http://localhost") };

    /// <summary>A client that is signed in, and signs in again whenever the clock has moved past its session.</summary>
    public HttpClient As(DemoAccount account) => As(account, Services);

    /// <summary>The same on another node: see <see cref="IdentityHost.Start"/>.</summary>
    public HttpClient As(DemoAccount account, IServiceProvider node) =>
        new(new SignedIn(account, Clock) { InnerHandler = TestServer(node).CreateHandler() }) { BaseAddress = new Uri("http://localhost") };

    /// <summary>A partner society's system.</summary>
    public HttpClient As(DemoApiKey key)
    {
        var client = Anybody;
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        return client;
    }

    /// <summary>As <see cref="As(DemoAccount)"/>, kept and shared: not to be disposed of.</summary>
    public HttpClient Caller(DemoAccount account) => callers.GetOrAdd(account, _ => As(account));

    /// <inheritdoc cref="Caller(DemoAccount)"/>
    public HttpClient Caller(DemoApiKey key) => callers.GetOrAdd(key, _ => As(key));

    /// <summary>Moves the clock to an instant of the future.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        Assert.True(instant >= Clock.GetUtcNow(), "The clock is never put back.");
        Clock.Advance(instant - Clock.GetUtcNow());
    }

    private static TestServer TestServer(IServiceProvider node) => (TestServer)node.GetRequiredService<IServer>();

    private sealed class SignedIn(DemoAccount account, SettableClock clock) : DelegatingHandler
    {
        private readonly SemaphoreSlim signingIn = new(1);
        private string? token;
        private DateTimeOffset good;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await signingIn.WaitAsync(cancellationToken);
            try
            {
                if (token is null || clock.GetUtcNow() > good)
                {
                    using var asking = new HttpRequestMessage(HttpMethod.Post, new Uri(request.RequestUri!, "/api/v1/session"))
                    {
                        Content = JsonContent.Create(new { email = account.Email, password = DemoAccounts.Password }),
                    };
                    using var answer = await base.SendAsync(asking, cancellationToken);
                    answer.EnsureSuccessStatusCode();
                    token = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).Text("accessToken");
                    good = clock.GetUtcNow().AddMinutes(50);
                }
            }
            finally
            {
                signingIn.Release();
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return await base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            signingIn.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Requests and answers in JSON, as the API speaks it.</summary>
internal static class Speaking
{
    /// <param name="body">Null for none; a JSON node, or any value that the API's own settings write.</param>
    /// <param name="version">The version named in <c>If-Match</c>.</param>
    public static Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, long? version = null, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: body is JsonNode ? null : Json.Options);
        if (version is { } seen)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{seen}\""));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return client.SendAsync(request);
    }

    /// <summary>What was read; fails with the problem's text where it could not be.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await answer.BodyAsync();
    }

    /// <summary>Carries a command out; fails with the problem's text where it was refused.</summary>
    /// <returns>The version after it; 0 where the answer names none.</returns>
    public static async Task<long> DoAsync(this HttpClient client, HttpMethod method, string path, object? body = null, long? version = null)
    {
        using var answer = await client.SendAsync(method, path, body, version);
        await answer.BodyAsync();
        return answer.Version();
    }

    /// <summary>The body of a success.</summary>
    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The version in the answer's ETag; 0 where it has none.</summary>
    public static long Version(this HttpResponseMessage answer) =>
        answer.Headers.ETag is { } tag ? long.Parse(tag.Tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture) : 0;
}
