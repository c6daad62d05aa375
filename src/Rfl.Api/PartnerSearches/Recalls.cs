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

    /// <summary>Recalls all partner searches of a request; where the enquirer withdrew, the inquiries that wait for an answer too.</summary>
    public static Outcome? RecordAll(Work work, TracingRequestId id, RecallReason reason) =>
        Record(work, id, reason, (_, _) => true, (_, _) => reason == RecallReason.EnquirerWithdrew);

    /// <summary>
    /// Recalls what the permission to transfer would not let out now, be it prepared, sent or asked: after a consent was withdrawn or ran out, or a person or the
    /// security assessment forbade it.
    /// </summary>
    /// <param name="withdrawn">The consent that has ended; all that rests on it comes back.</param>
    public static Outcome? RecordForbidden(Work work, TracingRequestId id, RecallReason reason, Guid? withdrawn = null) => Record(
        work,
        id,
        reason,
        (search, file) => PartnerSearchDecider.MustComeBack(search, withdrawn, file, work.Today, work.Policy),
        (inquiry, file) => SearchDecider.MustComeBack(inquiry, withdrawn, file, work.Today, work.Policy));

    private static Outcome? Record(
        Work work, TracingRequestId id, RecallReason reason, Func<PartnerSearchFile, CaseFile, bool> search, Func<InquiryFile, CaseFile, bool> inquiry)
    {
        if (work.State(StreamKinds.TracingRequest, id.Value) is not TracingRequest.Started { File: var file })
            return null;
        foreach (var asked in SearchesOf(file))
        {
            if (!work.Has(asked))
                throw new ConcurrencyConflict();
            if (work.State(StreamKinds.PartnerSearch, asked) is not PartnerSearch.Existing existing || !search(existing.File, file))
                continue;
            if (work.Record(StreamKinds.PartnerSearch, asked, PartnerSearchDecider.Recall(existing, reason)) is { } refused)
                return refused;
        }

        foreach (var (_, waiting) in file.Inquiries.Where(asked => asked.Value.IsWaiting && inquiry(asked.Value, file)).OrderBy(asked => asked.Key))
        {
            var decision = SearchDecider.RecallInquiry(work.State(StreamKinds.TracingRequest, id.Value), waiting.Sent.InquiryId, reason);
            if (work.Record(StreamKinds.TracingRequest, id.Value, decision) is { } refused)
                return refused;
        }

        return null;
    }

    private static IEnumerable<Guid> SearchesOf(CaseFile file) =>
        file.SearchActions.Values.Where(action => action.Plan.Means == SearchMeans.PartnerSociety).Select(action => action.Plan.SearchActionId).Order();
}
