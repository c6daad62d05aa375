using Rfl.Domain.Common;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Infrastructure.EventStore;

/// <summary>Who made an event, in the course of what, and when.</summary>
/// <param name="EventId">Unique over all streams; increases with time (UUID version 7).</param>
/// <param name="ActorId">The account or API key; <see cref="Guid.Empty"/> for the service itself.</param>
/// <param name="ActorRoles">The actor's roles at that moment.</param>
/// <param name="CorrelationId">The request or job in which it happened.</param>
/// <param name="CausationId">The event or command that led to it, where there is one.</param>
/// <param name="OccurredAt">When the fact took place, as the actor says; equal to <paramref name="RecordedAt"/> where nothing else was said.</param>
/// <param name="RecordedAt">When it was recorded, in whole microseconds (UTC).</param>
public sealed record EventMetadata(
    Guid EventId,
    Guid ActorId,
    ValueList<string> ActorRoles,
    Guid CorrelationId,
    Guid? CausationId,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt);

/// <param name="Version">The event's place in its stream, from 1, without gaps.</param>
public sealed record RecordedEvent(Guid StreamId, long Version, IDomainEvent Event, EventMetadata Metadata);

/// <summary>Everything that happened in one stream so far.</summary>
/// <param name="Type">The concept the stream belongs to, for example <c>tracing-request</c>.</param>
/// <param name="Version">The number of events; 0 when the stream does not exist.</param>
public sealed record StreamHistory(Guid Id, string Type, long Version, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>The keys of the persons in this stream, and of those this operation adds.</summary>
    internal PersonKeyRing? Keys { get; init; }

    /// <summary>
    /// Seals and opens personal values with the keys of the operation that loaded this history, for columns and bodies written beside its events.
    /// </summary>
    /// <exception cref="InvalidOperationException">The history was not loaded from the store.</exception>
    public IPersonalDataSealer Sealer => Keys ?? throw new InvalidOperationException("This history was not loaded from the store and has no keys.");

    /// <summary>Of how many of the events the views' rows are made so far; 0 when they are made anew.</summary>
    internal long ShownVersion { get; init; }

    /// <summary>The history of which the views' rows are made so far, so that a view may leave alone what does not change. Null when they are made anew.</summary>
    public StreamHistory? Shown => ShownVersion == 0
        ? null
        : this with { Version = ShownVersion, ShownVersion = 0, Events = [.. Events.TakeWhile(recorded => recorded.Version <= ShownVersion)] };

    public static StreamHistory Empty(Guid id, string type) => new(id, type, 0, []);
}

/// <summary>New events for one stream, which must still be as it was loaded.</summary>
/// <param name="Erased">
/// A person who is erased in the same transaction. The rows of all views of the stream are made anew as they are without them, also where nothing happens in it.
/// </param>
public sealed record StreamAppend(StreamHistory Loaded, IReadOnlyList<IDomainEvent> Events, PersonId? Erased = null);

/// <summary>What all events of one append have in common.</summary>
/// <param name="OccurredAt">When the facts took place; null when that is the moment of recording.</param>
public sealed record AppendContext(
    Guid ActorId,
    ValueList<string> ActorRoles,
    Guid CorrelationId,
    Guid? CausationId,
    DateTimeOffset? OccurredAt);
