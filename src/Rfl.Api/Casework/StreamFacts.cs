using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Casework;

public static class StreamFacts
{
    /// <summary>The events of a stream as its concept folds them: each with the moment at which it happened.</summary>
    public static IEnumerable<(TEvent Event, DateTimeOffset At)> Facts<TEvent>(this StreamHistory history)
        where TEvent : IDomainEvent => history.Events.Select(recorded => ((TEvent)recorded.Event, recorded.Metadata.OccurredAt));

    public static TState Fold<TState, TEvent>(this StreamKind<TState, TEvent> kind, StreamHistory history)
        where TEvent : IDomainEvent => kind.Fold(history.Facts<TEvent>());
}
