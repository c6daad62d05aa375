using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rfl.Domain.People;

/// <summary>
/// Special-category data such as ethnicity or religion, which may be kept only with a written reason (handbook §3, §8): there is no way to make one without.
/// </summary>
[JsonConverter(typeof(ReasonedDetailJsonConverter))]
public sealed record ReasonedDetail
{
    private ReasonedDetail(string value, string reason) => (Value, Reason) = (value, reason);

    public string Value { get; }

    /// <summary>Why the search needs it, in the words of who recorded it.</summary>
    public string Reason { get; }

    /// <returns>False where the value or the reason is blank.</returns>
    public static bool TryCreate(string? value, string? reason, [NotNullWhen(true)] out ReasonedDetail? detail)
    {
        detail = string.IsNullOrWhiteSpace(value) || string.IsNullOrWhiteSpace(reason) ? null : new ReasonedDetail(value, reason);
        return detail is not null;
    }

    public override string ToString() => "personal";
}

/// <summary>Refuses a detail without reason when it is read.</summary>
public sealed class ReasonedDetailJsonConverter : JsonConverter<ReasonedDetail>
{
    private sealed record Form(string? Value, string? Reason);

    public override ReasonedDetail? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Form>(ref reader, options) is not { } form ? null
        : ReasonedDetail.TryCreate(form.Value, form.Reason, out var detail) ? detail
        : throw new JsonException("Ethnicity and religion are kept only with a written reason.");

    public override void Write(Utf8JsonWriter writer, ReasonedDetail value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        JsonSerializer.Serialize(writer, new Form(value.Value, value.Reason), options);
    }
}
