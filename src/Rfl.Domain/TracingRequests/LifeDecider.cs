using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.TracingRequests;

/// <summary>News to the enquirer, and the turns of a case's life. Not found never closes a case (handbook §4).</summary>
public static class LifeDecider
{
    /// <summary>
    /// What the enquirer may be told follows from what was released by the found person's decision, and from nothing else (rules 11–13).
    /// </summary>
    public static Decision<ITracingRequestEvent> InformEnquirer(
        TracingRequest state, Guid id, NewsKind kind, PersonId? soughtPerson, ContactChannel channel, DateOnly on, string? note, DateOnly today, Policy policy)
    {
        if (state is not TracingRequest.Started { File: { SubmittedAt: not null, Enquirer: { } enquirer } file })
            return TracingRequestRefusals.NotSubmitted;
        var words = note is null ? null : Personal.Of(enquirer.Enquirer, note);
        if (file.News.TryGetValue(id, out var known))
        {
            var same = known.Kind == kind && known.SoughtPerson == soughtPerson && known.Channel == channel && known.InformedOn == on && known.Note == words;
            return same ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        }

        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        if (file.Security?.Assessment.DoNotContactThrough.Contains(channel) == true)
            return TracingRequestRefusals.ChannelForbidden;
        if (kind == NewsKind.Death && channel != ContactChannel.InPerson)
            return TracingRequestRefusals.DeathToldInPersonOnly;
        if ((kind == NewsKind.Accepted && file.AcceptedAt is null) || (soughtPerson is { } person && file.Find(person) is null))
            return TracingRequestRefusals.NothingToTell;
        var route = new TransferRoute(Recipient.Enquirer, TransferPurpose.NewsToEnquirer, Departures.ChannelOf(channel));
        return TransferPermission.News(kind, soughtPerson, route, file, today, policy) is Release<NewsKind>.Given given
            ? Departures.News(id, given.Released, soughtPerson, channel, on, words)
            : TracingRequestRefusals.NothingToTell;
    }

    public static Decision<ITracingRequestEvent> RecordUnreachable(
        TracingRequest state, Guid id, ContactChannel channel, DateOnly on, DateOnly today)
    {
        if (state is not TracingRequest.Started { File: { SubmittedAt: not null } file })
            return TracingRequestRefusals.NotSubmitted;
        var attempt = new EnquirerUnreachableRecorded(id, channel, on);
        if (file.KnownAttempts.TryGetValue(id, out var before))
            return before == attempt ? Decision.Unchanged : TracingRequestRefusals.AlreadyRecordedDifferently;
        if (on > today)
            return TracingRequestRefusals.DateInFuture;
        return file.Security?.Assessment.DoNotContactThrough.Contains(channel) == true ? TracingRequestRefusals.ChannelForbidden : attempt;
    }

    public static Decision<ITracingRequestEvent> Suspend(TracingRequest state, SuspensionReason reason) => state switch
    {
        TracingRequest.Open { Activity: Activity.Suspended suspended } when suspended.Reason == reason => Decision.Unchanged,
        TracingRequest.Open => new CaseSuspended(reason),
        _ => TracingRequestRefusals.NotOpen,
    };

    public static Decision<ITracingRequestEvent> MakeDormant(TracingRequest state) => state switch
    {
        TracingRequest.Open { Activity: Activity.Dormant } => Decision.Unchanged,
        TracingRequest.Open => new CaseMadeDormant(),
        _ => TracingRequestRefusals.NotOpen,
    };

    public static Decision<ITracingRequestEvent> ReviewDormant(TracingRequest state, DateOnly on, string findings)
    {
        if (state is not TracingRequest.Open { Activity: Activity.Dormant dormant, File.Enquirer: { } enquirer })
            return TracingRequestRefusals.NotDormant;
        var reviewed = new DormantCaseReviewed(on, Personal.Of(enquirer.Enquirer, findings));
        return dormant.LastReview == reviewed ? Decision.Unchanged : reviewed;
    }

    /// <summary>
    /// Closing says how it ended. Outcomes that speak of the found person need the release that they speak of; a sealed refusal never closes a case here.
    /// </summary>
    public static Decision<ITracingRequestEvent> Close(TracingRequest state, ClosureOutcome outcome)
    {
        if (state is TracingRequest.Closed closed)
            return closed.Outcome == outcome ? Decision.Unchanged : TracingRequestRefusals.AlreadyEnded;
        if (outcome == ClosureOutcome.NoDisclosure)
            return TracingRequestRefusals.SealedOutcome;
        if (outcome == ClosureOutcome.Withdrawn || state is not (TracingRequest.Open or TracingRequest.Submitted))
            return state is TracingRequest.Open or TracingRequest.Submitted ? TracingRequestRefusals.OutcomeNotSupported : TracingRequestRefusals.NotOpen;
        return IsSupported(InterviewDecider.FileOf(state), outcome) ? new CaseClosed(outcome) : TracingRequestRefusals.OutcomeNotSupported;
    }

    public static Decision<ITracingRequestEvent> Reopen(TracingRequest state, ReopeningReason reason) => state switch
    {
        TracingRequest.Declined or TracingRequest.Closed or TracingRequest.Withdrawn
            or TracingRequest.Open { Activity: Activity.Suspended or Activity.Dormant } => new CaseReopened(reason),
        TracingRequest.Started => Decision.Unchanged,
        _ => TracingRequestRefusals.NothingToReopen,
    };

