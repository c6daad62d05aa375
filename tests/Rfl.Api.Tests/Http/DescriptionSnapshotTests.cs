using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Api.Tests.Support;
using Rfl.Testing;

namespace Rfl.Api.Tests.Http;

/// <summary>The API's description is what clients are generated from: a change of it is seen and meant.</summary>
public sealed class DescriptionSnapshotTests(RflApi api) : IClassFixture<RflApi>
{
    private static readonly JsonSerializerOptions readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_is_the_accepted_one()
    {
        using var anybody = api.Anybody;

        var description = JsonNode.Parse(await anybody.GetStringAsync("/swagger/v1/swagger.json"))!;

        Snapshot.Match(description.ToJsonString(readable) + "\n", "openapi.json");
    }
}
