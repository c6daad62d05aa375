namespace Rfl.Infrastructure.Projections;

/// <summary>A place in the feed. The default is before every event.</summary>
/// <param name="Epoch">The cluster the event was written in, see the table <c>feed_epochs</c>.</param>
/// <param name="TransactionId">The transaction that wrote it.</param>
/// <param name="Sequence">Its number within the transaction; it grows over all events, but not in the order of commits.</param>
public readonly record struct FeedPosition(int Epoch, ulong TransactionId, long Sequence) : IComparable<FeedPosition>
{
    public int CompareTo(FeedPosition other) =>
        (Epoch, TransactionId, Sequence).CompareTo((other.Epoch, other.TransactionId, other.Sequence));

    public static bool operator <(FeedPosition left, FeedPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(FeedPosition left, FeedPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(FeedPosition left, FeedPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FeedPosition left, FeedPosition right) => left.CompareTo(right) >= 0;
}
