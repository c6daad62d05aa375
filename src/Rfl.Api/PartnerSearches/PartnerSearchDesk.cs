using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.PartnerSearches;

/// <summary>Staff's commands on a search asked of a partner: within reach is whoever reaches the request.</summary>
public sealed class PartnerSearchDesk(Desk desk)
{
    public Task<Outcome> DecideAsync(
        ICommand command,
        TracingRequestId request,
        PartnerSearchId search,
        VersionRule rule,
        Func<PartnerSearch, TracingRequest, Work, Decision<IPartnerSearchEvent>> decide,
        CancellationToken ct,
        Func<Work, Outcome?>? also = null) =>
        desk.CarryOutAsync(
            command,
            [(search.Value, StreamKinds.PartnerSearch.Name), (request.Value, StreamKinds.TracingRequest.Name)],
            work => Decide(command, request, search, rule, decide, also, work),
            ct);

    private static Outcome Decide(
        ICommand command,
        TracingRequestId requestId,
        PartnerSearchId searchId,
        VersionRule rule,
        Func<PartnerSearch, TracingRequest, Work, Decision<IPartnerSearchEvent>> decide,
        Func<Work, Outcome?>? also,
        Work work)
    {
        var request = work.State(StreamKinds.TracingRequest, requestId.Value);
        var search = work.State(StreamKinds.PartnerSearch, searchId.Value);
        if (!Reach.Covers(command, work.Viewer, request) || search is PartnerSearch.Existing { File.Preparation: var prepared } && prepared.TracingRequestId != requestId)
            return new Outcome.NotFound();
        if (work.Record(StreamKinds.PartnerSearch, searchId.Value, decide(search, request, work)) is { } refused)
            return refused;
        if (rule == VersionRule.Required && work.Judge(searchId.Value) is { } stale)
            return stale;
        return also?.Invoke(work) ?? new Outcome.Done(searchId.Value, work.VersionOf(searchId.Value));
    }
}
