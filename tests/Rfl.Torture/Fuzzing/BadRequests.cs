using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rfl.Torture.Fuzzing;

/// <summary>A request to try, with a name for what is odd about it.</summary>
/// <param name="Of">The operation whose description judges the answer; null where the answer only must be a refusal.</param>
internal sealed record Attempt(string Odd, Operation? Of, Func<HttpRequestMessage> Make);

/// <summary>What a request can be spoilt with, made from the description of its operation.</summary>
internal sealed class BadRequests(Random chance)
{
    private static readonly string[] texts =
    [
        "", " ", "\u0000", "\u202Etxet", "a\u0301\u0301\u0301\u0301", "🕯️🕯️", "' or 1=1 --", "${jndi:x}", "<script>", "../../etc", "%00", "\r\nX: y", "null", "-1", "\uFFFE", new string('x', 30_000),
    ];

    private static readonly string[] numbers = ["-1", "0", "1.5", "2147483648", "9223372036854775808", "1e308", "-1e-308", "123456789012345678901234567890"];

    private static readonly string[] dates = ["0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "2026-11-17T00:00:00Z", "17.11.2026"];

    private static readonly string[] queryValues = ["", "-1", "0", "999999999999", "x", "%00", "%ff%fe", "%", "true", "2026-02-30", "%F0%9F%95%AF", "a&a=b"];

    private static readonly string[] pathValues = ["x", "%00", "%2F", "..%2f", "%ff", "00000000-0000-0000-0000-000000000000", "%F0%9F%95%AF", "1e9"];

    /// <summary>Every way to spoil this request.</summary>
    /// <param name="good">The request with a path that exists, without body.</param>
    /// <param name="body">A body that is in shape; null where the operation takes none.</param>
    public IEnumerable<Attempt> Spoil(Operation operation, string path, Func<string, HttpRequestMessage> good, JsonNode? body)
    {
        foreach (var attempt in Headers(operation, path, good, body).Concat(Addresses(operation, path, good)).Concat(Methods(operation, path, good)))
            yield return attempt;
        if (body is null)
            yield break;
        foreach (var attempt in Members(body))
            yield return With($"{attempt.Odd} in the body", attempt.Body);
        foreach (var (odd, bytes) in Raw(body))
            yield return With(odd, bytes);

        Attempt With(string odd, byte[] bytes) => new(odd, operation, () =>
        {
            var request = good(path);
            request.Content = Json(bytes);
            return request;
        });
    }

    public static HttpContent Json(byte[] bytes, string type = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private IEnumerable<(string Odd, byte[] Body)> Members(JsonNode body)
    {
        foreach (var place in Places(body, []))
        {
            if (place.Count > 0 && place[^1] is string)
                yield return ("missing member", Changed(body, place, (parent, key) => parent.AsObject().Remove((string)key)));
            yield return ("null", Set(body, place, null));
            yield return ("wrong type", Set(body, place, Any<JsonNode?>(17, "text", true, new JsonArray(1), new JsonObject { ["a"] = 1 }, new JsonArray())));
            yield return ("boundary", place.Count == 0 ? Bytes(new JsonArray()) : Boundary(body, place));
        }

        if (body is JsonObject)
        {
            yield return ("unknown member", Changed(body, ["unknownToAll"], (parent, key) => parent[(string)key] = "x"));
            yield return ("many unknown members", Changed(body, ["m"], (parent, _) => Enumerable.Range(0, 5000).ToList().ForEach(n => parent[$"m{n}"] = n)));
        }
    }

    private byte[] Boundary(JsonNode body, List<object> place)
    {
        var before = place.Aggregate(body, (node, key) => key is string name ? node[name]! : node[(int)key]!);
        return before.GetValueKind() switch
        {
            JsonValueKind.Number => Encoding.UTF8.GetBytes(Marked(body, place).Replace("\"~mark~\"", Any(numbers), StringComparison.Ordinal)),
            JsonValueKind.String when before.GetValue<string>() is [_, _, _, _, '-', _, _, '-', ..] => Set(body, place, Any(dates)),
            JsonValueKind.Array => Set(body, place, new JsonArray([.. Enumerable.Range(0, 3000).Select(_ => before.AsArray().FirstOrDefault()?.DeepClone())])),
            // A lone surrogate can only be written as its escape.
            JsonValueKind.String when chance.Next(8) == 0 => Encoding.UTF8.GetBytes(Marked(body, place).Replace("~mark~", "\\ud800", StringComparison.Ordinal)),
            _ => Set(body, place, Any(texts)),
        };
    }

    private IEnumerable<(string Odd, byte[] Body)> Raw(JsonNode body)
    {
        var good = Bytes(body);
        yield return ("empty body", []);
        yield return ("cut body", good[..(good.Length / 2)]);
        yield return ("body with more after it", [.. good, .. "{}"u8]);
        yield return ("byte order mark", [0xEF, 0xBB, 0xBF, .. good]);
        yield return ("UTF-16 body", Encoding.Unicode.GetBytes(body.ToJsonString()));
        yield return ("deep body", Encoding.UTF8.GetBytes(new string('[', 20_000)));
        yield return ("deep and closed body", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500)));
        yield return (Fuzzer.Huge, Encoding.UTF8.GetBytes($"\"{new string('x', 3 * 1024 * 1024)}\""));
        yield return ("number for a body", "1"u8.ToArray());
        yield return ("null for a body", "null"u8.ToArray());
        yield return ("same member twice", [.. "{\"a\":1,"u8, .. good.AsSpan(1)]);
        var spoilt = good.ToArray();
        for (var n = 0; n < 3 && spoilt.Length > 4; n++)
            spoilt[chance.Next(1, spoilt.Length - 1)] = (byte)chance.Next(0x80, 0x100);
        yield return ("invalid UTF-8", spoilt);
        var noise = new byte[200];
        chance.NextBytes(noise);
        yield return ("noise", noise);
    }

