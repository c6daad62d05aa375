using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.Common;

namespace Rfl.Api.Http;

/// <summary>
/// Reads lists in requests. Other than the store's converter it refuses null where an item belongs, and keeps the place of a fault within the list: the
/// serializer starts counting anew inside a converter.
/// </summary>
public sealed class ValueListConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<ValueList<T>>
    {
        public override bool HandleNull => true;

        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null)
                return default;
            try
            {
                var items = JsonSerializer.Deserialize<T[]>(ref reader, options) ?? [];
                var missing = Array.FindIndex(items, item => item is null);
                return missing < 0
                    ? ValueList.Create<T>(items)
                    : throw new JsonException("An item is null.", $"$[{missing}]", null, null);
            }
            catch (JsonException fault)
            {
                // Without a path of its own, so that the serializer adds where the list stands.
                throw new JsonException("See the inner fault.", fault);
            }
        }

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, (IReadOnlyList<T>)value, options);
    }
}
