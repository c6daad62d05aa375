using Rfl.Domain.Common;

namespace Rfl.Domain.Matches;

public static class MatchDecider
{
    /// <summary>
    /// Keeps a candidate above the threshold. A match that is known stays as people decided; a rejected one opens again when the evidence changed enough and
    /// still suffices. Another model weighs the same evidence otherwise: that is noted and opens nothing.
    /// </summary>
    public static Decision<IMatchEvent> Propose(Match state, MatchSide a, MatchSide b, MatchEvidence evidence)
    {
        if (!MatchSide.MayMatch(a, b))
            return MatchRefusals.Impossible;
        var (first, second) = MatchSide.InOrder(a, b);
        var suffices = evidence.Probability >= MatchRules.Threshold;
        return state switch
        {
            Match.None when suffices => new MatchProposed(first, second, evidence),
            Match.Closed => Decision.Unchanged,
            Match.Existing match when match.Evidence.Model != evidence.Model => new MatchRescored(evidence),
            Match.Rejected rejected when suffices && rejected.Evidence.DiffersBy(evidence) > MatchRules.Reconsidering => new MatchReopened(evidence),
            Match.Proposed or Match.Confirmed or Match.Reviewed when ((Match.Existing)state).Evidence.DiffersBy(evidence) > MatchRules.Noticeable =>
                new MatchRescored(evidence),
            _ => Decision.Unchanged,
        };
    }

    public static Decision<IMatchEvent> Confirm(Match state, Guid by) => state switch
    {
        Match.Proposed => new MatchConfirmed(by),
        Match.Confirmed or Match.Reviewed => Decision.Unchanged,
        _ => MatchRefusals.NotProposed,
    };

    /// <summary>By another person than the one who confirmed (rule 8).</summary>
    public static Decision<IMatchEvent> Review(Match state, Guid by) => state switch
    {
        Match.Confirmed confirmed when confirmed.By == by => MatchRefusals.SecondPersonNeeded,
        Match.Confirmed => new MatchReviewed(by),
        Match.Reviewed => Decision.Unchanged,
        _ => MatchRefusals.NotConfirmed,
    };

    public static Decision<IMatchEvent> Reject(Match state, Guid by, MatchRejectionReason reason) => state switch
    {
        Match.Proposed or Match.Confirmed => new MatchRejected(by, reason),
        Match.Rejected => Decision.Unchanged,
        Match.Reviewed => MatchRefusals.AlreadyReviewed,
        _ => MatchRefusals.NotProposed,
    };

    /// <summary>Takes a decision back: the match is a proposal again.</summary>
    public static Decision<IMatchEvent> Undo(Match state, Guid by) => state switch
    {
        Match.Confirmed or Match.Reviewed or Match.Rejected => new MatchUndone(by),
        Match.Proposed => Decision.Unchanged,
        _ => MatchRefusals.NotProposed,
    };

    /// <summary>Ends a match whatever people decided on it: one of the two was erased.</summary>
    public static Decision<IMatchEvent> Close(Match state, MatchClosureReason reason) => state switch
    {
        Match.Closed => Decision.Unchanged,
        Match.Existing => new MatchClosed(reason),
        _ => MatchRefusals.NotProposed,
    };
}
