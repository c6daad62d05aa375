using System.Collections.Frozen;
using System.Reflection;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.EventStore;

/// <summary>Every event this build can write, by its stored name, and the older names it can still read.</summary>
public sealed class EventCatalogue
{
    private readonly FrozenDictionary<string, Reading> readings;
    private readonly FrozenDictionary<Type, Writing> writings;
    private readonly FrozenDictionary<string, Kind> kinds;
    private readonly FrozenSet<string> sealedNames;

    /// <summary>How an event of some stored name is read: through the upcasters, as the type.</summary>
    internal sealed record Reading(Type Type, IReadOnlyList<IUpcaster> Upcasters);

    /// <summary>How an event is written.</summary>
    /// <param name="DotnetType">For Marten only; never read here.</param>
    /// <param name="Cover">Where the whole event is sealed: what is stored in place of name and type.</param>
    internal sealed record Writing(string Name, string DotnetType, SealedForm? Cover = null);

    /// <summary>How every event of a kind that is sealed as a whole looks from outside: see <see cref="StreamKind.SealedAs"/>.</summary>
    internal sealed record SealedForm(string Name, string DotnetType);

    /// <summary>What the store need not ask the database of a kind of stream.</summary>
    /// <param name="Names">The stored names of its events.</param>
    /// <param name="NamesPersons">Whether any of them can hold a personal value.</param>
    internal sealed record Kind(FrozenSet<string> Names, bool NamesPersons);

    /// <param name="kinds">Kinds of streams; of others the store asks the database more.</param>
    /// <exception cref="InvalidOperationException">An event without a name, a name used twice, or an upcaster that leads nowhere.</exception>
    public EventCatalogue(IEnumerable<Assembly> assemblies, IEnumerable<IUpcaster>? upcasters = null, IEnumerable<StreamKind>? kinds = null)
        : this(assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).Where(IsEvent), upcasters ?? [], kinds ?? [])
    {
    }

    private EventCatalogue(IEnumerable<Type> types, IEnumerable<IUpcaster> upcasters, IEnumerable<StreamKind> kinds)
    {
        var current = new Dictionary<string, Type>();
        foreach (var type in types)
        {
            var name = type.GetCustomAttribute<EventTypeAttribute>()?.Name
                ?? throw new InvalidOperationException($"{type} needs an [EventType] with its stored name.");
            if (!current.TryAdd(name, type))
                throw new InvalidOperationException($"{name} is the name of both {current[name]} and {type}.");
        }

        List<StreamKind> known = [.. kinds];
        writings = current.ToFrozenDictionary(
            entry => entry.Value, entry => new Writing(entry.Key, DotnetTypeOf(entry.Value), CoverOf(known.Find(kind => entry.Value.IsAssignableTo(kind.Events)))));
        readings = WithOlderNames(current, upcasters).ToFrozenDictionary();
        sealedNames = known.Where(kind => kind.SealedAs is not null).Select(kind => kind.SealedAs!).ToFrozenSet();
        if (sealedNames.FirstOrDefault(readings.ContainsKey) is { } taken)
            throw new InvalidOperationException($"{taken} is the name of an event and of a kind that is sealed as a whole.");
        this.kinds = known.ToFrozenDictionary(kind => kind.Name, Known);
    }

    /// <summary>A catalogue of exactly these events, for tests of single concepts.</summary>
    public static EventCatalogue Of(IEnumerable<Type> types, params IEnumerable<IUpcaster> upcasters) => new(types, upcasters, []);

    /// <inheritdoc cref="Of(IEnumerable{Type}, IEnumerable{IUpcaster})"/>
    public static EventCatalogue Of(IEnumerable<Type> types, IEnumerable<StreamKind> kinds) => new(types, [], kinds);

    /// <summary>Every event type by its stored name.</summary>
    public IEnumerable<(string Name, Type Type)> Events => writings.Select(entry => (entry.Value.Name, entry.Key));

    /// <exception cref="InvalidOperationException">The type is not an event of the catalogue.</exception>
    public string NameOf(Type type) => HowToWrite(type).Name;

    /// <inheritdoc cref="NameOf"/>
    internal Writing HowToWrite(Type type) =>
        writings.TryGetValue(type, out var writing) ? writing : throw new InvalidOperationException($"{type} is not an event of this build's catalogue.");

    internal bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Reading? reading) => readings.TryGetValue(name, out reading);

    /// <summary>Whether it is the one name of all events of some kind.</summary>
    internal bool IsSealedForm(string name) => sealedNames.Contains(name);

    /// <summary>Whether this build knows what is stored under the name.</summary>
    internal bool Knows(string name) => readings.ContainsKey(name) || sealedNames.Contains(name);

    internal bool TryFindKind(string streamType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Kind? kind) => kinds.TryGetValue(streamType, out kind);

    private static string DotnetTypeOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static SealedForm? CoverOf(StreamKind? kind) => kind?.SealedAs is { } name ? new SealedForm(name, DotnetTypeOf(kind.Events)) : null;

    private Kind Known(StreamKind kind)
    {
        // The stream names nobody; whose keys a load needs is said by whoever loads, or stands inside the events.
        if (kind.SealedAs is { } only)
            return new Kind(new[] { only }.ToFrozenSet(), false);
        var looked = new HashSet<Type>();
        return new Kind(
            readings.Where(entry => entry.Value.Type.IsAssignableTo(kind.Events)).Select(entry => entry.Key).ToFrozenSet(),
            writings.Keys.Any(type => type.IsAssignableTo(kind.Events) && CanHoldPersonal(type, looked)));
    }

    /// <summary>Anywhere in the type, as declared; of a base type, in whatever derives from it.</summary>
    /// <param name="looked">Types without one so far.</param>
    private static bool CanHoldPersonal(Type type, HashSet<Type> looked)
    {
        if (!looked.Add(type))
            return false;
        if (type.IsAssignableTo(typeof(IPersonal)))
            return true;
        var within = type.GetGenericArguments().Concat(type.HasElementType ? [type.GetElementType()!] : []);
        if (type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) != true)
        {
            within = within.Concat(type.GetProperties().Select(property => property.PropertyType));
            // Nearly every type is sealed, and looking through the assembly for each would be felt at every start.
            if (!type.IsSealed)
                within = within.Concat(type.Assembly.GetTypes().Where(derived => derived.IsClass && derived != type && derived.IsAssignableTo(type)));
        }

        return within.Any(part => CanHoldPersonal(part, looked));
    }

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
