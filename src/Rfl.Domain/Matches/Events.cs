using Rfl.Domain.Common;

namespace Rfl.Domain.Matches;

/// <summary>
/// That two records may be about the same person: a hypothesis (rule 8). Made of requests and registrations only; nothing of the disclosure circle goes in or
/// comes out. It merges nothing, closes nothing and discloses nothing.
/// </summary>
public interface IMatchEvent : IDomainEvent;

[EventType("match-proposed.v1")]
public sealed record MatchProposed(MatchSide First, MatchSide Second, MatchEvidence Evidence) : IMatchEvent;

/// <summary>One caseworker holds it to be the same person; a second one has to review it.</summary>
[EventType("match-confirmed.v1")]
public sealed record MatchConfirmed(Guid ConfirmedBy) : IMatchEvent;

[EventType("match-reviewed.v1")]
public sealed record MatchReviewed(Guid ReviewedBy) : IMatchEvent;

[EventType("match-rejected.v1")]
public sealed record MatchRejected(Guid RejectedBy, MatchRejectionReason Reason) : IMatchEvent;

/// <summary>The evidence has changed by more than <see cref="MatchRules.Reconsidering"/> since the rejection.</summary>
[EventType("match-reopened.v1")]
public sealed record MatchReopened(MatchEvidence Evidence) : IMatchEvent;

/// <summary>What is known of one of the two changed, or another model weighs it: the match stays where it stands, with evidence that is true today.</summary>
[EventType("match-rescored.v1")]
public sealed record MatchRescored(MatchEvidence Evidence) : IMatchEvent;

/// <summary>A confirmation, review or rejection was a mistake: the match is a proposal again.</summary>
[EventType("match-undone.v1")]
public sealed record MatchUndone(Guid UndoneBy) : IMatchEvent;

/// <summary>One of the two is no longer there to be compared; the match is shown to nobody any more.</summary>
[EventType("match-closed.v1")]
public sealed record MatchClosed(MatchClosureReason Reason) : IMatchEvent;
