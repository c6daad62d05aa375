using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Http;

/// <summary>
/// Query and route values under the same rules as the JSON body: whole Unicode, NFC, no unknown names (a misspelt filter would quietly show everything),
/// enums by name only.
/// </summary>
public static class Parameters
{
    public static void Check(HttpContext context, Endpoint endpoint, int longest, List<FieldProblem> problems)
    {
        var bound = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>();
        var readsQueryItself = bound.Any(parameter =>
            parameter.ParameterInfo.ParameterType == typeof(HttpContext) || parameter.ParameterInfo.ParameterType == typeof(HttpRequest));
        Dictionary<string, StringValues> accepted = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in context.Request.Query)
        {
            var parameter = bound.FirstOrDefault(parameter => NameOf(parameter.ParameterInfo).Equals(name, StringComparison.OrdinalIgnoreCase));
            if (parameter is null && !readsQueryItself)
            {
                problems.Add(new FieldProblem(Short(name), "parameter-unknown"));
                continue;
            }

            var texts = values.Select(value => Text(name, value, longest, problems));
            if (parameter is not null && EnumOf(parameter.ParameterInfo.ParameterType) is { } allowed)
                texts = texts.Select(value => Member(name, value, allowed, problems));
            accepted[name] = new StringValues([.. texts]);
        }

        if (accepted.Count > 0)
            context.Request.Query = new QueryCollection(accepted);
        foreach (var (name, value) in context.Request.RouteValues.ToArray())
        {
            if (value is string text)
                context.Request.RouteValues[name] = Text(name, text, longest, problems);
        }
    }

    private static string? Text(string name, string? value, int longest, List<FieldProblem> problems)
    {
        if (value is null)
            return null;
        // Bytes that are not UTF-8 arrive here as the replacement character.
        var fault = value.Contains('\uFFFD') ? TextRules.Unreadable : null;
        var accepted = value;
        fault ??= TextRules.Fault(value, longest, out accepted);
        if (fault is not null)
            problems.Add(new FieldProblem(name, fault, fault == TextRules.TooLong ? [longest.ToString(CultureInfo.InvariantCulture)] : default));
        return accepted;
    }

    /// <summary>The enum's member as the framework binds it; the API writes it in camel case.</summary>
    private static string? Member(string name, string? value, Type allowed, List<FieldProblem> problems)
    {
        if (string.IsNullOrEmpty(value))
            return value;
        var member = Enum.GetNames(allowed).FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (member is null)
            problems.Add(new FieldProblem(name, "not-one-of", [ExpectedShape.NamesOf(allowed)]));
        return member;
    }

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name ?? "";

    private static Type? EnumOf(Type type)
    {
        type = type.IsArray ? type.GetElementType()! : type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? type : null;
    }

    private static string Short(string name) =>
        name.Length <= 60 && TextRules.Fault(name, 60, out _) is null ? name : "";
}
