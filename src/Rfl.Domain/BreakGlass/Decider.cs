using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.BreakGlass;

/// <summary>Looking beyond one's own cases, and what a supervisor thinks of it.</summary>
public static class BreakGlassDecider
{
    /// <param name="reachesAlready">Whether the case is within reach without it.</param>
    public static Decision<IBreakGlassEvent> Open(BreakGlass state, BreakGlassOpened opened, bool reachesAlready) => state switch
    {
        BreakGlass.Existing { Opening: var before } when before with { EndsAt = opened.EndsAt } == opened => Decision.Unchanged,
        BreakGlass.Existing => BreakGlassRefusals.OpenedDifferently,
        _ when reachesAlready => BreakGlassRefusals.NotNeeded,
        _ => opened,
    };

    /// <summary>Nobody reviews what they did themselves.</summary>
    public static Decision<IBreakGlassEvent> Review(BreakGlass state, BreakGlassJudgement judgement, string note, Guid by) => state switch
    {
        BreakGlass.Reviewed { Review: var before } when before.Judgement == judgement => Decision.Unchanged,
        BreakGlass.Reviewed => BreakGlassRefusals.ReviewedDifferently,
        BreakGlass.AwaitingReview { Opening: var opening } when opening.OpenedBy == by => BreakGlassRefusals.OwnReview,
        BreakGlass.AwaitingReview { Opening: var opening } => new BreakGlassReviewed(judgement, by, Personal.Of(opening.Subject, note)),
        _ => BreakGlassRefusals.NotOpened,
    };

    /// <summary>Recorded once per deadline; one that is not open any more changes nothing.</summary>
    public static Decision<IBreakGlassEvent> PassDeadline(BreakGlass state, DeadlineKey deadline, DateTimeOffset dueAt) =>
        BreakGlassDeadlines.Of(state).Any(open => open.Key == deadline && open.PassedAt is null)
            ? new BreakGlassReviewOverdue(deadline, dueAt)
            : Decision.Unchanged;
}
