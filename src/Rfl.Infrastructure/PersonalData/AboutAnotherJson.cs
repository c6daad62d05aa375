using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.PersonalData;

/// <summary>
/// Within the sealed sheet of one person, writes a part that is about another as <c>{"person": uuid, "sealed": base64 envelope}</c> with the key of that other
/// person; without <c>sealed</c> when they were erased. So the sheet stays readable without them, and they without the sheet.
/// </summary>
/// <param name="but">The type whose own members are written by the options that hold this factory: what lies in the part's envelope.</param>
internal sealed class AboutAnotherJsonConverterFactory(Type? but = null) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert != but && !typeToConvert.IsInterface && typeToConvert.IsAssignableTo(typeof(IAboutAnother));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : class, IAboutAnother<T>
    {
        private static readonly JsonSerializerOptions inside = EventJson.InsidePart(typeof(T));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (!value.IsAboutAnother || PersonalJson.IsCovered)
            {
                JsonSerializer.Serialize(writer, value, inside);
                return;
            }

            var person = value.Subject ?? throw new NotSupportedException($"A {typeof(T).Name} is to be kept that names nobody with whose key.");
            PersonalJson.Note(person);
            writer.WriteStartObject();
            writer.WriteString("person"u8, person.Value);
            if (PersonalJson.Keys.SealPart(person, value, inside) is { Length: > 0 } envelope)
                writer.WriteBase64String("sealed"u8, envelope);
            writer.WriteEndObject();
        }

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (SealedOf(reader) is not { Person: { } person, Envelope: var envelope })
                return JsonSerializer.Deserialize<T>(ref reader, inside);
            reader.Skip();
            var part = PersonalJson.Keys.Open<T>(person, envelope, inside);
            return part.Value ?? (part.IsErased ? T.Erased(person) : T.Unreadable(person));
        }

        /// <summary>Null where the part lies open: it is about nobody else, or under a cover.</summary>
        private static (PersonId Person, byte[] Envelope)? SealedOf(Utf8JsonReader ahead)
        {
            (PersonId? person, byte[] envelope) = (null, []);
            while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
            {
                if (ahead.ValueTextEquals("person"u8))
                {
                    ahead.Read();
                    person = PersonId.From(ahead.GetGuid());
                }
                else if (ahead.ValueTextEquals("sealed"u8))
                {
                    ahead.Read();
                    envelope = ahead.GetBytesFromBase64();
                }
                else
                {
                    return null;
                }
            }

            return person is { } subject ? (subject, envelope) : null;
        }
    }
}
