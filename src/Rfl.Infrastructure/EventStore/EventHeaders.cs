using System.Text.Json;
using System.Text.Json.Serialization;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.EventStore;

/// <summary>The JSON of the <c>headers</c> column.</summary>
internal sealed record EventHeaders(
    [property: JsonPropertyName("actor_id")] Guid ActorId,
    [property: JsonPropertyName("actor_roles")] ValueList<string> ActorRoles,
    [property: JsonPropertyName("occurred_at")] DateTimeOffset? OccurredAt)
{
    private static readonly EventHeaders none = new(Guid.Empty, [], null);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, EventJson.Inside);

    // The events of one append carry the same headers, and they are read one after the other.
    [ThreadStatic]
    private static (byte[] Json, EventHeaders Headers) latest;

    /// <summary>Another tool may have appended without headers.</summary>
    public static EventHeaders From(byte[]? json)
    {
        if (json is null)
            return none;
        if (latest.Json is null || !json.AsSpan().SequenceEqual(latest.Json))
            latest = (json, JsonSerializer.Deserialize<EventHeaders>(json, EventJson.Inside) ?? none);
        return latest.Headers;
    }
}
