using System.Reflection;
using System.Text.RegularExpressions;
using Rfl.Domain.Common;
using Rfl.Testing;

namespace Rfl.Architecture.Tests;

/// <summary>The stored name of an event outlives its type.</summary>
public sealed partial class EventNameTests
{
    [Fact]
    public void Every_event_has_a_stored_name_of_its_own() => Assert.Empty(Violations(EventSnapshots.EventsOf(typeof(IDomainEvent).Assembly)));

    [Fact]
    public void A_missing_a_misspelt_and_a_doubled_name_are_seen() => Assert.Equal(
        [
            "Misspelt: 'Person_Found' is not of the form person-found.v1",
            "Nameless: no [EventType]",
            "'village-reached.v1' is the name of First and Second",
        ],
        Violations([typeof(Nameless), typeof(Misspelt), typeof(First), typeof(Second)]).Order(StringComparer.Ordinal).OrderBy(line => line[0] == '\''));

    private static IEnumerable<string> Violations(IReadOnlyCollection<Type> events)
    {
        foreach (var type in events)
        {
            var name = type.GetCustomAttribute<EventTypeAttribute>()?.Name;
            if (name is null)
                yield return $"{type.Name}: no [EventType]";
            else if (!StoredName().IsMatch(name))
                yield return $"{type.Name}: '{name}' is not of the form person-found.v1";
        }

        foreach (var doubled in events.GroupBy(type => type.GetCustomAttribute<EventTypeAttribute>()?.Name).Where(types => types.Key is not null && types.Count() > 1))
            yield return $"'{doubled.Key}' is the name of {string.Join(" and ", doubled.Select(type => type.Name))}";
    }

    [GeneratedRegex(@"^[a-z-]+\.v\d+$")]
    private static partial Regex StoredName();

    private sealed record Nameless : IDomainEvent;

    [EventType("Person_Found")]
    private sealed record Misspelt : IDomainEvent;

    [EventType("village-reached.v1")]
    private sealed record First : IDomainEvent;

    [EventType("village-reached.v1")]
    private sealed record Second : IDomainEvent;
}
