using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>
/// The JSON of stored events. Camel case, enums by name, nulls left out. Reading is strict about what must be there and tolerant of members it does not
/// know, so that an old build reads what a newer one beside it adds.
/// </summary>
public static class EventJson
{
    /// <summary>Personal values are written and read only within an operation of the store, which has the keys.</summary>
    public static JsonSerializerOptions Options { get; } = Make(new PersonalJsonConverterFactory());

    /// <summary>
    /// The same JSON for what lies inside a sealed value, where another person's value would be lost to its own key and is refused. Parts that are about others are
    /// sealed once more, with their own keys.
    /// </summary>
    internal static JsonSerializerOptions Inside { get; } = Make(new NestedPersonalRefusal(), new AboutAnotherJsonConverterFactory());

    /// <summary>And inside such a part of this type.</summary>
    internal static JsonSerializerOptions InsidePart(Type part) => Make(new NestedPersonalRefusal(), new AboutAnotherJsonConverterFactory(but: part));

    private static JsonSerializerOptions Make(params ReadOnlySpan<JsonConverter> personal)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            RespectNullableAnnotations = true,
            // jsonb orders members by length, so a discriminator need not come first.
            AllowOutOfOrderMetadataProperties = true,
            // Stored text is never part of a page; escaping every letter beyond ASCII would only make it long.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatHasNoDefault } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        foreach (var converter in personal)
            options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A member may be absent only if it can be null or has a default; that is what makes a new member optional.</summary>
    private static void RequireWhatHasNoDefault(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false } parameter
                && Nullable.GetUnderlyingType(parameter.ParameterType) is null)
                property.IsRequired = true;
        }
    }
}
