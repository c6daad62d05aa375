using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;

namespace Rfl.Api.Casework;

/// <summary>The Society's policy as this node last read it. Views use it; their rows are rewritten when the policy changes.</summary>
public sealed class PolicyInForce
{
    /// <summary>The one stream of policy of a Society.</summary>
    public static readonly Guid StreamId = new("0b9e2a5c-7d41-4f0a-9c63-5f1f0d1ab001");

    private Known known = new(0, Policy.Default, []);

    public Policy Current => known.Policy;

    public long Version => known.Version;

    /// <summary>The versions whose records are damaged in the policy's stream, when they were last read.</summary>
    public ValueList<long> Unreadable => known.Unreadable;

    internal void Know(long version, Policy policy, ValueList<long> unreadable) => known = new Known(version, policy, unreadable);

    private sealed record Known(long Version, Policy Policy, ValueList<long> Unreadable);
}

/// <param name="Policy">At that version.</param>
/// <param name="Version">The number of changes.</param>
/// <param name="Unreadable">The versions whose records are damaged; what they said is read from their copies.</param>
public sealed record PolicyRecord(Policy Policy, long Version, IReadOnlyList<RecordedEvent> Changes, ValueList<long> Unreadable)
{
    /// <summary>The policy as it was at this version; 0 for the handbook's defaults.</summary>
    public Policy At(long version) => StreamKinds.Policy.Fold(Changes.TakeWhile(change => change.Version <= version).Select(change => ((IPolicyEvent)change.Event, change.Metadata.OccurredAt)));
}

/// <summary>
/// Keeps <see cref="PolicyInForce"/> up to date: every command reads the policy's version along with its streams, so that a change made on another node is
/// in force from the next command on. A damaged record of the policy stops nobody: its copy says what it said (docs/adr/0101).
/// </summary>
public sealed partial class PolicyReader(EventStore store, EventCopies copies, PolicyInForce inForce, ILogger<PolicyReader> log)
{
    /// <exception cref="UnreadableEventException">A record of the policy and its copy are both damaged, or a newer build wrote it.</exception>
    public async Task<Policy> ReadAsync(CancellationToken ct) => (await ReadRecordAsync(ct)).Policy;

    /// <inheritdoc cref="ReadAsync"/>
    public async Task<PolicyRecord> ReadRecordAsync(CancellationToken ct)
    {
        (Guid, string)[] streams = [(PolicyInForce.StreamId, StreamKinds.Policy.Name)];
        var history = (await store.LoadAsync(streams, null, [], [], ct, withDamaged: true))[PolicyInForce.StreamId];
        var unreadable = history.Events.Where(recorded => recorded.Event is UnreadableEvent).Select(recorded => recorded.Version).ToValueList();
        if (unreadable.Count > 0)
        {
            if (unreadable != inForce.Unreadable)
                LogDamaged(unreadable[0], PolicyInForce.StreamId);
            history = await copies.MendAsync(history, ct);
        }

        var policy = StreamKinds.Policy.Fold(history);
        inForce.Know(history.Version, policy, unreadable);
        return new PolicyRecord(policy, history.Version, history.Events, unreadable);
    }

    /// <summary>Reads the policy itself only where its version is another than the one in force.</summary>
    public async ValueTask<Policy> CatchUpAsync(PolicyVersionAlong along, CancellationToken ct) =>
        along.Version == inForce.Version ? inForce.Current : await ReadAsync(ct);

    [LoggerMessage(LogLevel.Error, "Record {Version} of the policy's stream {StreamId} is damaged; its copy is used. The policy cannot be changed until it is restored from a backup.")]
    private partial void LogDamaged(long version, Guid streamId);
}

/// <summary>Reads the policy's version in the round trip of a load.</summary>
public sealed class PolicyVersionAlong : IReadAlong
{
    public long Version { get; private set; }

    public NpgsqlBatchCommand Command() => new("select coalesce((select version from mt_streams where id = $1), 0)")
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = PolicyInForce.StreamId } },
    };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        Version = reader.GetInt64(0);
    }
}
