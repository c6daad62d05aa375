using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rfl.Api.Tests.Http;

/// <summary>Every no is a problem document in the caller's language, with a stable code and nothing that gives more away.</summary>
public sealed class ProblemTests(ProbeApi api) : IClassFixture<ProbeApi>
{
    private static readonly string known = $"/api/v1/probes/{GetProbeHandler.Known}";
    private static readonly string unknown = $"/api/v1/probes/{Guid.Parse("0198c5b2-ffff-7000-8000-000000000000")}";

    [Theory]
    [InlineData("en", "Not found")]
    [InlineData("fr", "Introuvable")]
    [InlineData("fr-CA", "Introuvable")]
    [InlineData("ar", "Not found")]
    public async Task Speaks_the_callers_language(string language, string title)
    {
        using var client = api.Client(language);
        using var answer = await client.GetAsync(unknown);
        var problem = await Expect.ProblemAsync(answer, 404, "not-found");
        Assert.Equal(title, problem.GetProperty("title").GetString());
        Assert.Equal([language.StartsWith("fr", StringComparison.Ordinal) ? "fr" : "en"], answer.Content.Headers.ContentLanguage);
    }

    [Theory]
    [InlineData("de, fr;q=0.5, en;q=0.4", "fr")]
    [InlineData("en;q=0.1, fr;q=0.9", "fr")]
    [InlineData("fr;q=0, en", "en")]
    [InlineData("\u0001;;;q=x", "en")]
    public async Task Weighs_the_languages_accepted(string header, string language)
    {
        using var client = api.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, unknown);
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        request.Headers.TryAddWithoutValidation("Accept-Language", header.Replace("\u0001", "?", StringComparison.Ordinal));
        using var answer = await client.SendAsync(request);
        Assert.Equal([language], answer.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task Not_there_not_yours_and_no_such_address_are_the_same_answer()
    {
        using var client = api.Client();
        var bodies = new List<string>();
        foreach (var path in new[] { unknown, "/api/v1/probes/not-a-uuid-at-all", "/api/v1/nothing-here", "/nothing" })
        {
            using var answer = await client.GetAsync(path);
            await Expect.ProblemAsync(answer, 404, "not-found");
            bodies.Add(await answer.Content.ReadAsStringAsync());
        }

        using var change = await ChangeAsync("absent");
        bodies.Add(await change.Content.ReadAsStringAsync());
        Assert.Single(bodies.Distinct());
    }

    [Fact]
    public async Task Who_has_not_signed_in_gets_401_and_who_may_not_gets_403()
    {
        using var nobody = api.Client(roles: null);
        using var unsigned = await nobody.GetAsync(known);
        await Expect.ProblemAsync(unsigned, 401, "not-signed-in");
        using var volunteer = api.Client(roles: "FieldVolunteer");
        using var answer = await volunteer.GetAsync(known);
        await Expect.ProblemAsync(answer, 403, "not-allowed");
        using var open = await nobody.GetAsync("/api/v1/probes/open");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Fact]
    public async Task Wrong_method_format_and_rate_are_problems_too()
    {
        using var client = api.Client();
        using var deleted = await client.DeleteAsync("/api/v1/probes/echo");
        await Expect.ProblemAsync(deleted, 405, "method-not-allowed");
        using var limited = await client.GetAsync("/api/v1/probes/limited");
        await Expect.ProblemAsync(limited, 429, "too-many-requests");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var html = await client.GetAsync(known);
        await Expect.ProblemAsync(html, 406, "not-acceptable");
        client.DefaultRequestHeaders.Accept.Clear();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html, application/json;q=0.5");
        using var both = await client.GetAsync(known);
        Assert.Equal(HttpStatusCode.OK, both.StatusCode);
    }

    [Fact]
    public async Task A_fault_tells_the_trace_and_nothing_else()
    {
        using var client = api.Client();
        using var answer = await client.GetAsync("/api/v1/probes/fault");
        var problem = await Expect.ProblemAsync(answer, 500, "internal-error");
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.Equal(["code", "detail", "status", "title", "traceId", "type"], problem.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("0612345678", api.Log.All, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", api.Log.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused", 409, "not-allowed")]
    [InlineData("different", 409, "content-differs")]
    [InlineData("key-reused", 422, "idempotency-key-reused")]
    [InlineData("edit", 428, "version-required")]
    public async Task Outcomes_become_problems(string kind, int status, string code)
    {
        using var answer = await ChangeAsync(kind);
        var problem = await Expect.ProblemAsync(answer, status, code);
        Assert.Equal(kind == "refused", problem.TryGetProperty("field", out var field) && field.GetString() == "kind");
    }

    [Fact]
    public async Task The_version_decided_on_has_to_be_the_current_one()
    {
        using var stale = await ChangeAsync("edit", "\"6\"");
        await Expect.ProblemAsync(stale, 412, "version-stale");
        Assert.Equal("\"7\"", stale.Headers.ETag?.Tag);
        using var done = await ChangeAsync("edit", "\"7\"");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("\"8\"", done.Headers.ETag?.Tag);
        Assert.Equal(8, (await done.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Nothing_to_do_is_answered_before_the_version_is_judged()
    {
        using var answer = await ChangeAsync("already", "\"3\"");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("W/\"7\"")]
    [InlineData("7")]
    [InlineData("\"7\", \"8\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task If_match_takes_one_etag_of_ours(string header)
    {
        using var answer = await ChangeAsync("edit", header);
        var problem = await Expect.ProblemAsync(answer, 400, "request-invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty("If-Match", out _));
    }

    [Fact]
    public async Task What_was_made_has_a_location_and_a_version()
    {
        using var created = await ChangeAsync("created");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(known, created.Headers.Location?.OriginalString);
        Assert.Equal("\"1\"", created.Headers.ETag?.Tag);
        using var nothing = await ChangeAsync("nothing");
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        using var client = api.Client();
        using var found = await client.GetAsync(known);
        Assert.Equal("\"7\"", found.Headers.ETag?.Tag);
    }

    [Theory]
    [InlineData("8f14e45f-ceea-467f-9575-0b3f9f1b2c3d", true)]
    [InlineData("tablet-17/2026-11-22/3", true)]
    [InlineData("two words", false)]
    public async Task An_idempotency_key_is_a_short_visible_text(string key, bool taken)
    {
        using var answer = await ChangeAsync("key", idempotencyKey: key);
        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        if (taken)
            Assert.Equal(key, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("idempotencyKey").GetString());
        using var longer = await ChangeAsync("key", idempotencyKey: new string('k', 101));
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
    }

    [Fact]
    public async Task Validators_name_the_member_as_it_was_sent_and_never_its_value()
    {
        using var client = api.Client("fr");
        using var answer = await client.PostAsJsonAsync(known + "/changes", new { kind = "a kind of more than twenty characters", note = "ab" });
        var problem = await Expect.ProblemAsync(answer, 400, "request-invalid");
        Assert.Equal("Envoyez au plus 20 caractères.", problem.GetProperty("errors").GetProperty("kind")[0].GetString());
        Assert.Equal("Envoyez au moins 3 caractères.", problem.GetProperty("errors").GetProperty("note")[0].GetString());
        Assert.DoesNotContain("more than twenty", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?limit=many", "limit", "not-a-whole-number")]
    [InlineData("?kind=1", "kind", "not-one-of")]
    [InlineData("?kind=nothing", "kind", "not-one-of")]
    [InlineData("?born-after=2026-02-30", "bornAfter", "not-a-day")]
    [InlineData("?limmit=3", "limmit", "parameter-unknown")]
    [InlineData("?text=%00", "text", "control-character")]
    [InlineData("?text=%EF%BF%BE", "text", "text-unreadable")]
    [InlineData("?text=a%F0%9F%BF%BF", "text", "text-unreadable")]
    [InlineData("?text=%EF%B7%90", "text", "text-unreadable")]
    [InlineData("?text=%ef%bf%bd", "text", "text-unreadable")]
    [InlineData("?text=a&text=%07", "text", "control-character")]
    public async Task Parameters_are_as_strict_as_bodies(string query, string name, string code)
    {
        using var client = api.Client();
        using var answer = await client.GetAsync("/api/v1/probes/search" + query);
        var problem = await Expect.ProblemAsync(answer, 400, "request-invalid");
        Assert.Equal(code, problem.GetProperty("errorCodes").GetProperty(name)[0].GetString());
    }

    [Fact]
    public async Task Parameters_become_nfc()
    {
        using var client = api.Client();
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/probes/search?text=Re%CC%82bwar&kind=ownLists&limit=3&born-after=1998-04-12");
        Assert.Equal("R\u00EAbwar", answer.GetProperty("text").GetString());
        Assert.Equal("ownLists", answer.GetProperty("kind").GetString());
        Assert.Equal("1998-04-12", answer.GetProperty("bornAfter").GetString());
    }

    [Fact]
    public async Task A_cursor_opens_only_as_it_was_given()
    {
        using var client = api.Client();
        var first = await client.GetFromJsonAsync<JsonElement>("/api/v1/probes/page");
        var cursor = first.GetProperty("nextCursor").GetString()!;
        Assert.Matches("^[A-Za-z0-9_-]+$", cursor);
        var second = await client.GetFromJsonAsync<JsonElement>("/api/v1/probes/page?cursor=" + cursor);
        Assert.Equal("c after b", second.GetProperty("items")[0].GetString());

        var middle = cursor.Length / 2;
        var altered = cursor[..middle] + (cursor[middle] == 'A' ? 'B' : 'A') + cursor[(middle + 1)..];
        foreach (var wrong in new[] { altered, "x", cursor[..^4], Uri.EscapeDataString("{\"letter\":\"b\"}"), "%F0%9F%98%80" })
        {
            using var answer = await client.GetAsync("/api/v1/probes/page?cursor=" + wrong);
            var problem = await Expect.ProblemAsync(answer, 400, "request-invalid");
            Assert.Equal("cursor-invalid", problem.GetProperty("errorCodes").GetProperty("cursor")[0].GetString());
        }
    }

    [Fact]
    public async Task Every_answer_carries_its_correlation_and_tells_browsers_to_be_careful()
    {
        using var client = api.Client();
        using var generated = await client.GetAsync(known);
        Assert.True(Guid.TryParse(Assert.Single(generated.Headers.GetValues("X-Correlation-Id")), out _));
        Assert.Equal("no-store", generated.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(generated.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(generated.Headers.Contains("Server"));
        Assert.False(generated.Headers.Contains("Access-Control-Allow-Origin"));

        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var traced = await client.GetAsync(unknown);
        Assert.Equal("0af76519-16cd-43dd-8448-eb211c80319c", Assert.Single(traced.Headers.GetValues("X-Correlation-Id")));
        client.DefaultRequestHeaders.Add("X-Correlation-Id", "8f14e45f-ceea-467f-9575-0b3f9f1b2c3d");
        using var own = await client.GetAsync(unknown);
        Assert.Equal("8f14e45f-ceea-467f-9575-0b3f9f1b2c3d", Assert.Single(own.Headers.GetValues("X-Correlation-Id")));
    }

    private async Task<HttpResponseMessage> ChangeAsync(string kind, string? ifMatch = null, string? idempotencyKey = null)
    {
        using var client = api.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, known + "/changes") { Content = JsonContent.Create(new { kind }) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request);
    }
}
