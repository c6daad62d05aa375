namespace Rfl.Infrastructure.EventStore;

/// <summary>A stream moved since it was loaded, or came into being meanwhile. Nothing was written. The remedy is to load and decide again.</summary>
public sealed class ConcurrencyConflict(Exception? innerException = null)
    : Exception("A stream has changed since it was loaded.", innerException)
{
    /// <summary>A stream that was to begin is there already: begun meanwhile, or of another kind.</summary>
    public bool IsThereAlready => InnerException is Npgsql.PostgresException { ConstraintName: "pkey_mt_streams_id" };
}

/// <summary>
/// A unique key of a view or of an accompanying command was already taken, for instance an idempotency key. Nothing was written.
/// </summary>
/// <param name="constraintName">The name of the constraint or unique index.</param>
public sealed class UniqueViolation(string constraintName, Exception? innerException = null)
    : Exception($"The unique key {constraintName} is already taken.", innerException)
{
    public string ConstraintName { get; } = constraintName;
}

/// <summary>
/// A stored event cannot be read: this build does not know its name, or its JSON does not fit its type. The message names the event and never its content.
/// </summary>
public sealed class UnreadableEventException(Guid streamId, long version, string name, bool isKnown)
    : Exception($"Event {version} of stream {streamId}, {name}, " + (isKnown ? "does not fit its type." : "is unknown to this build."))
{
    public Guid StreamId { get; } = streamId;

    public long Version { get; } = version;

    /// <summary>False when a newer build wrote the event; true when the record is damaged.</summary>
    public bool IsKnown { get; } = isKnown;
}
