using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.TracingRequests;

/// <summary>A request within the viewer's reach, read from its events in one round trip.</summary>
public sealed record ReadCase(StreamHistory History, TracingRequest.Started Request, Policy Policy, DateOnly Today);

public sealed class CaseReader(EventStore store, PolicyReader policies, CurrentViewer viewer, TimeProvider clock)
{
    /// <returns>Null where the request is not there or out of the viewer's reach: nobody can tell which.</returns>
    public async Task<ReadCase?> ReadAsync(object query, TracingRequestId id, CancellationToken ct)
    {
        var version = new PolicyVersionAlong();
        var history = (await store.LoadAsync([(id.Value, StreamKinds.TracingRequest.Name)], [version], ct))[id.Value];
        return StreamKinds.TracingRequest.Fold(history) is TracingRequest.Started request && Reach.Covers(query, viewer.Viewer, request)
            ? new ReadCase(history, request, await policies.CatchUpAsync(version, ct), WorkingCalendar.DayOf(clock.GetUtcNow()))
            : null;
    }
}
