using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.TracingRequests;

/// <summary>A request within the viewer's reach, read from its events in one round trip, in which the read log is written too.</summary>
public sealed record ReadCase(StreamHistory History, TracingRequest.Started Request, Policy Policy, DateOnly Today);

public sealed class CaseReader(EventStore store, PolicyReader policies, CurrentViewer viewer, ReadLog reads, TimeProvider clock)
{
    /// <returns>Null where the request is not there or out of the viewer's reach: nobody can tell which.</returns>
    public async Task<ReadCase?> ReadAsync(object message, TracingRequestId id, CancellationToken ct)
    {
        var version = new PolicyVersionAlong();
        var log = ReadDeclarationAttribute.Of(message.GetType()) is ReadsPersonalDataAttribute
            ? reads.Along(message, ReadSubjects.OfCase(message, viewer.Viewer, clock.GetUtcNow(), id), id.Value)
            : null;
        var history = (await store.LoadAsync([(id.Value, StreamKinds.TracingRequest.Name)], log is null ? [version] : [version, log], ct))[id.Value];
        var state = StreamKinds.TracingRequest.Fold(history);
        var ground = Reach.Ground(message, viewer.Viewer, state, ReadLog.BrokeGlass(log));
        if (log is not null)
            ReadLog.Agree(log, id.Value, history.Version, ground);
        return ground is not null && state is TracingRequest.Started request
            ? new ReadCase(history, request, await policies.CatchUpAsync(version, ct), WorkingCalendar.DayOf(clock.GetUtcNow()))
            : null;
    }
}
