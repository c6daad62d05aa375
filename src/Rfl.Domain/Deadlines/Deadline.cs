namespace Rfl.Domain.Deadlines;

/// <summary>What can become overdue (handbook §6). Stored by name.</summary>
public enum DeadlineKind
{
    AcceptanceDecision,
    InformationRequestUnanswered,
    AuthorityInquiryUnanswered,
    NewsToEnquirer,
    NewsAfterSignificantEvent,
    EnquirerUnreachable,
    StaleCase,
    NoLeads,
    DormantReview,
    ConsentReview,
    ChildTurningEighteen,
    Transmission,
    PartnerAcknowledgement,
    PartnerAnswer,
    EscalationToCentralTracingAgency,
    LocatedPersonContact,

    /// <summary>A consent ran out: what left on it comes back, and the person may be asked again.</summary>
    ConsentExpiry,
    DataSubjectRequestAnswer,
    ExtendedDataSubjectRequestAnswer,
    BreakGlassReview,
    BreachNotification,
}

/// <summary>
/// The identity of a deadline within its stream. A second run of a job, on this node or another, finds the same key already passed and does nothing.
/// </summary>
/// <param name="Subject">The inquiry, consent, person … that is waited for; empty when it is the whole case.</param>
/// <param name="Since">The moment from which the period runs; a new trigger makes a new deadline.</param>
/// <param name="Occurrence">1 for the first reminder, 2 for the second …</param>
public sealed record DeadlineKey(DeadlineKind Kind, string Subject, DateTimeOffset Since, int Occurrence);

/// <summary>An open deadline as the stream's facts give it; the policy in force turns it into an instant.</summary>
/// <param name="Scope">What the policy may distinguish.</param>
/// <param name="PassedAt">When the chasing recorded that it fell; null while it is still ahead or not yet noticed.</param>
/// <param name="FellDueAt">The instant at which it fell, as it was recorded: no later policy, priority or country moves it.</param>
/// <param name="MovedTo">The instant that somebody set for this case, which beats the policy.</param>
public sealed record OpenDeadline(
    DeadlineKey Key, DeadlineScope Scope, DateTimeOffset? PassedAt = null, DateTimeOffset? MovedTo = null, DateTimeOffset? FellDueAt = null)
{
    /// <param name="passed">Null while the deadline is still ahead or not yet noticed.</param>
    public OpenDeadline(DeadlineKey key, DeadlineScope scope, PassedDeadline? passed, DateTimeOffset? movedTo = null)
        : this(key, scope, passed?.At, movedTo, passed?.DueAt)
    {
    }
}

/// <summary>What a policy can be set for, from the general to the particular: everything, urgent cases, a country, a partner.</summary>
public sealed record DeadlineScope(bool Urgent = false, string? Country = null, string? Partner = null);

/// <summary>A deadline that fell.</summary>
/// <param name="DueAt">When it fell.</param>
/// <param name="At">When that was recorded.</param>
public sealed record PassedDeadline(DeadlineKey Key, DateTimeOffset DueAt, DateTimeOffset At)
{
    /// <summary>One matter's deadlines of a kind: those that have fallen, and the next.</summary>
    /// <param name="since">The moment from which they run.</param>
    public static IEnumerable<OpenDeadline> Series(DeadlineKind kind, DateTimeOffset since, IReadOnlyCollection<PassedDeadline> passed) =>
    [
        .. passed.Select(fallen => new OpenDeadline(fallen.Key, new DeadlineScope(), fallen)),
        new OpenDeadline(new DeadlineKey(kind, "", since, passed.Count + 1), new DeadlineScope()),
    ];
}
