using System.Text.Json.Nodes;

namespace Rfl.Torture.Fuzzing;

/// <summary>One operation as the service describes it.</summary>
internal sealed record Operation(string Path, string Method, JsonObject Described, IReadOnlySet<string> MethodsOfPath)
{
    public string Name => Described["operationId"]?.GetValue<string>() ?? $"{Method} {Path}";

    public JsonNode? Example => Described["requestBody"]?["content"]?["application/json"]?["example"];

    public JsonNode? BodySchema => Described["requestBody"]?["content"]?["application/json"]?["schema"];

    public IEnumerable<(string Name, JsonNode Schema, bool Required)> Parameters(string place) =>
        from parameter in Described["parameters"]?.AsArray() ?? []
        where parameter!["in"]!.GetValue<string>() == place
        select (parameter["name"]!.GetValue<string>(), parameter["schema"]!, parameter["required"]?.GetValue<bool>() ?? false);

    /// <summary>The schema of an answer's body; null where it has none.</summary>
    public bool Describes(int status, string? mediaType, out JsonNode? schema)
    {
        schema = null;
        if (Described["responses"]?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] is not { } response)
            return false;
        if (response["content"] is not JsonObject content)
            return mediaType is null;
        if (mediaType is null || content[mediaType] is not { } media)
            return false;
        schema = media["schema"];
        return true;
    }
}

/// <summary>The service's own description (OpenAPI 3.0), from which all requests are made and by which all answers are judged.</summary>
internal sealed class Description(JsonObject document)
{
    private static readonly string[] methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           let of = path.Value!.AsObject().Where(one => methods.Contains(one.Key)).ToList()
           from operation in of
           select new Operation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject(), of.Select(one => one.Key.ToUpperInvariant()).ToHashSet()),
    ];

    /// <summary>What does not fit the schema; null where all does.</summary>
    public string? Misfit(JsonNode? value, JsonNode schema, string at = "$")
    {
        if (schema["$ref"] is { } reference)
            return Misfit(value, document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!, at);
        if (value is null)
            return schema["nullable"]?.GetValue<bool>() is true || schema["type"] is null ? null : $"{at} is null";
        if (schema["enum"] is JsonArray values && !values.Any(allowed => JsonNode.DeepEquals(allowed, value)))
            return $"{at} is {value.ToJsonString()}, none of the described values";
        return schema["type"]?.GetValue<string>() switch
        {
            "object" => MisfitOfObject(value, schema, at),
            "array" => value is JsonArray items
                ? items.Select((item, i) => Misfit(item, schema["items"]!, $"{at}[{i}]")).FirstOrDefault(misfit => misfit is not null)
                : $"{at} is no array",
            "string" => MisfitOfText(value, schema["format"]?.GetValue<string>(), at),
            "boolean" => value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False ? null : $"{at} is no boolean",
            "integer" => value.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
                ? null : $"{at} is no integer",
            "number" => value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? null : $"{at} is no number",
            _ => null,
        };
    }

    private string? MisfitOfObject(JsonNode value, JsonNode schema, string at)
    {
        if (value is not JsonObject members)
            return $"{at} is no object";
        var described = schema["properties"] as JsonObject ?? [];
        var missing = (schema["required"] as JsonArray)?.Select(name => name!.GetValue<string>()).FirstOrDefault(name => !members.ContainsKey(name));
        if (missing is not null)
            return $"{at}.{missing} is missing";
        foreach (var (name, member) in members)
        {
            if (described[name] is { } of)
            {
                // Members that are not required may be left out, and some are written as null instead.
                if (Misfit(member, of, $"{at}.{name}") is { } misfit)
                    return misfit;
            }
            else if (schema["additionalProperties"] is JsonObject further)
            {
                if (Misfit(member, further, $"{at}.{name}") is { } misfit)
                    return misfit;
            }
            else if (schema["additionalProperties"]?.GetValue<bool>() is not true && described.Count > 0)
            {
                return $"{at}.{name} is not described";
            }
        }

        return null;
    }

    private static string? MisfitOfText(JsonNode value, string? format, string at)
    {
        if (value.GetValueKind() != System.Text.Json.JsonValueKind.String)
            return $"{at} is no text";
        var text = value.GetValue<string>();
        var fits = format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _),
            "date-time" => DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        return fits ? null : $"{at} is no {format}";
    }
}
