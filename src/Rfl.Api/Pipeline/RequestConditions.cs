namespace Rfl.Api.Pipeline;

/// <summary>What a caller attaches to a command apart from its content. One per scope.</summary>
public sealed class RequestConditions
{
    /// <summary>The version that the caller decided on; null where none was named.</summary>
    public long? IfMatch { get; set; }

    /// <summary>The caller's own name for this attempt: a UUID or up to 100 visible characters.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Ties together everything that follows from one request or one job run; recorded with every event.</summary>
    public Guid CorrelationId { get; set; } = Guid.CreateVersion7();

    /// <summary>The event or job that made the service send the command; null where a person did.</summary>
    public Guid? CausationId { get; set; }

    /// <summary>
    /// Null where the caller decided on the current version; otherwise the answer. Ask after <em>nothing to do</em> has been answered, so that a repeated
    /// request gets its success again.
    /// </summary>
    /// <param name="current">The version as the viewer may see it.</param>
    public Outcome? Judge(long current) => IfMatch switch
    {
        null => new Outcome.VersionRequired(),
        var seen when seen == current => null,
        _ => new Outcome.Stale(current),
    };
}
