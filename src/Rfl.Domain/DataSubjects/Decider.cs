using Rfl.Domain.Common;

namespace Rfl.Domain.DataSubjects;

public static class DataSubjectDecider
{
    public static Decision<IDataSubjectEvent> Restrict(DataSubject state, PersonId person, RestrictionGround ground, Guid request) => state switch
    {
        { Erasure: not null } => DataSubjectRefusals.PersonErased,
        { Restriction: { } known } when known.Request == request => Decision.Unchanged,
        { Restriction: not null } => DataSubjectRefusals.AlreadyRestricted,
        _ => new ProcessingRestricted(person, ground, request),
    };

    public static Decision<IDataSubjectEvent> LiftRestriction(DataSubject state, Guid by) => state switch
    {
        { Erasure: not null } => DataSubjectRefusals.PersonErased,
        { Restriction: null } => Decision.Unchanged,
        _ => new ProcessingRestrictionLifted(by),
    };

    public static Decision<IDataSubjectEvent> PlaceHold(DataSubject state, PersonId person, Guid id, LegalHoldReason reason, string? explanation, Guid by)
    {
        if (state.Erasure is not null)
            return DataSubjectRefusals.PersonErased;
        if (state.LiftedHolds.Contains(id))
            return DataSubjectRefusals.HoldRecordedDifferently;
        var placed = new LegalHoldPlaced(person, id, reason, by, explanation is null ? null : Personal.Of(person, explanation));
        return state.Holds.TryGetValue(id, out var known)
            ? known == placed ? Decision.Unchanged : DataSubjectRefusals.HoldRecordedDifferently
            : placed;
    }

    public static Decision<IDataSubjectEvent> LiftHold(DataSubject state, Guid id, Guid by)
    {
        if (state.LiftedHolds.Contains(id))
            return Decision.Unchanged;
        return state.Holds.ContainsKey(id) ? new LegalHoldLifted(id, by) : DataSubjectRefusals.HoldUnknown;
    }

    /// <summary>
    /// A legal hold stops it. So does an open request that seeks the person: what vanished from it would tell everybody around it that somebody was found, and it
    /// serves the rights of whoever seeks. Once the request has ended nothing stands against it.
    /// </summary>
    /// <param name="soughtInOpenRequest">Whether somebody else's request that has not ended seeks the person.</param>
    public static Decision<IDataSubjectEvent> Erase(DataSubject state, PersonId person, ErasureGround ground, Guid? request, bool soughtInOpenRequest) => state switch
    {
        { Erasure: not null } => Decision.Unchanged,
        { Holds.Count: > 0 } => DataSubjectRefusals.OnHold(state.Holds.Values),
        _ when soughtInOpenRequest => DataSubjectRefusals.SoughtInOpenRequest,
        _ => new PersonErased(person, ground, request),
    };
}
