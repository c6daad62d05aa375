using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rfl.Domain.Transfers;

/// <summary>
/// A value that may leave the house. Only <see cref="TransferPermission"/> can make one, so whoever holds one knows that permission was asked: what is written to a
/// partner, an authority, an enquirer or a mail server takes this type and no other (docs/adr/0081). It is written as the value that it holds.
/// </summary>
[JsonConverter(typeof(ReleasedJsonConverterFactory))]
public sealed record Released<T>
    where T : notnull
{
    internal Released(T value, Transfer transfer)
    {
        Value = value;
        Transfer = transfer;
    }

    public T Value { get; }

    /// <summary>What left, to whom, why and on which ground.</summary>
    public Transfer Transfer { get; }

    public override string ToString() => "released";
}

/// <summary>What came of asking: a released value, or every field that may not leave, with the reason.</summary>
public abstract record Release<T>
    where T : notnull
{
    private Release()
    {
    }

    public sealed record Given(Released<T> Released) : Release<T>;

    public sealed record Withheld(IReadOnlyList<TransferAnswer.Withheld> Fields) : Release<T>;

    /// <summary>Null where anything was withheld.</summary>
    public Released<T>? OrNothing => (this as Given)?.Released;
}

/// <summary>Writes what a released value holds. Nothing is ever read into one: that would be a way round the permission.</summary>
public sealed class ReleasedJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Released<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Released<T>>
        where T : notnull
    {
        public override Released<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A released value is made by asking permission, not by reading.");

        public override void Write(Utf8JsonWriter writer, Released<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
