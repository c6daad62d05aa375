using System.Collections.Frozen;
using System.Reflection;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.EventStore;

/// <summary>Every event this build can write, by its stored name, and the older names it can still read.</summary>
public sealed class EventCatalogue
{
    private readonly FrozenDictionary<string, Reading> readings;
    private readonly FrozenDictionary<Type, Writing> writings;

    /// <summary>How an event of some stored name is read: through the upcasters, as the type.</summary>
    internal sealed record Reading(Type Type, IReadOnlyList<IUpcaster> Upcasters);

    /// <summary>How an event is written.</summary>
    /// <param name="DotnetType">For Marten only; never read here.</param>
    internal sealed record Writing(string Name, string DotnetType);

    /// <exception cref="InvalidOperationException">An event without a name, a name used twice, or an upcaster that leads nowhere.</exception>
    public EventCatalogue(IEnumerable<Assembly> assemblies, IEnumerable<IUpcaster>? upcasters = null)
        : this(assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).Where(IsEvent), upcasters ?? [])
    {
    }

    private EventCatalogue(IEnumerable<Type> types, IEnumerable<IUpcaster> upcasters)
    {
        var current = new Dictionary<string, Type>();
        foreach (var type in types)
        {
            var name = type.GetCustomAttribute<EventTypeAttribute>()?.Name
                ?? throw new InvalidOperationException($"{type} needs an [EventType] with its stored name.");
            if (!current.TryAdd(name, type))
                throw new InvalidOperationException($"{name} is the name of both {current[name]} and {type}.");
        }

        writings = current.ToFrozenDictionary(
            entry => entry.Value, entry => new Writing(entry.Key, $"{entry.Value.FullName}, {entry.Value.Assembly.GetName().Name}"));
        readings = WithOlderNames(current, upcasters).ToFrozenDictionary();
    }

    /// <summary>A catalogue of exactly these events, for tests of single concepts.</summary>
    public static EventCatalogue Of(IEnumerable<Type> types, params IEnumerable<IUpcaster> upcasters) => new(types, upcasters);

    /// <summary>Every event type by its stored name.</summary>
    public IEnumerable<(string Name, Type Type)> Events => writings.Select(entry => (entry.Value.Name, entry.Key));

    /// <exception cref="InvalidOperationException">The type is not an event of the catalogue.</exception>
    public string NameOf(Type type) => HowToWrite(type).Name;

    /// <inheritdoc cref="NameOf"/>
    internal Writing HowToWrite(Type type) =>
        writings.TryGetValue(type, out var writing) ? writing : throw new InvalidOperationException($"{type} is not an event of this build's catalogue.");

    internal bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Reading? reading) => readings.TryGetValue(name, out reading);

    private static bool IsEvent(Type type) => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IDomainEvent));

    private static Dictionary<string, Reading> WithOlderNames(Dictionary<string, Type> current, IEnumerable<IUpcaster> upcasters)
    {
        var readings = current.ToDictionary(entry => entry.Key, entry => new Reading(entry.Value, []));
        var steps = new Dictionary<string, IUpcaster>();
        foreach (var upcaster in upcasters)
        {
            if (current.ContainsKey(upcaster.From) || !steps.TryAdd(upcaster.From, upcaster))
                throw new InvalidOperationException($"{upcaster.From} is read in two ways: {upcaster.GetType()} is one too many.");
        }

        foreach (var from in steps.Keys)
        {
            var path = new List<IUpcaster>();
            var name = from;
            while (steps.TryGetValue(name, out var step) && path.Count <= steps.Count)
            {
                path.Add(step);
                name = step.To;
            }

            readings[from] = current.TryGetValue(name, out var type)
                ? new Reading(type, path)
                : throw new InvalidOperationException($"The upcasters from {from} lead to {name}, which is no event of this build.");
        }

        return readings;
    }
}
