using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Rfl.Api.Http;

/// <summary>
/// JSON as the API speaks it: camel case; enums by name only; nothing unknown, doubled or missing is let through; instants in UTC. The event store has its
/// own settings, since what is stored outlives what is spoken.
/// </summary>
public static class Json
{
    /// <summary>How deep a request may nest.</summary>
    public const int MaxDepth = 32;

    public static JsonSerializerOptions Options { get; } = Sealed();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Names in every script stay readable on the wire; what HTML treats specially is still escaped.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new ValueListConverter());
    }

    private static JsonSerializerOptions Sealed()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>An instant: read with any stated offset, written in UTC as <c>2026-11-22T09:30:00Z</c>. One without an offset could mean any zone and is refused.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !HasOffset(reader.ValueSpan) || !reader.TryGetDateTimeOffset(out var instant))
            throw new JsonException();
        return instant.ToUniversalTime();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length > 11 && (text[^1] == (byte)'Z' || text[10..].IndexOfAny((byte)'+', (byte)'-') > 0);
}
