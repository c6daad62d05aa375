using System.Collections.Immutable;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.BreakGlass;

/// <summary>Whether glass was broken, and what was thought of it.</summary>
public abstract record BreakGlass
{
    private BreakGlass()
    {
    }

    public static BreakGlass Initial { get; } = new None();

    public sealed record None : BreakGlass;

    /// <param name="Passed">Deadlines of the review that have fallen.</param>
    public abstract record Existing(BreakGlassOpened Opening, DateTimeOffset OpenedAt, ImmutableList<PassedDeadline> Passed) : BreakGlass
    {
        /// <summary>From this instant on the case is out of reach again.</summary>
        public abstract DateTimeOffset EndsAt { get; }
    }

    public sealed record AwaitingReview(BreakGlassOpened Opening, DateTimeOffset OpenedAt, ImmutableList<PassedDeadline> Passed)
        : Existing(Opening, OpenedAt, Passed)
    {
        public override DateTimeOffset EndsAt => Opening.EndsAt;
    }

    /// <summary>What was not justified ends with the review.</summary>
    public sealed record Reviewed(
        BreakGlassOpened Opening, DateTimeOffset OpenedAt, ImmutableList<PassedDeadline> Passed, BreakGlassReviewed Review, DateTimeOffset ReviewedAt)
        : Existing(Opening, OpenedAt, Passed)
    {
        public override DateTimeOffset EndsAt =>
            Review.Judgement == BreakGlassJudgement.NotJustified && ReviewedAt < Opening.EndsAt ? ReviewedAt : Opening.EndsAt;
    }

    /// <param name="at">When the fact happened.</param>
    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static BreakGlass Evolve(BreakGlass state, IBreakGlassEvent happened, DateTimeOffset at) => (state, happened) switch
    {
        (None, BreakGlassOpened opened) => new AwaitingReview(opened, at, []),
        (AwaitingReview waiting, BreakGlassReviewOverdue overdue) => waiting with { Passed = waiting.Passed.Add(new PassedDeadline(overdue.Deadline, overdue.DueAt, at)) },
        (AwaitingReview waiting, BreakGlassReviewed reviewed) => new Reviewed(waiting.Opening, waiting.OpenedAt, waiting.Passed, reviewed, at),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a break-glass that is {state.GetType().Name}."),
    };
}

/// <summary>What the review waits for: until then it is chased, again and again.</summary>
public static class BreakGlassDeadlines
{
    public static IEnumerable<OpenDeadline> Of(BreakGlass state)
    {
        if (state is not BreakGlass.AwaitingReview waiting)
            return [];
        return PassedDeadline.Series(DeadlineKind.BreakGlassReview, waiting.OpenedAt, waiting.Passed);
    }
}

/// <summary>Why somebody has to look at a case that is not theirs.</summary>
public enum BreakGlassReason
{
    /// <summary>Somebody is in danger now.</summary>
    Emergency,

    /// <summary>Whoever has the case cannot be reached, and it cannot wait.</summary>
    ColleagueAbsent,

    /// <summary>The person concerned is here and asks.</summary>
    PersonPresent,

    /// <summary>It has to do with a case of one's own.</summary>
    RelatedCase,
    Other,
}

public enum BreakGlassJudgement
{
    Justified,

    /// <summary>Ends at once what is still open; what follows for the person is a matter for people.</summary>
    NotJustified,
}