    private static IEnumerable<Attempt> Headers(Operation operation, string path, Func<string, HttpRequestMessage> good, JsonNode? body)
    {
        foreach (var (name, value) in new (string, string)[]
        {
            ("If-Match", "*"), ("If-Match", "W/\"1\""), ("If-Match", "\"1\", \"2\""), ("If-Match", "\"99999999999999999999\""), ("If-Match", "1"), ("If-Match", "\"987654\""),
            ("Idempotency-Key", ""), ("Idempotency-Key", new string('k', 200)), ("Idempotency-Key", "a b"), ("Accept", "text/html"), ("Accept", "nonsense"),
            ("Accept-Language", "tlh, *;q=0.1"), ("X-Correlation-Id", "none"), ("Content-Encoding", "gzip"), ("Range", "bytes=0-1"),
        })
        {
            yield return new Attempt($"{name}: {value[..Math.Min(20, value.Length)]}", operation, () =>
            {
                var request = good(path);
                if (body is not null)
                    request.Content = Json(Bytes(body));
                if (name == "Content-Encoding")
                {
                    request.Content?.Headers.TryAddWithoutValidation(name, value);
                    return request;
                }

                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
                return request;
            });
        }

        if (body is null)
            yield break;
        foreach (var type in new[] { "text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", "application/x-www-form-urlencoded", "nonsense", "" })
        {
            yield return new Attempt($"Content-Type: {type}", operation, () =>
            {
                var request = good(path);
                request.Content = Json(Bytes(body), type);
                return request;
            });
        }
    }

    private static IEnumerable<Attempt> Addresses(Operation operation, string path, Func<string, HttpRequestMessage> good)
    {
        foreach (var (name, _, _) in operation.Parameters("query"))
        {
            foreach (var value in queryValues)
                yield return new Attempt($"?{name}={value}", operation, () => good($"{path.Split('?')[0]}?{name}={value}"));
            yield return new Attempt($"?{name} without end", operation, () => good($"{path.Split('?')[0]}?{name}={new string('9', 4000)}"));
        }

        yield return new Attempt("unknown parameter", operation, () => good($"{path.Split('?')[0]}?unknownToAll=1"));
        var segments = path.Split('?')[0].Split('/');
        var described = operation.Path.Split('/');
        for (var i = 0; i < segments.Length && i < described.Length; i++)
        {
            if (!described[i].StartsWith('{'))
                continue;
            foreach (var value in pathValues)
            {
                var at = i;
                yield return new Attempt($"{described[i]} = {value}", null, () => good(string.Join('/', segments.Select((segment, n) => n == at ? value : segment))));
            }
        }
    }

    private static IEnumerable<Attempt> Methods(Operation operation, string path, Func<string, HttpRequestMessage> good) =>
        from method in new[] { "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "LINK" }
        where !operation.MethodsOfPath.Contains(method)
        select new Attempt($"method {method}", null, () =>
        {
            var request = good(path);
            request.Method = new HttpMethod(method);
            return request;
        });

    /// <summary>The ways to every value of a body, as member names and positions.</summary>
    private static IEnumerable<List<object>> Places(JsonNode? node, List<object> way)
    {
        yield return way;
        var below = node switch
        {
            JsonObject members => members.SelectMany(member => Places(member.Value, [.. way, member.Key])),
            JsonArray items => items.Take(1).SelectMany(item => Places(item, [.. way, 0])),
            _ => [],
        };
        foreach (var place in below)
            yield return place;
    }

    private static byte[] Set(JsonNode body, List<object> place, JsonNode? value) => place.Count == 0
        ? Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "null")
        : Changed(body, place, (parent, key) =>
        {
            if (key is string name)
                parent[name] = value?.DeepClone();
            else
                parent[(int)key] = value?.DeepClone();
        });

    private static string Marked(JsonNode body, List<object> place) => Encoding.UTF8.GetString(Set(body, place, "~mark~"));

    private static byte[] Changed(JsonNode body, List<object> place, Action<JsonNode, object> change)
    {
        var copy = body.DeepClone();
        var parent = place.SkipLast(1).Aggregate(copy, (node, key) => key is string name ? node[name]! : node[(int)key]!);
        change(parent, place[^1]);
        return Bytes(copy);
    }

    private T Any<T>(params T[] of) => of[chance.Next(of.Length)];
}
