using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Rfl.Api.Operations;

namespace Rfl.Api.Tests.Http;

/// <summary>What the people who run the service see, and what they do not.</summary>
public sealed class OperationsTests(ProbeApi api) : IClassFixture<ProbeApi>
{
    [Fact]
    public async Task Alive_is_whoever_answers()
    {
        using var client = api.Client(roles: null);
        var answer = await client.GetFromJsonAsync<JsonElement>("/health/live");
        Assert.Equal("healthy", answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Not_ready_without_its_database_and_says_only_what_is_missing()
    {
        using var client = api.Client(roles: null);
        using var answer = await client.GetAsync("/health/ready");
        Assert.Equal(503, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("unhealthy", JsonDocument.Parse(text).RootElement.GetProperty("checks").GetProperty("database").GetString());
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_name_the_route_and_neither_path_nor_query()
    {
        using var client = api.Client();
        using var found = await client.GetAsync("/api/v1/probes/search?text=Rebwar");
        await client.GetAsync($"/api/v1/probes/{GetProbeHandler.Known}");
        var own = api.Log.Of("Rfl.");
        Assert.Contains("GET /api/v1/probes/search 200", own, StringComparison.Ordinal);
        Assert.Contains("GET /api/v1/probes/{id:guid} 200", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Rebwar", own, StringComparison.Ordinal);
        Assert.Contains("GetProbe Found", own, StringComparison.Ordinal);
    }

    [Fact]
    public void Traces_keep_the_route_and_lose_the_address()
    {
        using var source = new ActivitySource("Rfl.Tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("GET /api/v1/cases?text=Rebwar", ActivityKind.Server)!;
        activity.SetTag("http.request.method", "GET").SetTag("http.route", "/api/v1/cases").SetTag("url.path", "/api/v1/cases").SetTag("url.query", "?text=Rebwar");
        new RoutesOnly().OnEnd(activity);
        Assert.Equal("GET /api/v1/cases", activity.DisplayName);
        Assert.DoesNotContain(activity.TagObjects, tag => tag.Value is string text && text.Contains("Rebwar", StringComparison.Ordinal));
    }
}
