using Rfl.Domain.Common;
using Rfl.Domain.Policies;

namespace Rfl.Domain.Retentions;

/// <summary>
/// A record whose time is over is proposed, approved by the data-protection officer or by the policy itself, and then carried out; until then it can be postponed,
/// and it is dropped by itself where the record lives again.
/// </summary>
public static class RetentionDecider
{
    /// <summary>A postponement ends by itself, not later than this.</summary>
    public const int LongestPostponementInYears = 10;

    /// <summary>When the time of a record is over; null where the policy keeps its kind for ever.</summary>
    public static DateTimeOffset? EndsAt(RetentionKind kind, DateTimeOffset endedAt, Policy policy) =>
        policy.Retention.TryGetValue(kind, out var rule) ? WorkingCalendar.Add(endedAt, rule.Keeps, policy.IsHoliday) : null;

    /// <summary>The same from the other side, to look for what may be due: days on which months differ in length are judged one by one.</summary>
    public static DateTimeOffset EndedBefore(RetentionRule rule, DateTimeOffset now) =>
        WorkingCalendar.Add(now, rule.Keeps with { Count = -rule.Keeps.Count }, _ => false);

    public static Decision<IRetentionEvent> Propose(Retention state, RetentionProposed proposal, DateTimeOffset now, Policy policy)
    {
        if (EndsAt(proposal.Kind, proposal.EndedAt, policy) is not { } ends || ends > now)
            return RetentionRefusals.NotDue;
        return state switch
        {
            Retention.Proposed => Decision.Unchanged,
            Retention.Postponed { Postponement.Until: var until } when until >= WorkingCalendar.DayOf(now) => Decision.Unchanged,
            Retention.CarriedOut { Proposal: var known } when known == proposal => Decision.Unchanged,
            _ => proposal,
        };
    }

    /// <summary>Also what was postponed, when the reason for keeping it is gone before its day.</summary>
    public static Decision<IRetentionEvent> Approve(Retention state, Guid by) => state switch
    {
        Retention.Proposed { ApprovedBy: null } or Retention.Postponed => new RetentionApproved(by),
        Retention.Proposed or Retention.CarriedOut => Decision.Unchanged,
        _ => RetentionRefusals.NotProposed,
    };

    /// <summary>Takes an approval back; another day or reason takes the place of an earlier postponement.</summary>
    public static Decision<IRetentionEvent> Postpone(Retention state, DateOnly until, PostponementReason reason, Guid by, DateOnly today)
    {
        if (state is Retention.Postponed { Postponement: var known } && known.Until == until && known.Reason == reason)
            return Decision.Unchanged;
        if (state is not (Retention.Proposed or Retention.Postponed))
            return RetentionRefusals.NotProposed;
        if (until <= today)
            return RetentionRefusals.PostponementTooShort;
        return until > today.AddYears(LongestPostponementInYears)
            ? RetentionRefusals.PostponementTooLong
            : new RetentionPostponed(until, reason, by);
    }

    public static Decision<IRetentionEvent> Drop(Retention state) => state switch
    {
        Retention.Proposed or Retention.Postponed => new RetentionDropped(),
        Retention.Dropped => Decision.Unchanged,
        _ => RetentionRefusals.NotProposed,
    };

    /// <summary>
    /// Whether it may be carried out now: approved by the officer or by the policy, still due, and nothing about its persons that keeps it. What was begun is finished,
    /// whatever was decided since: a record that is anonymous already does not come back, and its persons' keys must not stay behind.
    /// </summary>
    /// <param name="begun">The record is anonymous already.</param>
    public static Refusal? Forbid(Retention state, RetentionObstacle? obstacle, bool begun, DateTimeOffset now, Policy policy) => state switch
    {
        Retention.CarriedOut => null,
        Retention.Proposed or Retention.Postponed when begun => Of(obstacle),
        Retention.Proposed { Proposal: var proposal } when EndsAt(proposal.Kind, proposal.EndedAt, policy) is not { } ends || ends > now => RetentionRefusals.NotDue,
        Retention.Proposed { ApprovedBy: null, Proposal.Kind: var kind } when !policy.Retention[kind].Automatic => RetentionRefusals.NotApproved,
        Retention.Proposed => Of(obstacle),
        _ => RetentionRefusals.NotProposed,
    };

    public static Decision<IRetentionEvent> CarryOut(Retention state, int personsErased, int personsKept) => state switch
    {
        Retention.Proposed or Retention.Postponed => new RetentionCarriedOut(personsErased, personsKept),
        Retention.CarriedOut => Decision.Unchanged,
        _ => RetentionRefusals.NotProposed,
    };

    private static Refusal? Of(RetentionObstacle? obstacle) => obstacle switch
    {
        null => null,
        RetentionObstacle.LegalHold => RetentionRefusals.OnHold,
        RetentionObstacle.DataSubjectRequest => RetentionRefusals.DataSubjectRequestOpen,
        _ => RetentionRefusals.Restricted,
    };
}
