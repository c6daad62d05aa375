using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rfl.Domain.Common;
using Xunit.Sdk;

namespace Rfl.Testing;

/// <summary>
/// Pins the stored form of every event: one snapshot per stored name with the JSON of an example, and one with all values of the enumerations and all
/// kinds of the abstract types that events hold. An accepted form may be extended, never narrowed: that needs a new version of the event.
/// </summary>
public static class EventSnapshots
{
    private const string Folder = "Events";
    private const string Vocabulary = $"{Folder}/vocabulary.json";

    /// <summary>The concrete events of an assembly.</summary>
    public static IReadOnlyCollection<Type> EventsOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IDomainEvent))).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>Compares every event of an assembly with its snapshot; fails with all differences at once.</summary>
    /// <param name="events">Each with an <see cref="EventTypeAttribute"/>.</param>
    /// <param name="stored">The JSON of the store. Personal values are shown open, whatever it does with them.</param>
    /// <param name="samples">Taught where types accept only certain values.</param>
    public static void Match(IReadOnlyCollection<Type> events, JsonSerializerOptions stored, SampleValues? samples = null)
    {
        samples ??= new SampleValues();
        var options = Readable(stored);
        var expected = new HashSet<string> { Vocabulary };
        var problems = new List<string>();
        foreach (var type in events)
        {
            var name = $"{Folder}/{type.GetCustomAttribute<EventTypeAttribute>()?.Name ?? type.Name}.json";
            expected.Add(name);
            var example = samples.Make(type, type.Name)!;
            var json = JsonSerializer.Serialize(example, type, options);
            Check(name, json, problems);
            if (JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, options), type, options) is var again && again != json)
                problems.Add($"{name} is not read back as it was written:{Environment.NewLine}{Snapshot.Difference(json, again)}");
        }

        Check(Vocabulary, DescribeFamilies(samples, options).ToJsonString(options), problems);
        problems.AddRange(Snapshot.AllIn(Folder).Except(expected).Select(orphan =>
            $"{orphan} pins an event that no type stands for any more. Stored events of that name could not be read."));
        if (problems.Count > 0)
            throw new XunitException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Whether <paramref name="later"/> has all that <paramref name="earlier"/> has: no member missing, renamed or of another value.</summary>
    internal static bool Extends(JsonNode? later, JsonNode? earlier) => (later, earlier) switch
    {
        (JsonObject now, JsonObject then) => then.All(member => now.TryGetPropertyValue(member.Key, out var value) && Extends(value, member.Value)),
        (JsonArray now, JsonArray then) => then.All(item => now.Any(candidate => Extends(candidate, item))),
        _ => JsonNode.DeepEquals(later, earlier),
    };

    private static void Check(string name, string json, List<string> problems)
    {
        if (Snapshot.Updates && Snapshot.Accepted(name) is { } accepted && !Extends(JsonNode.Parse(json), JsonNode.Parse(accepted)))
        {
            problems.Add(
                $"""
                {name} would lose or change something that stored events hold. Add a new version of the event with an upcaster.
                (Before the first release, when no events are stored, delete the snapshot instead.)
                {Snapshot.Difference(accepted, json + "\n")}
                """);
            return;
        }

        try
        {
            Snapshot.Match(json, name);
        }
        catch (XunitException difference)
        {
            problems.Add(difference.Message);
        }
    }

    private static JsonObject DescribeFamilies(SampleValues samples, JsonSerializerOptions options)
    {
        var described = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        // Describing one family may lead to another.
        while (samples.Families.FirstOrDefault(family => !described.ContainsKey(SampleValues.Name(family))) is { } family)
        {
            described[SampleValues.Name(family)] = family.IsEnum
                ? new JsonArray([.. Enum.GetValues(family).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, family, options))])
                : new JsonObject(SampleValues.MembersOf(family).Select(member =>
                    KeyValuePair.Create(SampleValues.Name(member), JsonSerializer.SerializeToNode(samples.Make(member, member.Name), family, options))));
        }

        return new JsonObject(described);
    }

    private static JsonSerializerOptions Readable(JsonSerializerOptions stored)
    {
        var options = new JsonSerializerOptions(stored) { WriteIndented = true };
        foreach (var sealing in options.Converters.Where(converter => converter.CanConvert(typeof(Personal<string>))).ToList())
            options.Converters.Remove(sealing);
        options.Converters.Add(new OpenPersonalJson());
        return options;
    }
}
