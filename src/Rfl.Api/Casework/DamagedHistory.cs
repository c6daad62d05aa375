using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Casework;

/// <summary>
/// One damaged record must not hide a case from those who work on it. For reading only, the state is told from what can be read; what can be understood only with
/// a damaged record is left out too, and both are named.
/// </summary>
public static class DamagedHistory
{
    public static bool IsDamaged(this StreamHistory history) => history.Events.Any(recorded => recorded.Event is UnreadableEvent);

    /// <returns>The state, and the versions of the records that are not in it.</returns>
    public static (TState State, ValueList<long> Unreadable) FoldReadable<TState, TEvent>(this StreamKind<TState, TEvent> kind, IEnumerable<RecordedEvent> events)
        where TEvent : IDomainEvent
    {
        var state = kind.Initial;
        var leftOut = new List<long>();
        foreach (var recorded in events)
        {
            if (recorded.Event is not TEvent happened)
            {
                leftOut.Add(recorded.Version);
                continue;
            }

            try
            {
                state = kind.Evolve(state, happened, recorded.Metadata.OccurredAt);
            }
            catch (InvalidOperationException) when (leftOut.Count > 0)
            {
                // Impossible without what is damaged; on a whole history it would be a fault of ours.
                leftOut.Add(recorded.Version);
            }
        }

        return (state, leftOut.ToValueList());
    }
}
