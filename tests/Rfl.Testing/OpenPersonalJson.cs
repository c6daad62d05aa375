using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.Common;

namespace Rfl.Testing;

/// <summary>Shows personal values openly, for snapshots of made-up examples: what lies inside is part of the stored form too.</summary>
internal sealed class OpenPersonalJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed record Open<T>(PersonId Person, T Value);

    private sealed class Converter<T> : JsonConverter<Personal<T>>
        where T : notnull
    {
        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var open = JsonSerializer.Deserialize<Open<T>>(ref reader, options)!;
            return Personal.Of(open.Person, open.Value);
        }

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Open<T>(value.Subject, value.Value!), options);
    }
}
