using System.Text.Json.Serialization;
using Rfl.Domain.Common;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Domain.Matches;

/// <summary>One match for two records, whichever of them asked; its id follows from both.</summary>
[JsonConverter(typeof(IdJsonConverter<MatchId>))]
public readonly record struct MatchId(Guid Value) : IId<MatchId>
{
    public static MatchId From(Guid value) => new(value);

    public static MatchId Of(MatchSide a, MatchSide b)
    {
        var (first, second) = MatchSide.InOrder(a, b);
        Span<byte> all = stackalloc byte[64];
        first.Person.Value.TryWriteBytes(all);
        first.Record.TryWriteBytes(all[16..]);
        second.Person.Value.TryWriteBytes(all[32..]);
        second.Record.TryWriteBytes(all[48..]);
        return new MatchId(DerivedId.Of(all));
    }

    public override string ToString() => Value.ToString();
}

/// <summary>What a person is in the record where they stand.</summary>
public enum MatchRole
{
    Sought,
    Enquirer,
    Registered,
}

/// <summary>A person as one record knows them.</summary>
/// <param name="Record">The tracing request or registration.</param>
public sealed record MatchSide(PersonId Person, Guid Record, MatchRole Role)
{
    /// <summary>Whether it would mean anything if the two were the same: somebody has to be sought, and not both in the same record.</summary>
    public static bool MayMatch(MatchSide a, MatchSide b) => a.Record != b.Record && (a.Role == MatchRole.Sought || b.Role == MatchRole.Sought);

    public static (MatchSide First, MatchSide Second) InOrder(MatchSide a, MatchSide b)
    {
        var byPerson = a.Person.Value.CompareTo(b.Person.Value);
        return byPerson < 0 || (byPerson == 0 && a.Record.CompareTo(b.Record) <= 0) ? (a, b) : (b, a);
    }
}

/// <summary>What speaks for and against, as codes and numbers; the values themselves stay in their records.</summary>
/// <param name="LogOdds">Absolute; comparable with others of the same model.</param>
public sealed record MatchEvidence(double LogOdds, string Model, bool ProbablySibling, ValueList<MatchReason> Reasons)
{
    public double Probability => 1 / (1 + Math.Exp(-LogOdds));

    /// <summary>In log-odds; means something between scores of one model only.</summary>
    public double DiffersBy(MatchEvidence other) => Math.Abs(LogOdds - other.LogOdds);
}

public sealed record MatchReason(MatchField Field, Agreement Agreement, double LogOdds);

public enum MatchRejectionReason
{
    OtherPerson,
    Sibling,
    OtherRelative,
    BirthContradicts,
    PlaceContradicts,
    PersonSaysNo,
    Other,
}

/// <summary>Where a match stands.</summary>
public abstract record Match
{
    private Match()
    {
    }

    public static Match Initial { get; } = new None();

    public sealed record None : Match;

    public abstract record Existing(MatchSide First, MatchSide Second, MatchEvidence Evidence) : Match;

    public sealed record Proposed(MatchSide First, MatchSide Second, MatchEvidence Evidence) : Existing(First, Second, Evidence);

    public sealed record Confirmed(MatchSide First, MatchSide Second, MatchEvidence Evidence, Guid By) : Existing(First, Second, Evidence);

    public sealed record Reviewed(MatchSide First, MatchSide Second, MatchEvidence Evidence, Guid ConfirmedBy, Guid By) : Existing(First, Second, Evidence);

    public sealed record Rejected(MatchSide First, MatchSide Second, MatchEvidence Evidence, MatchRejectionReason Reason) : Existing(First, Second, Evidence);

    /// <summary>For ever: nothing can be proposed or decided any more.</summary>
    public sealed record Closed(MatchSide First, MatchSide Second, MatchEvidence Evidence, MatchClosureReason Reason) : Existing(First, Second, Evidence);

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static Match Evolve(Match state, IMatchEvent happened) => (state, happened) switch
    {
        (None, MatchProposed proposed) => new Proposed(proposed.First, proposed.Second, proposed.Evidence),
        (Proposed match, MatchConfirmed confirmed) => new Confirmed(match.First, match.Second, match.Evidence, confirmed.ConfirmedBy),
        (Confirmed match, MatchReviewed reviewed) => new Reviewed(match.First, match.Second, match.Evidence, match.By, reviewed.ReviewedBy),
        (Proposed or Confirmed, MatchRejected rejected) when state is Existing match => new Rejected(match.First, match.Second, match.Evidence, rejected.Reason),
        (Rejected match, MatchReopened reopened) => new Proposed(match.First, match.Second, reopened.Evidence),
        (Existing match and not Closed, MatchRescored rescored) => match with { Evidence = rescored.Evidence },
        (Confirmed or Reviewed or Rejected, MatchUndone) when state is Existing match => new Proposed(match.First, match.Second, match.Evidence),
        (Existing match and not Closed, MatchClosed closed) => new Closed(match.First, match.Second, match.Evidence, closed.Reason),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a match that is {state.GetType().Name}."),
    };
}

public enum MatchClosureReason
{
    PersonErased,
}

/// <summary>The numbers of proposing.</summary>
public static class MatchRules
{
    /// <summary>The lowest probability at which a match is proposed and kept.</summary>
    public const double Threshold = 0.1;

    /// <summary>The lowest probability shown to somebody who searches; nothing of it is kept.</summary>
    public const double Shown = 0.01;

    /// <summary>Candidates proposed for one person, the best first.</summary>
    public const int MostProposals = 20;

    /// <summary>In log-odds: a rejection is remembered until the evidence differs by more. Two is about seven times as likely, or as unlikely.</summary>
    public const double Reconsidering = 2;

    /// <summary>In log-odds: evidence of an open match that moved by less is not written down again.</summary>
    public const double Noticeable = 0.5;
}
