using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Api.Http;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Support;

/// <summary>Cases to test with, carried through the API. Made of the API's own example of an interview: a mother who seeks her son, lost in Turkey.</summary>
internal static class Interviews
{
    private const string Requests = "/api/v1/tracing-requests";

    public static Guid Id(int number) => new($"c0000000-0000-4000-8000-{number:D12}");

    /// <summary>The path of a request, or of what is below it.</summary>
    public static string Case(int number, string below = "") => $"{Requests}/{Id(number)}{below}";

    /// <summary>The person of a request: 1 is the enquirer, 2 the sought person.</summary>
    public static Guid Person(int number, int person) => new($"c0000000-0000-4000-{8000 + person}-{number:D12}");

    /// <summary>An interview document with persons of its own; an adult lost in Turkey unless changed.</summary>
    public static JsonObject Document(this RflApi api, int number, Action<JsonObject>? change = null)
    {
        var endpoint = api.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Single(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == "ReceiveInterviewDocument");
        var example = endpoint.Metadata.GetRequiredMetadata<RequestExample>().Value;
        var document = JsonSerializer.SerializeToNode(example, example.GetType(), Json.Options)!.AsObject();
        var enquirer = document["enquirer"]!["enquirer"]!.GetValue<string>();
        var sought = document["soughtPersons"]![0]!["soughtPerson"]!.GetValue<string>();
        var consent = document["consents"]![0]!["consentId"]!.GetValue<string>();
        document = JsonNode.Parse(document.ToJsonString()
            .Replace(enquirer, Person(number, 1).ToString(), StringComparison.Ordinal)
            .Replace(sought, Person(number, 2).ToString(), StringComparison.Ordinal)
            .Replace(consent, Person(number, 3).ToString(), StringComparison.Ordinal))!.AsObject();
        document["soughtPersons"]![0]!["circumstances"] = new JsonObject();
        change?.Invoke(document);
        return document;
    }

    /// <summary>A submitted request, taken by the volunteer in Calais unless by another.</summary>
    public static async Task SubmitAsync(this RflApi api, int number, Action<JsonObject>? change = null, DemoAccount? by = null)
    {
        using var volunteer = api.As(by ?? DemoAccounts.Volunteer);
        await volunteer.DoAsync(HttpMethod.Put, Case(number, "/interview-document"), api.Document(number, change));
    }

    /// <summary>An accepted request, assigned to the demo caseworker unless it stays unassigned.</summary>
    /// <returns>Its version.</returns>
    public static async Task<long> AcceptAsync(this RflApi api, int number, Action<JsonObject>? change = null, bool assigned = true)
    {
        await api.SubmitAsync(number, change);
        using var supervisor = api.As(DemoAccounts.Supervisor);
        using var read = await supervisor.GetAsync(Case(number));
        var version = read.Version();
        version = await supervisor.DoAsync(HttpMethod.Post, Case(number, "/acceptance"), version: version);
        return assigned
            ? await supervisor.DoAsync(HttpMethod.Put, Case(number, "/assignment"), new { caseworkerId = DemoAccounts.Caseworker.Id }, version)
            : version;
    }
}
