using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.TracingRequests;

/// <summary>
/// Searching: planned and carried out only by the means that the security assessment and the country allow (rules 3, 17).
/// No result here says "found": a finding goes into the disclosure circle (rule 12).
/// </summary>
public static class SearchDecider
{
    public static Decision<ITracingRequestEvent> Plan(
        TracingRequest state, Guid id, PersonId soughtPerson, SearchMeans means, DateOnly? plannedFor, string plan, Policy policy)
    {
        var planned = new SearchActionPlanned(id, soughtPerson, means, plannedFor, Personal.Of(soughtPerson, plan));
        if (state is TracingRequest.Started { File: var file } && file.SearchActions.TryGetValue(id, out var known))
            return known.Plan == planned ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return Forbid(state, soughtPerson, means, policy) is { } refusal ? refusal : planned;
    }

    public static Decision<ITracingRequestEvent> CarryOut(
        TracingRequest state, Guid id, DateOnly on, SearchResult result, Provenance provenance, string account, DateOnly today)
    {
        if (state is not TracingRequest.Started { File: var file } || !file.SearchActions.TryGetValue(id, out var action))
            return TracingRequestRefusals.SearchActionUnknown;
        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        var done = new SearchActionCarriedOut(id, on, result, provenance, Personal.Of(action.Plan.SoughtPerson, account));
        if (action.Done is { } before)
            return before == done ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return done;
    }

    /// <summary>An inquiry to an authority needs the enquirer's consent for that purpose; an immigration or asylum authority a consent
    /// that names it: only the person can ask for that (rule 16).</summary>
    public static Decision<ITracingRequestEvent> SendInquiry(
        TracingRequest state, Guid id, PersonId soughtPerson, string authority, DateOnly sentOn, string question, AuthorityKind kind, TransferChannel channel, Policy policy, DateOnly today)
    {
        var (words, asked) = (Personal.Of(soughtPerson, question), Personal.Of(soughtPerson, authority));
        if (state is TracingRequest.Started { File: var file } && file.Inquiries.TryGetValue(id, out var known))
        {
            var same = known.Sent.SoughtPerson == soughtPerson && known.Sent.Authority == asked && known.Sent.SentOn == sentOn
                && known.Sent.Question == words && known.Sent.Kind == kind && (known.Sent.Channel ?? TransferChannel.Post) == channel;
            return same ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        }

        if (Forbid(state, soughtPerson, SearchMeans.AuthorityInquiry, policy) is { } refusal)
            return refusal;
        if (sentOn > today)
            return TracingRequestRefusals.DateInFuture;
        return TransferPermission.Message(words, soughtPerson, RouteTo(authority, kind, channel), InterviewDecider.FileOf(state), today, policy) switch
        {
            Release<Personal<string>>.Given given => Departures.Inquiry(id, soughtPerson, asked, kind, sentOn, given.Released),
            Release<Personal<string>>.Withheld { Fields: [{ Reason: WithholdingReason.NoConsent }] } => TracingRequestRefusals.AuthorityConsentMissing,
            Release<Personal<string>>.Withheld withheld => TransferRefusals.FieldsWithheld(withheld.Fields, "question"),
            _ => throw new InvalidOperationException("A release is given or withheld."),
        };
    }

    /// <summary>The authority is asked to stop. Of an inquiry that was answered nothing is left to stop.</summary>
    public static Decision<ITracingRequestEvent> RecallInquiry(TracingRequest state, Guid id, RecallReason reason)
    {
        if (state is not TracingRequest.Started { File: var file } || !file.Inquiries.TryGetValue(id, out var inquiry))
            return TracingRequestRefusals.InquiryUnknown;
        return inquiry.IsWaiting ? new AuthorityInquiryRecalled(id, reason) : Decision.Unchanged;
    }

    /// <summary>Whether an authority that has not answered is to stop now. See <see cref="PartnerSearchDecider.MustComeBack"/>.</summary>
    public static bool MustComeBack(InquiryFile inquiry, Guid? withdrawn, CaseFile file, DateOnly today, Policy policy)
    {
        var sent = inquiry.Sent;
        return (withdrawn is not null && sent.Ground == withdrawn)
            // Which authority it was is gone with an erased person: then only the consent itself can be taken back.
            || (sent.Authority is { IsReadable: true, Value: { } authority }
                && TransferPermission.MayLeave(TransferField.Message, sent.SoughtPerson, RouteTo(authority, sent.Kind, sent.Channel ?? TransferChannel.Post), file, today, policy)
                    is TransferAnswer.Withheld);
    }

    public static Decision<ITracingRequestEvent> AnswerInquiry(
        TracingRequest state, Guid id, DateOnly on, InquiryResult result, string answer, DateOnly today)
    {
        if (state is not TracingRequest.Started { File: var file } || !file.Inquiries.TryGetValue(id, out var inquiry))
            return TracingRequestRefusals.InquiryUnknown;
        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        var answered = new AuthorityInquiryAnswered(id, on, result, Personal.Of(inquiry.Sent.SoughtPerson, answer));
        if (inquiry.Answer is { } before)
            return before == answered ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return answered;
    }

    /// <summary>A lead may come at any time, also to a suspended, dormant or ended case: nothing is lost.</summary>
    public static Decision<ITracingRequestEvent> ReceiveLead(TracingRequest state, Guid id, PersonId soughtPerson, Provenance provenance, string content)
    {
        if (state is not TracingRequest.Started { File: { SubmittedAt: not null } file })
            return TracingRequestRefusals.NotSubmitted;
        if (file.Find(soughtPerson) is null)
            return TracingRequestRefusals.SoughtPersonUnknown;
        var lead = new LeadReceived(id, soughtPerson, provenance, Personal.Of(soughtPerson, content));
        if (file.Leads.TryGetValue(id, out var known))
            return known == lead ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        return lead;
    }

    private static TransferRoute RouteTo(string authority, AuthorityKind kind, TransferChannel channel) =>
        new(Recipient.Of(authority, kind), TransferPurpose.AuthorityInquiry, channel);

    /// <summary>Why a search by these means may not go out now; null when it may.</summary>
    public static Refusal? Forbid(TracingRequest state, PersonId soughtPerson, SearchMeans means, Policy policy)
    {
        if (state is not TracingRequest.Open { File: var file, Activity: var activity })
            return TracingRequestRefusals.NotOpen;
        if (activity is Activity.Suspended)
            return TracingRequestRefusals.SearchSuspended;
        if (file.Find(soughtPerson) is not { } person)
            return TracingRequestRefusals.SoughtPersonUnknown;
        if (file.Security is not { Assessment: var assessment } || assessment.DoNotSearch)
            return TracingRequestRefusals.DoNotSearch;
        if (!assessment.AllowedMeans.Contains(means))
            return TracingRequestRefusals.MeansNotAllowed(means);
        if (person.Loss?.Country is { } country && policy.RuleFor(country).ForbiddenMeans.Contains(means))
            return TracingRequestRefusals.MeansForbiddenInCountry(means, country.ToString());
        return null;
    }
}
