using System.Text.Json;

namespace Rfl.Api.Pipeline;

/// <summary>Where a member stands in the request's JSON.</summary>
public static class JsonPath
{
    /// <summary>
    /// The path of a message's member: <c>SoughtPersons[0].Names</c> becomes <c>soughtPersons[0].names</c>. A member named <c>Body</c> at the top holds what
    /// the client sent, and is left out.
    /// </summary>
    public static string Of(string? memberPath)
    {
        if (string.IsNullOrEmpty(memberPath))
            return "";
        var members = memberPath.Split('.');
        var sent = members is ["Body", ..] ? members.AsSpan(1) : members;
        return string.Join('.', sent.ToArray().Select(JsonNamingPolicy.CamelCase.ConvertName));
    }

    /// <summary>The path of a <see cref="JsonException"/>: <c>$.soughtPersons[0].names</c> becomes <c>soughtPersons[0].names</c>.</summary>
    public static string OfException(string? path) => path switch
    {
        null or "$" => "",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => path[2..],
        _ when path.StartsWith('$') => path[1..],
        _ => path,
    };
}
