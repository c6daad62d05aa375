using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Rfl.Api.Pipeline;

namespace Rfl.Api.Http;

/// <summary>
/// Reads a request's JSON once before anything else does: every text in it, keys included, follows <see cref="TextRules"/>, wherever it will be bound. Names
/// the field of each fault and never repeats its content.
/// </summary>
public static class JsonBody
{
    private const int LongestKey = 200;
    private const int MostProblems = 20;

    private static readonly JsonReaderOptions strict = new() { MaxDepth = Json.MaxDepth + 1 };

    /// <summary>The body to bind: the same bytes, or rewritten where a text had to be normalised.</summary>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> utf8, int longestText, List<FieldProblem> problems)
    {
        if (utf8.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8[3..];
        var place = new Place();
        var changed = false;
        var reader = new Utf8JsonReader(utf8.Span, strict);
        try
        {
            while (reader.Read() && problems.Count < MostProblems)
            {
                if (!place.Enter(ref reader, problems))
                    return utf8;
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || IsPlain(ref reader))
                    continue;
                var isKey = reader.TokenType == JsonTokenType.PropertyName;
                var longest = isKey ? LongestKey : longestText;
                if (Fault(ref reader, longest, out var accepted, out var text) is { } code)
                    problems.Add(new FieldProblem(place.Path, code, code == TextRules.TooLong ? [Number(longest)] : default));
                changed |= !ReferenceEquals(accepted, text);
            }
        }
        catch (JsonException fault)
        {
            problems.Add(new FieldProblem(place.Path, "json-malformed", [Number((fault.LineNumber ?? 0) + 1), Number((fault.BytePositionInLine ?? 0) + 1)]));
        }

        return changed && problems.Count == 0 ? Rewritten(utf8.Span) : utf8;
    }

    /// <summary>Short and of printable ASCII, as most texts are: nothing to look for.</summary>
    private static bool IsPlain(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped && reader.ValueSpan.Length <= LongestKey && !reader.ValueSpan.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);

    private static string? Fault(ref Utf8JsonReader reader, int longest, out string accepted, out string text)
    {
        accepted = text = "";
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8, or half a surrogate pair.
            return TextRules.Unreadable;
        }

        return TextRules.Fault(text, longest, out accepted);
    }

    private static ReadOnlyMemory<byte> Rewritten(ReadOnlySpan<byte> utf8)
    {
        var buffer = new ArrayBufferWriter<byte>(utf8.Length);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = Json.Options.Encoder });
        var reader = new Utf8JsonReader(utf8, strict);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    TextRules.Fault(reader.GetString()!, int.MaxValue, out var key);
                    writer.WritePropertyName(key);
                    break;
                case JsonTokenType.String:
                    TextRules.Fault(reader.GetString()!, int.MaxValue, out var text);
                    writer.WriteStringValue(text);
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where in the document the reader stands.</summary>
    private sealed class Place
    {
        private readonly Stack<Level> levels = new();

        /// <summary>The path of the current value: <c>soughtPersons[0].names</c>.</summary>
        public string Path =>
            string.Concat(levels.Reverse().Select((level, depth) => level switch
            {
                { IsArray: true } => $"[{Number(Math.Max(level.Index, 0))}]",
                { Key: null } => "",
                _ => depth == 0 ? level.Key : "." + level.Key,
            }));

        /// <summary>Follows the reader one token; false where the document nests too deep to go on.</summary>
        public bool Enter(ref Utf8JsonReader reader, List<FieldProblem> problems)
        {
            var token = reader.TokenType;
            if (token is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                levels.Pop();
                return true;
            }

            if (token == JsonTokenType.PropertyName)
            {
                levels.Peek().Key = SafeKey(ref reader);
                return true;
            }

            if (levels.TryPeek(out var level) && level.IsArray)
                level.Index++;
            if (token is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
                return true;
            if (levels.Count == Json.MaxDepth)
            {
                problems.Add(new FieldProblem(levels.Last().Key ?? "", "json-too-deep", [Number(Json.MaxDepth)]));
                return false;
            }

            levels.Push(new Level { IsArray = token == JsonTokenType.StartArray });
            return true;
        }

        /// <summary>A key fit to be named in an answer: a bad or overlong one is told by its parent.</summary>
        private static string? SafeKey(ref Utf8JsonReader reader) =>
            Fault(ref reader, 60, out var key, out _) is null ? key : null;

        private sealed class Level
        {
            public bool IsArray { get; init; }

            public int Index { get; set; } = -1;

            public string? Key { get; set; }
        }
    }
}
