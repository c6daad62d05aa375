using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.PartnerSearches;

/// <summary>What ends a search here ends it at the partners, in the same transaction (rule 15).</summary>
public static class Recalls
{
    /// <summary>The searches asked of partners for a request: loaded with it, in the same round trip.</summary>
    public static RelatedStreams SearchesFor(TracingRequestId id) =>
        new(StreamKinds.PartnerSearch.Name, "select p.id from partner_search_row p where p.case_id = $1", id.Value);

    /// <summary>Recalls the partner searches of a request that are not recalled yet.</summary>
    /// <param name="which">Which of them; all by default.</param>
    public static Outcome? Record(Work work, TracingRequestId id, RecallReason reason, Func<PartnerSearchFile, bool>? which = null)
    {
        foreach (var search in SearchesOf(work.State(StreamKinds.TracingRequest, id.Value)))
        {
            if (!work.Has(search))
                throw new ConcurrencyConflict();
            if (work.State(StreamKinds.PartnerSearch, search) is not PartnerSearch.Existing { File: var file } state || which?.Invoke(file) == false)
                continue;
            if (work.Record(StreamKinds.PartnerSearch, search, PartnerSearchDecider.Recall(state, reason)) is { } refused)
                return refused;
        }

        return null;
    }

    private static IEnumerable<Guid> SearchesOf(TracingRequest request) => request is TracingRequest.Started { File: var file }
        ? file.SearchActions.Values.Where(action => action.Plan.Means == SearchMeans.PartnerSociety).Select(action => action.Plan.SearchActionId).Order()
        : [];
}
