namespace Rfl.Domain.Common;

/// <summary>
/// What a decider answers: events to append, nothing to do (the command was already carried out), or a refusal.
/// A refusal is a value; exceptions are kept for bugs and infrastructure.
/// </summary>
/// <typeparam name="TEvent">The family of events of the concept that decides.</typeparam>
public abstract record Decision<TEvent>
    where TEvent : IDomainEvent
{
    private Decision()
    {
    }

    /// <summary>At least one event follows from the command.</summary>
    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    /// <summary>The state already is what the command asks for: success without an effect.</summary>
    public sealed record Unchanged : Decision<TEvent>;

    /// <summary>A rule of the field says no.</summary>
    public sealed record Refused(Refusal Refusal) : Decision<TEvent>;

    public static implicit operator Decision<TEvent>(TEvent happened) => new Accepted([happened]);

    public static implicit operator Decision<TEvent>(TEvent[] happened) =>
        happened.Length == 0 ? new Unchanged() : new Accepted(happened);

    public static implicit operator Decision<TEvent>(List<TEvent> happened) =>
        happened.Count == 0 ? new Unchanged() : new Accepted(happened);

    public static implicit operator Decision<TEvent>(Refusal refusal) => new Refused(refusal);

    public static implicit operator Decision<TEvent>(Decision.UnchangedMarker _) => new Unchanged();
}

/// <summary>The word for "already so", readable in a decider: <c>return Decision.Unchanged;</c></summary>
public static class Decision
{
    public static UnchangedMarker Unchanged => default;

    public readonly record struct UnchangedMarker;
}
