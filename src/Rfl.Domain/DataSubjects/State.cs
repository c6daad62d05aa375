using System.Collections.Immutable;
using Rfl.Domain.Common;

namespace Rfl.Domain.DataSubjects;

/// <summary>What holds for one person.</summary>
/// <param name="Restriction">The restriction in force.</param>
/// <param name="Holds">Legal holds in force.</param>
public sealed record DataSubject(
    ProcessingRestricted? Restriction, ImmutableDictionary<Guid, LegalHoldPlaced> Holds, ImmutableHashSet<Guid> LiftedHolds, PersonErased? Erasure)
{
    public static DataSubject Initial { get; } = new(null, ImmutableDictionary<Guid, LegalHoldPlaced>.Empty, [], null);

    /// <summary>The stream of a person; their own id already names their registration, where they have one.</summary>
    public static Guid StreamOf(PersonId person) => DerivedId.Of([.. "data-subject"u8, .. person.Value.ToByteArray()]);

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static DataSubject Evolve(DataSubject state, IDataSubjectEvent happened) => happened switch
    {
        ProcessingRestricted restricted when state.Restriction is null => state with { Restriction = restricted },
        ProcessingRestrictionLifted when state.Restriction is not null => state with { Restriction = null },
        LegalHoldPlaced placed when !state.Holds.ContainsKey(placed.HoldId) => state with { Holds = state.Holds.Add(placed.HoldId, placed) },
        LegalHoldLifted lifted when state.Holds.ContainsKey(lifted.HoldId) =>
            state with { Holds = state.Holds.Remove(lifted.HoldId), LiftedHolds = state.LiftedHolds.Add(lifted.HoldId) },
        PersonErased erased when state.Erasure is null => state with { Erasure = erased },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to this data subject."),
    };
}

public enum RestrictionGround
{
    Restriction,
    Objection,
}

public enum LegalHoldReason
{
    /// <summary>Legal claims are being made or defended.</summary>
    LegalClaim,
    CourtOrder,

    /// <summary>A complaint or an inspection is going on.</summary>
    Investigation,

    /// <summary>Somebody's life or safety depends on it.</summary>
    VitalInterest,
    LegalObligation,
}

/// <summary>Why a person was erased. Stored by name, also in the ledger of erasures.</summary>
public enum ErasureGround
{
    DataSubjectRequest,
    Retention,
    UnlawfulProcessing,
}