    /// <summary>The enquirer can withdraw at any time (rule 15); of a request that has ended nothing is left to stop.</summary>
    public static Decision<ITracingRequestEvent> Withdraw(TracingRequest state) => state switch
    {
        TracingRequest.Withdrawn => Decision.Unchanged,
        TracingRequest.Interview or TracingRequest.Submitted or TracingRequest.Open => new TracingRequestWithdrawn(),
        TracingRequest.Started => Decision.Unchanged,
        _ => TracingRequestRefusals.NotSubmitted,
    };

    /// <summary>Only what has ended, and ended when the proposal says: a case that was reopened since has a time of its own.</summary>
    public static Decision<ITracingRequestEvent> Anonymise(TracingRequest state, DateTimeOffset endedAt) => state switch
    {
        TracingRequest.Anonymised => Decision.Unchanged,
        TracingRequest.Declined or TracingRequest.Closed or TracingRequest.Withdrawn when ((TracingRequest.Started)state).File.EndedAt == endedAt =>
            new TracingRequestAnonymised(RequestStatistics.Of((TracingRequest.Started)state)),
        _ => TracingRequestRefusals.NotEnded,
    };

    /// <summary>Moves one open deadline of this case, beating the policy.</summary>
    public static Decision<ITracingRequestEvent> MoveDeadline(TracingRequest state, DeadlineKey deadline, DateTimeOffset dueAt, string reason)
    {
        if (state is not TracingRequest.Started { File: { Enquirer: { } enquirer } file }
            || TracingRequestDeadlines.Of(state).All(open => open.Key != deadline || open.PassedAt is not null))
        {
            return TracingRequestRefusals.DeadlineNotOpen;
        }

        if (file.MovedDeadlines.TryGetValue(deadline, out var known) && known == dueAt)
            return Decision.Unchanged;
        return new DeadlineMoved(deadline, dueAt, Personal.Of(enquirer.Enquirer, reason));
    }

    /// <summary>
    /// A deadline fell. Unchanged when it already was recorded or what it waited for has come: a second run is harmless.
    /// Some deadlines carry their consequence with them (handbook §6).
    /// </summary>
    public static Decision<ITracingRequestEvent> PassDeadline(TracingRequest state, DeadlineKey deadline, DateTimeOffset dueAt)
    {
        if (TracingRequestDeadlines.Of(state).All(open => open.Key != deadline || open.PassedAt is not null))
            return Decision.Unchanged;
        var passed = new DeadlinePassed(deadline, dueAt);
        return deadline.Kind switch
        {
            DeadlineKind.EnquirerUnreachable => new ITracingRequestEvent[] { passed, new CaseSuspended(SuspensionReason.EnquirerUnreachable) },
            DeadlineKind.NoLeads => new ITracingRequestEvent[] { passed, new CaseMadeDormant() },
            _ => passed,
        };
    }

    /// <summary>Released by the disclosure of the found person; see the disclosures' decider for when that may happen.</summary>
    public static Decision<ITracingRequestEvent> ReleaseLocation(TracingRequest state, PersonId soughtPerson, DisclosedExtent extent, string? coordinates)
    {
        if (state is not TracingRequest.Started { File: var file } || file.Find(soughtPerson) is not { } person)
            return TracingRequestRefusals.SoughtPersonUnknown;
        var located = new SoughtPersonLocated(soughtPerson, extent, coordinates is null ? null : Personal.Of(soughtPerson, coordinates));
        return person.Released == located ? Decision.Unchanged : located;
    }

    public static Decision<ITracingRequestEvent> ReleaseFate(TracingRequest state, PersonId soughtPerson, Personal<string> authority, DeathNews news)
    {
        if (state is not TracingRequest.Started { File: var file } || file.Find(soughtPerson) is not { } person)
            return TracingRequestRefusals.SoughtPersonUnknown;
        var fate = new FateEstablished(soughtPerson, authority, Personal.Of(soughtPerson, news));
        return person.Fate == fate ? Decision.Unchanged : fate;
    }

    public static Decision<ITracingRequestEvent> Retract(TracingRequest state, PersonId soughtPerson) =>
        state is TracingRequest.Started { File: var file } && file.Find(soughtPerson) is { Search: SearchState.Located or SearchState.FateEstablished }
            ? new DisclosureRetracted(soughtPerson)
            : Decision.Unchanged;

    private static bool IsSupported(CaseFile file, ClosureOutcome outcome) => outcome switch
    {
        ClosureOutcome.ContactRestored => file.SoughtPersons.Any(person => person.Released?.Extent == DisclosedExtent.Coordinates),
        ClosureOutcome.AliveNewsOnly or ClosureOutcome.Detained => file.SoughtPersons.Any(person => person.Released is not null),
        ClosureOutcome.Deceased => file.SoughtPersons.Any(person => person.Fate is not null),
        ClosureOutcome.PartialAnswer => file.SoughtPersons.Any(person => person.Search is SearchState.Located or SearchState.FateEstablished),
        ClosureOutcome.Duplicate => !file.Links.IsEmpty,
        _ => true,
    };
}
