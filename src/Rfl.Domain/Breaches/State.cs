using System.Collections.Immutable;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.Breaches;

/// <summary>Where a breach stands.</summary>
public abstract record Breach
{
    private Breach()
    {
    }

    public static Breach Initial { get; } = new None();

    public sealed record None : Breach;

    /// <param name="Assessment">The latest one counts: more may come to light.</param>
    public abstract record Existing(
        BreachRecorded Recording,
        DateTimeOffset RecordedAt,
        BreachAssessed? Assessment,
        AuthorityNotified? Notification,
        SubjectsInformed? Information,
        ImmutableList<PassedDeadline> Passed) : Breach;

    public sealed record Open(
        BreachRecorded Recording,
        DateTimeOffset RecordedAt,
        BreachAssessed? Assessment,
        AuthorityNotified? Notification,
        SubjectsInformed? Information,
        ImmutableList<PassedDeadline> Passed) : Existing(Recording, RecordedAt, Assessment, Notification, Information, Passed);

    public sealed record Closed(
        BreachRecorded Recording,
        DateTimeOffset RecordedAt,
        BreachAssessed? Assessment,
        AuthorityNotified? Notification,
        SubjectsInformed? Information,
        ImmutableList<PassedDeadline> Passed,
        BreachClosed Closing) : Existing(Recording, RecordedAt, Assessment, Notification, Information, Passed);

    /// <param name="at">When the fact happened.</param>
    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static Breach Evolve(Breach state, IBreachEvent happened, DateTimeOffset at) => (state, happened) switch
    {
        (None, BreachRecorded recorded) => new Open(recorded, at, null, null, null, []),
        (Open open, BreachAssessed assessed) => open with { Assessment = assessed },
        (Open open, AuthorityNotified notified) => open with { Notification = notified },
        (Open open, SubjectsInformed informed) => open with { Information = informed },
        (Open open, BreachDeadlinePassed passed) => open with { Passed = open.Passed.Add(new PassedDeadline(passed.Deadline, passed.DueAt, at)) },
        (Open open, BreachClosed closed) =>
            new Closed(open.Recording, open.RecordedAt, open.Assessment, open.Notification, open.Information, open.Passed, closed),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a breach that is {state.GetType().Name}."),
    };
}

/// <summary>The clock of 72 hours (handbook §8.7): it stops when the authority was told, or when there is nothing to tell.</summary>
public static class BreachDeadlines
{
    public static IEnumerable<OpenDeadline> Of(Breach state) =>
        state is Breach.Open { Notification: null, Assessment: not { Risk: BreachRisk.Unlikely } } open
            ? PassedDeadline.Series(DeadlineKind.BreachNotification, open.Recording.AwareAt, open.Passed)
            : [];
}

/// <summary>What was hurt.</summary>
public enum BreachNature
{
    /// <summary>Somebody saw or took what they should not.</summary>
    Confidentiality,

    /// <summary>Something was changed that should not.</summary>
    Integrity,

    /// <summary>Something was lost or out of reach.</summary>
    Availability,
}

/// <summary>What the breach means for the people concerned.</summary>
public enum BreachRisk
{
    /// <summary>The authority need not be told; the register says why.</summary>
    Unlikely,

    /// <summary>The authority is told.</summary>
    Likely,

    /// <summary>The authority and the people themselves are told.</summary>
    High,
}
