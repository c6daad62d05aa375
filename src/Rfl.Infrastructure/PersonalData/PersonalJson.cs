using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.Common;
using Rfl.Domain.People;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Hands the keys of one operation to the JSON converter. Serialisation is synchronous and stays on its thread, and one set of serializer options serves
/// every operation, so a thread-static is both correct and the fastest way.
/// </summary>
internal static class PersonalJson
{
    [ThreadStatic]
    private static PersonKeyRing? current;

    [ThreadStatic]
    private static List<Guid>? persons;

    [ThreadStatic]
    private static bool isCovered;

    /// <exception cref="JsonException">No operation of the store is under way on this thread.</exception>
    public static PersonKeyRing Keys => current
        ?? throw new JsonException("A personal value can be written or read only within an operation that holds the keys, not as plain JSON.");

    /// <summary>
    /// Whether all of it lies under the installation's cover. There nobody but the person whom it describes has a key: that one was made would stand in the open,
    /// and tell that something was found (docs/adr/0102).
    /// </summary>
    public static bool IsCovered => isCovered;

    public static Scope Use(PersonKeyRing keys, bool covered = false)
    {
        var scope = new Scope(current, isCovered);
        (current, isCovered) = (keys, covered);
        (persons ??= []).Clear();
        return scope;
    }

    /// <summary>A value of its own, or within the event that is being written or read.</summary>
    public static Scope Within(PersonKeyRing keys)
    {
        var scope = new Scope(current, isCovered);
        current = keys;
        return scope;
    }

    /// <summary>The data subjects of the personal values written within the latest scope.</summary>
    public static Guid[] Persons() => [.. persons!];

    public static void Note(PersonId person)
    {
        persons ??= [];
        if (!persons.Contains(person.Value))
            persons.Add(person.Value);
    }

    public readonly struct Scope(PersonKeyRing? outer, bool wasCovered) : IDisposable
    {
        public void Dispose() => (current, isCovered) = (outer, wasCovered);
    }
}

/// <summary>Writes a personal value as <c>{"person": uuid, "sealed": base64 envelope}</c>; without <c>sealed</c> when nothing can be read any more.</summary>
internal sealed class PersonalJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Personal<T>>
        where T : notnull
    {
        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options)
        {
            PersonalJson.Note(value.Subject);
            writer.WriteStartObject();
            writer.WriteString("person"u8, value.Subject.Value);
            var envelope = PersonalJson.Keys.SealWithinAppend(value);
            if (envelope.Length > 0)
                writer.WriteBase64String("sealed"u8, envelope);
            writer.WriteEndObject();
        }

        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("A personal value is stored as an object.");
            Guid? person = null;
            byte[] envelope = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("person"u8))
                {
                    reader.Read();
                    person = reader.GetGuid();
                }
                else if (reader.ValueTextEquals("sealed"u8))
                {
                    reader.Read();
                    envelope = reader.GetBytesFromBase64();
                }
                else
                {
                    reader.Skip();
                }
            }

            return PersonalJson.Keys.Open<T>(PersonId.From(person ?? throw new JsonException("A personal value names its person.")), envelope);
        }
    }
}

/// <summary>
/// Inside a sealed value everything but <see cref="IAboutAnother"/> is under one person's key; another person's value there could not be erased with its owner.
/// </summary>
internal sealed class NestedPersonalRefusal : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(IPersonal));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeToConvert} lies within another personal value; keep personal values side by side.");
}
