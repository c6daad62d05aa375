using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.TracingRequests;

/// <summary>
/// The history of a case as it may be told today. What a found person took back is not told any more, neither in words nor as a past state: a release that was
/// retracted is left out together with its retraction.
/// </summary>
public static class KnownHistory
{
    public static IReadOnlyList<RecordedEvent> Of(StreamHistory history)
    {
        var known = new List<RecordedEvent>(history.Events.Count);
        foreach (var recorded in history.Events)
        {
            if (recorded.Event is DisclosureRetracted retracted)
                known.RemoveAll(earlier => Tells(earlier.Event, retracted));
            else
                known.Add(recorded);
        }

        return known;
    }

    /// <returns>The request as it stood at a moment, which may be before it began, and the records that cannot be read.</returns>
    public static (TracingRequest State, ValueList<long> Unreadable) AsOf(StreamHistory history, DateTimeOffset moment) =>
        StreamKinds.TracingRequest.FoldReadable(Of(history).Where(recorded => recorded.Metadata.RecordedAt <= moment));

    private static bool Tells(IDomainEvent earlier, DisclosureRetracted retracted) => earlier switch
    {
        SoughtPersonLocated located => located.SoughtPerson == retracted.SoughtPerson,
        FateEstablished fate => fate.SoughtPerson == retracted.SoughtPerson,
        EnquirerInformed { Kind: NewsKind.Located or NewsKind.AliveOnly or NewsKind.Death } informed => informed.SoughtPerson == retracted.SoughtPerson,
        _ => false,
    };
}
