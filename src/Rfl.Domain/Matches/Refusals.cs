using Rfl.Domain.Common;

namespace Rfl.Domain.Matches;

public static class MatchRefusals
{
    public static readonly Refusal NotProposed = new("match-not-proposed");
    public static readonly Refusal NotConfirmed = new("match-not-confirmed");
    public static readonly Refusal SecondPersonNeeded = new("match-second-person-needed");
    public static readonly Refusal AlreadyReviewed = new("match-already-reviewed");
    public static readonly Refusal Impossible = new("match-impossible");
}
