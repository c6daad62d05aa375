using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>Between events and their stored form: name, JSON with sealed personal values, and the persons concerned.</summary>
internal sealed class EventSerializer(EventCatalogue catalogue)
{
    /// <summary>
    /// Bytes. An event that is sealed as a whole is stored as a multiple of it: large enough for nearly all of them, and for every one whose length could tell a
    /// decision.
    /// </summary>
    public const int SealedUnit = 8192;

    /// <summary>What is stored of an event that is sealed as a whole.</summary>
    private sealed record SealedEvent(byte[] Sealed);

    /// <summary>And what it holds.</summary>
    private sealed record Covered(string Type, JsonElement Data);

    /// <param name="Data">UTF-8 JSON.</param>
    /// <param name="DotnetType">For Marten only; never read here.</param>
    internal readonly record struct Stored(string Name, string DotnetType, byte[] Data, Guid[] Persons);

    public Stored Write(IDomainEvent happened, PersonKeyRing keys)
    {
        var type = happened.GetType();
        var (name, dotnetType, cover) = catalogue.HowToWrite(type);
        using var scope = PersonalJson.Use(keys, covered: cover is not null);
        if (cover is null)
            return new(name, dotnetType, JsonSerializer.SerializeToUtf8Bytes(happened, type, EventJson.Options), PersonalJson.Persons());
        var whole = JsonSerializer.SerializeToUtf8Bytes(new Covered(name, JsonSerializer.SerializeToElement(happened, type, EventJson.Options)), EventJson.Options);
        var stored = new SealedEvent(keys.InstallationCover.Cover(whole, SealedUnit));
        return new(cover.Name, cover.DotnetType, JsonSerializer.SerializeToUtf8Bytes(stored, EventJson.Options), []);
    }

    /// <exception cref="UnreadableEventException">This build cannot read the event.</exception>
    /// <exception cref="KeyEncryptionKeyUnavailableException">The event is sealed as a whole, and the key-encryption key is missing or wrong.</exception>
    public IDomainEvent Read(Guid streamId, long version, string name, byte[] data, PersonKeyRing keys)
    {
        if (catalogue.IsSealedForm(name))
        {
            var inner = Uncover(data, keys.InstallationCover) ?? throw new UnreadableEventException(streamId, version, name, isKnown: true);
            (name, data) = (inner.Type, JsonSerializer.SerializeToUtf8Bytes(inner.Data));
        }

        if (!catalogue.TryFind(name, out var reading))
            throw new UnreadableEventException(streamId, version, name, isKnown: false);
        using var scope = PersonalJson.Use(keys);
        try
        {
            var happened = reading.Upcasters.Count == 0
                ? JsonSerializer.Deserialize(data, reading.Type, EventJson.Options)
                : Upcast(data, reading).Deserialize(reading.Type, EventJson.Options);
            return (IDomainEvent)happened!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The cause is left out: its message may quote the data.
            throw new UnreadableEventException(streamId, version, name, isKnown: true);
        }
    }

    /// <summary>An event as it is read once a person is erased. Not for events that are sealed as a whole.</summary>
    /// <exception cref="PersonKeyDamagedException">Something in it cannot be read for another reason.</exception>
    public static IDomainEvent Without(IDomainEvent happened, PersonKeyRing keys, PersonKeyRing keysThen)
    {
        byte[] stored;
        using (PersonalJson.Use(keys))
            stored = JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), EventJson.Options);
        using var scope = PersonalJson.Use(keysThen);
        return (IDomainEvent)JsonSerializer.Deserialize(stored, happened.GetType(), EventJson.Options)!;
    }

    private static Covered? Uncover(byte[] data, InstallationCover cover)
    {
        try
        {
            return JsonSerializer.Deserialize<SealedEvent>(data, EventJson.Options) is { Sealed: var whole } && cover.TryUncover(whole) is { } json
                ? JsonSerializer.Deserialize<Covered>(json, EventJson.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Upcast(byte[] data, EventCatalogue.Reading reading)
    {
        var json = JsonNode.Parse(data)!.AsObject();
        foreach (var upcaster in reading.Upcasters)
            json = upcaster.Upcast(json);
        return json;
    }
}
