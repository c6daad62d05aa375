using Rfl.Domain.Common;

namespace Rfl.Domain.Retentions;

/// <summary>What was decided about the end of a record.</summary>
public abstract record Retention
{
    private Retention()
    {
    }

    public static Retention Initial { get; } = new NothingProposed();

    public sealed record NothingProposed : Retention;

    public abstract record Existing(RetentionProposed Proposal) : Retention;

    /// <param name="ApprovedBy">Null while nobody has decided.</param>
    public sealed record Proposed(RetentionProposed Proposal, Guid? ApprovedBy = null) : Existing(Proposal);

    public sealed record Postponed(RetentionProposed Proposal, RetentionPostponed Postponement) : Existing(Proposal);

    public sealed record Dropped(RetentionProposed Proposal) : Existing(Proposal);

    /// <param name="ApprovedBy">Null where the policy carried it out by itself.</param>
    public sealed record CarriedOut(RetentionProposed Proposal, RetentionCarriedOut Result, Guid? ApprovedBy) : Existing(Proposal);

    /// <summary>The one stream about a record's end: found without a look-up.</summary>
    public static Guid StreamOf(Guid record)
    {
        Span<byte> text = stackalloc byte[25];
        "retention"u8.CopyTo(text);
        record.TryWriteBytes(text[9..]);
        return DerivedId.Of(text);
    }

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static Retention Evolve(Retention state, IRetentionEvent happened) => (state, happened) switch
    {
        (NothingProposed or Postponed or Dropped or CarriedOut, RetentionProposed proposed) => new Proposed(proposed),
        (Proposed proposed, RetentionApproved approved) => proposed with { ApprovedBy = approved.ApprovedBy },
        (Postponed postponed, RetentionApproved approved) => new Proposed(postponed.Proposal, approved.ApprovedBy),
        (Proposed or Postponed, RetentionPostponed postponed) => new Postponed(((Existing)state).Proposal, postponed),
        (Proposed or Postponed, RetentionDropped) => new Dropped(((Existing)state).Proposal),
        (Proposed or Postponed, RetentionCarriedOut result) => new CarriedOut(((Existing)state).Proposal, result, (state as Proposed)?.ApprovedBy),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a retention that is {state.GetType().Name}."),
    };
}

/// <summary>Why a record is kept for longer.</summary>
public enum PostponementReason
{
    LegalClaim,
    PersonAsked,
    FamilyMayReturn,
    Investigation,
    Other,
}

/// <summary>What keeps a record although its time is over and somebody agreed. It goes by itself once nothing does.</summary>
public enum RetentionObstacle
{
    LegalHold,

    /// <summary>A person asked for something and has no answer yet: what is asked about is not taken away before.</summary>
    DataSubjectRequest,

    /// <summary>Restricted data is kept and not used (handbook §8.3); whoever restricted it may need it.</summary>
    Restriction,
}
