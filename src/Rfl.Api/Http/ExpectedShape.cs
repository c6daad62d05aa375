using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;

namespace Rfl.Api.Http;

/// <summary>
/// Turns the serializer's complaint about a body into what the sender has to change. The place comes from the exception, what belongs there from the type's
/// contract; the exception's own text names internal types and is not passed on.
/// </summary>
public static partial class ExpectedShape
{
    public static FieldProblem Explain(JsonException fault, Type? bodyType)
    {
        var path = JsonPath.OfException(fault.Path);
        // Faults within a list come wrapped: see ValueListConverter.
        while (fault.InnerException is JsonException inner)
        {
            fault = inner;
            path += inner.Path is null ? "" : inner.Path[1..];
        }

        if (Unknown().Match(fault.Message) is { Success: true } unknown)
            return new FieldProblem(Complete(path, unknown.Groups[1].Value), "member-unknown");
        if (Duplicate().Match(fault.Message) is { Success: true } twice)
            return new FieldProblem(Complete(path, twice.Groups[1].Value), "member-doubled");
        if (Missing().Match(fault.Message) is { Success: true } missing)
            return new FieldProblem(path.Length == 0 ? missing.Groups[1].Value : $"{path}.{missing.Groups[1].Value}", "member-missing");
        return bodyType is not null && TypeAt(Json.Options.GetTypeInfo(bodyType), path) is { } expected
            ? Expecting(path, expected)
            : new FieldProblem(path, "value-unfit");
    }

    /// <summary>What a value of the type has to look like.</summary>
    public static FieldProblem Expecting(string path, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return new FieldProblem(path, "not-one-of", [NamesOf(type)]);
        if (type == typeof(Guid) || type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>)))
            return new FieldProblem(path, "not-a-uuid");
        var code = Type.GetTypeCode(type) switch
        {
            TypeCode.String => "not-a-text",
            TypeCode.Boolean => "not-true-or-false",
            TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Byte => "not-a-whole-number",
            TypeCode.Decimal or TypeCode.Double or TypeCode.Single => "not-a-number",
            _ when type == typeof(DateTimeOffset) => "not-an-instant",
            _ when type == typeof(DateOnly) => "not-a-day",
            _ when type == typeof(TimeOnly) => "not-a-time",
            _ when type.Name == "UncertainDate" => "not-an-uncertain-date",
            _ when Json.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object => "not-an-object",
            _ when type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) => "not-a-list",
            _ => "value-unfit",
        };
        return new FieldProblem(path, code);
    }

    /// <summary>An enum's values as the API writes them.</summary>
    public static string NamesOf(Type enumType) =>
        string.Join(", ", Enum.GetNames(enumType).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static Type? TypeAt(JsonTypeInfo? type, string path)
    {
        foreach (Match step in Step().Matches(path))
        {
            if (type is null)
                return null;
            var next = step.Groups["key"].Success
                ? type.Kind == JsonTypeInfoKind.Dictionary
                    ? type.ElementType
                    : type.Properties.FirstOrDefault(property => property.Name == step.Groups["key"].Value)?.PropertyType
                : ElementOf(type);
            type = next is null ? null : Json.Options.GetTypeInfo(next);
        }

        return type?.Type;
    }

    private static Type? ElementOf(JsonTypeInfo type) =>
        type.ElementType
        ?? type.Type.GetInterfaces().FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];

    /// <summary>The serializer names the member sometimes in the path, sometimes beside it.</summary>
    private static string Complete(string path, string member) =>
        path.Length == 0 ? member
        : path == member || path.EndsWith("." + member, StringComparison.Ordinal) || path.EndsWith($"['{member}']", StringComparison.Ordinal) ? path
        : $"{path}.{member}";

    [GeneratedRegex("^The JSON property '(.{0,60})' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("^Duplicate property '(.{0,60})' encountered")]
    private static partial Regex Duplicate();

    [GeneratedRegex("missing required properties including: '(.{1,60}?)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"(?<key>[^.\[\]']+)|\[(?<index>[0-9]+)\]|\['(?<key>[^']*)'\]")]
    private static partial Regex Step();
}
