using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Infrastructure.Projections;

/// <summary>
/// A view over many streams. It follows the feed of all events, a moment behind; its rows and its place in the feed are committed together, so that every
/// event is applied exactly once. It uses event data only, so that a rebuild gives identical rows.
/// </summary>
public interface IFeedProjection
{
    /// <summary>Names its place in the feed; never changes.</summary>
    string Name { get; }

    /// <summary>
    /// Applies events in the feed's order, within the transaction given. Every event of the installation comes by, also those of no interest here and
    /// <see cref="UnreadableEvent"/>. An exception undoes the batch, which is tried again later: nothing is skipped.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<RecordedEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct);

    /// <summary>Removes all rows, for a rebuild; with <c>delete</c>, so that readers see the old rows until the rebuild is committed.</summary>
    Task ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct);
}

/// <summary>Stands in the feed for a damaged record, so that one of them stops neither a view nor its rebuild.</summary>
public sealed record UnreadableEvent(string Name) : IDomainEvent;
