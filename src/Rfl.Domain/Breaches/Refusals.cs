using Rfl.Domain.Common;

namespace Rfl.Domain.Breaches;

public static class BreachRefusals
{
    public static readonly Refusal RecordedDifferently = new("breach-recorded-differently", "breachId");
    public static readonly Refusal InFuture = new("breach-moment-in-future", "awareAt");
    public static readonly Refusal NotRecorded = new("breach-not-recorded");
    public static readonly Refusal AlreadyClosed = new("breach-closed");
    public static readonly Refusal NotifiedDifferently = new("breach-notified-differently", "notifiedAt");
    public static readonly Refusal NotifiedBeforeAware = new("breach-notified-before-aware", "notifiedAt");
    public static readonly Refusal NotifiedInFuture = new("breach-moment-in-future", "notifiedAt");
    public static readonly Refusal DelayUnexplained = new("breach-delay-unexplained", "delay");
    public static readonly Refusal NotAssessed = new("breach-not-assessed");
    public static readonly Refusal AuthorityNotNotified = new("breach-authority-not-notified");
    public static readonly Refusal SubjectsNotInformed = new("breach-subjects-not-informed");
}
