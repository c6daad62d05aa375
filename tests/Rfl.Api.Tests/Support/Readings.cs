using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Tests.Support;

/// <summary>
/// Every address that can be read: each GET operation of the API's own description with every id that means something there and every value of every filter.
/// A new endpoint is among them without being named here.
/// </summary>
/// <param name="cases">The requests to ask for; their references stand in addresses as <see cref="ReferenceOf"/>.</param>
/// <param name="searches">Partner searches of a request, by its number.</param>
/// <param name="moments">Instants to ask for, where the past can be asked for.</param>
internal sealed class Readings(
    IReadOnlyList<Scenario> cases, Func<Scenario, IEnumerable<Guid>> searches, Func<Scenario, IEnumerable<Guid>> others, IReadOnlyList<DateTimeOffset> moments)
{
    /// <summary>What stands for a request's reference in addresses and answers: references are drawn by lot.</summary>
    public static string ReferenceOf(Scenario story) => $"~reference-{story.Number}~";

    /// <returns>For each operation its plain address, and the same with filters.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">The description leaves an endpoint out.</exception>
    public async Task<IReadOnlyList<(string Plain, IReadOnlyList<string> Filtered, bool Paged)>> OfAsync(RflApi api)
    {
        var text = await api.Anybody.GetStringAsync("/swagger/v1/swagger.json");
        var document = JsonDocument.Parse(text).RootElement;
        var operations = document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)).ToList();
        AssertComplete(api, operations.Select(path => path.Name));
        var addresses = new List<(string, IReadOnlyList<string>, bool)>();
        foreach (var operation in operations)
        {
            var parameters = operation.Value.GetProperty("get").TryGetProperty("parameters", out var declared) ? declared.EnumerateArray().ToList() : [];
            var query = parameters.Where(parameter => In(parameter) == "query").ToList();
            var required = string.Concat(query.Where(IsRequired).Select(parameter => $"{Name(parameter)}={Values(parameter, document)[0]}&"));
            var filters = query.Where(parameter => !IsRequired(parameter) && Name(parameter) is not ("limit" or "cursor"))
                .SelectMany(parameter => Values(parameter, document).Select(value => $"{Name(parameter)}={value}"))
                .ToList();
            foreach (var path in Filled(operation.Name))
                addresses.Add(($"{path}?{required}", [.. filters.Select(filter => $"{path}?{required}{filter}")], query.Any(parameter => Name(parameter) == "cursor")));
        }

        addresses.AddRange([("/health/live", [], false), ("/health/ready", [], false)]);
        return addresses;
    }

    private static void AssertComplete(RflApi api, IEnumerable<string> described)
    {
        var mapped = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/'));
        Assert.Equal(mapped.Order(), described.Select(path => path.TrimEnd('/')).Order());
    }

    /// <summary>The address with every id that fits: those of one request together, and one foreign one.</summary>
    private IEnumerable<string> Filled(string path)
    {
        var segments = path.Split('/');
        var filled = new List<(string Path, int? Number)> { ("", null) };
        for (var i = 1; i < segments.Length; i++)
        {
            if (!segments[i].StartsWith('{'))
            {
                filled = [.. filled.Select(start => ($"{start.Path}/{segments[i]}", start.Number))];
                continue;
            }

            var fitting = Fitting(segments[i].Trim('{', '}'), segments[i - 1]).ToList();
            filled =
            [
                .. from start in filled
                   from value in fitting
                   where start.Number is not { } number || value.Number is not { } own || own == number || own == number + 1
                   select ($"{start.Path}/{value.Text}", start.Number ?? value.Number),
            ];
        }

        return filled.Select(address => address.Path);
    }

    private IEnumerable<(int? Number, string Text)> Fitting(string parameter, string before) => (parameter, before) switch
    {
        ("tracingRequestId", _) or ("id", "tracing-requests") => cases.Select(story => ((int?)story.Number, story.Id.ToString())),
        ("personId", _) => cases.SelectMany(story => new[] { story.SoughtPerson, story.Enquirer }.Select(person => ((int?)story.Number, person.ToString()))),
        ("searchId", _) or ("id", "searches") => cases.SelectMany(story => searches(story).Select(search => ((int?)story.Number, search.ToString()))),
        ("reference", _) => cases.Select(story => ((int?)null, ReferenceOf(story))),
        ("id", "accounts") => [(null, DemoAccounts.Caseworker.Id.ToString()), (null, DemoAccounts.DisclosureOfficer.Id.ToString())],
        ("job", _) => [(null, "chasing-deadlines"), (null, "chasing-circle-deadlines")],
        ("country", _) => [(null, "TR")],
        ("year", _) => [(null, "2026")],
        ("society" or "partner" or "code", _) => [(null, "ET")],
        // Whatever else there may be: every id of every request.
        _ => cases.SelectMany(story => new[] { story.Id, story.SoughtPerson, story.Enquirer }.Concat(searches(story)).Concat(others(story))
            .Select(id => ((int?)story.Number, id.ToString()))),
    };

    private List<string> Values(JsonElement parameter, JsonElement document)
    {
        var schema = Schema(parameter.GetProperty("schema"), document);
        if (schema.TryGetProperty("enum", out var values))
            return [.. values.EnumerateArray().Select(value => value.ToString())];
        var format = schema.TryGetProperty("format", out var stated) ? stated.GetString() : null;
        return (Name(parameter), format) switch
        {
            ("from" or "openedFrom" or "dueFrom", "date") => ["2026-11-01"],
            (_, "date") => ["2027-12-31"],
            (_, "date-time") => [.. moments.Select(moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))],
            ("caseworker", _) => [DemoAccounts.Caseworker.Id.ToString()],
            ("partner" or "society", _) => ["DE", "ET"],
            ("country", _) => ["TR"],
            ("region" or "inRegion", _) => [DemoAccounts.HautsDeFrance],
            _ when schema.TryGetProperty("type", out var type) && type.ToString() == "boolean" => ["true", "false"],
            (_, "uuid") => [.. cases.Select(story => story.Id.ToString())],
            _ => ["1"],
        };
    }

    private static JsonElement Schema(JsonElement schema, JsonElement document)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        foreach (var of in new[] { "allOf", "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(of, out var inner))
                return Schema(inner[0], document);
        }

        return schema;
    }

    private static string Name(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    private static string In(JsonElement parameter) => parameter.GetProperty("in").GetString()!;

    private static bool IsRequired(JsonElement parameter) => parameter.TryGetProperty("required", out var required) && required.GetBoolean();
}
