using System.Text.Json;

namespace Rfl.Api.Tests.Http;

/// <summary>The API's description says of every operation what its code does.</summary>
public sealed class DescriptionTests(ProbeApi api) : IClassFixture<ProbeApi>
{
    [Fact]
    public async Task Every_operation_has_summary_id_tag_security_and_all_its_answers()
    {
        var document = await DocumentAsync();
        foreach (var (name, operation) in Operations(document))
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()), name);
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("operationId").GetString()), name);
            Assert.NotEmpty(operation.GetProperty("tags").EnumerateArray());
            Assert.True(operation.TryGetProperty("security", out _), name);
            foreach (var status in new[] { "400", "429", "500" })
                Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), $"{name} {status}");
            if (operation.TryGetProperty("requestBody", out var body))
                Assert.True(body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), $"{name} has no example");
        }
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = api.Client();
        var text = await client.GetStringAsync("/swagger/v1/swagger.json");
        return JsonDocument.Parse(text).RootElement;
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);
}
