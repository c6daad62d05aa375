using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>Between events and their stored form: name, JSON with sealed personal values, and the persons concerned.</summary>
internal sealed class EventSerializer(EventCatalogue catalogue)
{
    /// <param name="Data">UTF-8 JSON.</param>
    /// <param name="DotnetType">For Marten only; never read here.</param>
    internal readonly record struct Stored(string Name, string DotnetType, byte[] Data, Guid[] Persons);

    public Stored Write(IDomainEvent happened, PersonKeyRing keys)
    {
        var type = happened.GetType();
        var (name, dotnetType) = catalogue.HowToWrite(type);
        using var scope = PersonalJson.Use(keys);
        var data = JsonSerializer.SerializeToUtf8Bytes(happened, type, EventJson.Options);
        return new(name, dotnetType, data, PersonalJson.Persons());
    }

    /// <exception cref="UnreadableEventException">This build cannot read the event.</exception>
    public IDomainEvent Read(Guid streamId, long version, string name, byte[] data, PersonKeyRing keys)
    {
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

    private static JsonObject Upcast(byte[] data, EventCatalogue.Reading reading)
    {
        var json = JsonNode.Parse(data)!.AsObject();
        foreach (var upcaster in reading.Upcasters)
            json = upcaster.Upcast(json);
        return json;
    }
}
