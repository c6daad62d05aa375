using Rfl.Domain.Consents;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using static Rfl.Domain.Deadlines.DeadlineKind;

namespace Rfl.Domain.TracingRequests;

/// <summary>
/// What a request is waiting for (handbook §6), as a function of its facts: every waiting state has its deadline, and a deadline disappears with what it waited
/// for. One that has passed stays until then: it is the overdue entry of a worklist.
/// </summary>
public static class TracingRequestDeadlines
{
    /// <summary>Attempts, and different channels, before an enquirer counts as unreachable.</summary>
    private const int AttemptsNeeded = 3;
    private const int ChannelsNeeded = 2;

    public static IEnumerable<OpenDeadline> Of(TracingRequest state) => state is TracingRequest.Started { File: var file }
        ? Triggers(state, file).SelectMany(trigger => Occurrences(trigger, file, Scope(file)))
        : [];

    private static DeadlineScope Scope(CaseFile file) => new(
        file.IsUrgent || file.ConcernsMinor,
        file.SoughtPersons.Select(person => person.Loss?.Country?.ToString()).FirstOrDefault(country => country is not null),
        file.Society);

    private static IEnumerable<Trigger> Triggers(TracingRequest state, CaseFile file)
    {
        if (state is TracingRequest.Submitted && file.SubmittedAt is { } submitted)
            yield return new Trigger(AcceptanceDecision, submitted);
        if (state is not (TracingRequest.Submitted or TracingRequest.Open))
        {
            if (state is not TracingRequest.Interview && file is { SubmittedAt: not null, UntoldSince: { } ended })
                yield return new Trigger(NewsAfterSignificantEvent, ended);
            yield break;
        }

        foreach (var (id, request) in file.InformationRequests.Where(request => request.Value.Answer is null))
            yield return new Trigger(InformationRequestUnanswered, request.AskedAt, id.ToString());
        if (file.UnreachableAttempts.Count >= AttemptsNeeded
            && file.UnreachableAttempts.Select(attempt => attempt.Attempt.Channel).Distinct().Count() >= ChannelsNeeded
            && state is TracingRequest.Open { Activity: not Activity.Suspended })
        {
            yield return new Trigger(EnquirerUnreachable, file.UnreachableAttempts[0].At);
        }

        if (state is TracingRequest.Open open)
        {
            foreach (var trigger in WhileOpen(open, file))
                yield return trigger;
        }
    }

    private static IEnumerable<Trigger> WhileOpen(TracingRequest.Open open, CaseFile file)
    {
        if (file.UntoldSince is { } untold)
            yield return new Trigger(NewsAfterSignificantEvent, untold);
        yield return new Trigger(NewsToEnquirer, file.LastNewsAt ?? file.AcceptedAt!.Value);
        foreach (var (id, inquiry) in file.Inquiries.Where(inquiry => inquiry.Value.IsWaiting))
            yield return new Trigger(AuthorityInquiryUnanswered, inquiry.SentAt, id.ToString());
        foreach (var consent in file.Consents.Where(consent => consent.WithdrawnOn is null && IsPublication(consent.Consent.Purpose)))
            yield return new Trigger(ConsentReview, consent.ReviewedAt ?? consent.RecordedAt, consent.Consent.ConsentId.ToString());
        foreach (var (expiry, consent) in Expiring(file))
            yield return new Trigger(ConsentExpiry, expiry, consent.ToString());
        foreach (var person in file.SoughtPersons)
        {
            if (person is { TurnsEighteenIn: { } month, Search: SearchState.NotStarted or SearchState.Searching })
                yield return new Trigger(ChildTurningEighteen, new DateTimeOffset(month, default, default), person.Id.ToString());
        }

        switch (open.Activity)
        {
            case Activity.Dormant dormant:
                yield return new Trigger(DormantReview, dormant.LastReviewedAt ?? dormant.Since);
                break;
            case Activity.Accepted or Activity.Searching:
                yield return new Trigger(StaleCase, file.LastActivityAt);
                if (file.LastLeadAt is { } lead && file.SoughtPersons.Any(person => person.Search is SearchState.NotStarted or SearchState.Searching))
                    yield return new Trigger(NoLeads, lead);
                break;
            default:
                break;
        }
    }

    /// <summary>A consent that ends by itself waits to be given again, or to be withdrawn; counted from the first moment of its last day.</summary>
    private static IEnumerable<(DateTimeOffset LastDay, Guid Consent)> Expiring(CaseFile file) =>
        from consent in file.Consents
        where consent is { WithdrawnOn: null, Consent.ExpiresOn: not null }
            && !file.Consents.Any(other => other.WithdrawnOn is null && other.Consent.GivenOn >= consent.Consent.GivenOn && Outlives(other.Consent, consent.Consent))
        select (WorkingCalendar.StartOf(consent.Consent.ExpiresOn!.Value), consent.Consent.ConsentId);

    private static bool Outlives(Consent other, Consent consent) =>
        other.Person == consent.Person
        && other.Covers(consent.Purpose, consent.Recipient)
        && (other.Channel is null || other.Channel == consent.Channel)
        && (other.ExpiresOn is null || other.ExpiresOn > consent.ExpiresOn);

    private static bool IsPublication(ConsentPurpose purpose) => purpose
        is ConsentPurpose.TraceTheFaceOnline or ConsentPurpose.TraceTheFacePoster or ConsentPurpose.TraceTheFaceRestrictedGallery;

    /// <summary>The occurrences that have passed, and the next one; whether there is a next one is the policy's to say.</summary>
    private static IEnumerable<OpenDeadline> Occurrences(Trigger trigger, CaseFile file, DeadlineScope scope)
    {
        for (var occurrence = 1; ; occurrence++)
        {
            var key = new DeadlineKey(trigger.Kind, trigger.Subject, trigger.Since, occurrence);
            var passed = file.PassedDeadlines.GetValueOrDefault(key);
            yield return new OpenDeadline(key, scope, passed, file.MovedDeadlines.TryGetValue(key, out var moved) ? moved : null);
            if (passed is null)
                yield break;
        }
    }

    private sealed record Trigger(DeadlineKind Kind, DateTimeOffset Since, string Subject = "");
}
