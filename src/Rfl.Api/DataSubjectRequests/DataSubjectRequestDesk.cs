using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;

namespace Rfl.Api.DataSubjectRequests;

/// <summary>What the data-protection officer decides on one request.</summary>
public sealed class DataSubjectRequestDesk(Desk desk)
{
    public Task<Outcome> DecideAsync(
        ICommand command,
        DataSubjectRequestId id,
        VersionRule rule,
        Func<DataSubjectRequest, Work, Decision<IDataSubjectRequestEvent>> decide,
        CancellationToken ct,
        params IReadOnlyList<(Guid Id, string Type)> further) =>
        desk.CarryOutAsync(command, [(id.Value, StreamKinds.DataSubjectRequest.Name), .. further], work =>
        {
            var (kind, state) = (StreamKinds.DataSubjectRequest, work.State(StreamKinds.DataSubjectRequest, id.Value));
            if (state is DataSubjectRequest.NotReceived)
                return new Outcome.NotFound();
            if (work.Record(kind, id.Value, decide(state, work)) is { } refused)
                return refused;
            if (rule == VersionRule.Required && work.Judge(id.Value) is { } stale)
                return stale;
            return new Outcome.Done(id.Value, work.VersionOf(id.Value));
        }, ct);
}
