using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Breaches;

/// <summary>What is recorded of a breach, in an order that the law sets (handbook §8.7).</summary>
public static class BreachDecider
{
    /// <summary>After so long the authority wants to know why; set by law, so not a policy.</summary>
    public static readonly TimeSpan InTime = TimeSpan.FromHours(72);

    public static Decision<IBreachEvent> Record(Breach state, BreachRecorded recorded, DateTimeOffset now) => state switch
    {
        Breach.Existing { Recording: var before } when before == recorded => Decision.Unchanged,
        Breach.Existing => BreachRefusals.RecordedDifferently,
        _ when recorded.AwareAt > now => BreachRefusals.InFuture,
        _ => recorded,
    };

    /// <summary>May be said again: what is known of a breach grows.</summary>
    public static Decision<IBreachEvent> Assess(Breach state, BreachRisk risk, int? affected, string assessment, Guid by) =>
        WhileOpen(state, open =>
        {
            var assessed = new BreachAssessed(risk, affected, Written(open, assessment), by);
            return open.Assessment is { } before && before with { By = by } == assessed ? Decision.Unchanged : assessed;
        });

    /// <param name="delay">Needed where the authority was told later than 72 hours after the Society knew.</param>
    public static Decision<IBreachEvent> NotifyAuthority(
        Breach state, DateTimeOffset notifiedAt, string? reference, string? delay, Guid by, DateTimeOffset now) =>
        WhileOpen(state, open =>
        {
            if (notifiedAt > now)
                return BreachRefusals.NotifiedInFuture;
            if (notifiedAt < open.Recording.AwareAt)
                return BreachRefusals.NotifiedBeforeAware;
            if (notifiedAt > open.Recording.AwareAt + InTime && string.IsNullOrWhiteSpace(delay))
                return BreachRefusals.DelayUnexplained;
            var notified = new AuthorityNotified(notifiedAt, reference, delay is null ? null : Written(open, delay), by);
            return open.Notification switch
            {
                null => notified,
                { } before when before with { By = by } == notified => Decision.Unchanged,
                _ => BreachRefusals.NotifiedDifferently,
            };
        });

    /// <summary>May be said again where more people are told.</summary>
    public static Decision<IBreachEvent> InformSubjects(Breach state, DateOnly informedOn, int informedPeople, string how, Guid by) => WhileOpen(state, open =>
    {
        var informed = new SubjectsInformed(informedOn, informedPeople, Written(open, how), by);
        return open.Information is { } before && before with { By = by } == informed ? Decision.Unchanged : informed;
    });

    /// <summary>Nothing is closed that was not assessed, and nothing that still has to be told.</summary>
    public static Decision<IBreachEvent> Close(Breach state, string measures, Guid by) => state switch
    {
        Breach.Closed => Decision.Unchanged,
        Breach.Open { Assessment: null } => BreachRefusals.NotAssessed,
        Breach.Open { Assessment.Risk: not BreachRisk.Unlikely, Notification: null } => BreachRefusals.AuthorityNotNotified,
        Breach.Open { Assessment.Risk: BreachRisk.High, Information: null } => BreachRefusals.SubjectsNotInformed,
        Breach.Open open => new BreachClosed(Written(open, measures), by),
        _ => BreachRefusals.NotRecorded,
    };

    /// <summary>Recorded once per deadline; one that is not open any more changes nothing.</summary>
    public static Decision<IBreachEvent> PassDeadline(Breach state, DeadlineKey deadline, DateTimeOffset dueAt) =>
        BreachDeadlines.Of(state).Any(open => open.Key == deadline && open.PassedAt is null) ? new BreachDeadlinePassed(deadline, dueAt) : Decision.Unchanged;

    private static Decision<IBreachEvent> WhileOpen(Breach state, Func<Breach.Open, Decision<IBreachEvent>> decide) => state switch
    {
        Breach.Open open => decide(open),
        Breach.Closed => BreachRefusals.AlreadyClosed,
        _ => BreachRefusals.NotRecorded,
    };

    private static Personal<string> Written(Breach.Open open, string text) => Personal.Of(open.Recording.Subject, text);
}
