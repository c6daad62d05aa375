using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Casework;

/// <summary>The Society's policy as this node last read it. Views use it; their rows are rewritten when the policy changes.</summary>
public sealed class PolicyInForce
{
    /// <summary>The one stream of policy of a Society.</summary>
    public static readonly Guid StreamId = new("0b9e2a5c-7d41-4f0a-9c63-5f1f0d1ab001");

    private Known known = new(0, Policy.Default);

    public Policy Current => known.Policy;

    public long Version => known.Version;

    internal void Know(long version, Policy policy) => known = new Known(version, policy);

    private sealed record Known(long Version, Policy Policy);
}

/// <summary>
/// Keeps <see cref="PolicyInForce"/> up to date: every command reads the policy's version along with its streams, so that a change made on another node is
/// in force from the next command on.
/// </summary>
public sealed class PolicyReader(EventStore store, PolicyInForce inForce)
{
    public async Task<Policy> ReadAsync(CancellationToken ct)
    {
        var history = await store.LoadAsync(PolicyInForce.StreamId, StreamKinds.Policy.Name, ct);
        var policy = StreamKinds.Policy.Fold(history);
        inForce.Know(history.Version, policy);
        return policy;
    }

    /// <summary>Reads the policy itself only where its version is another than the one in force.</summary>
    public async ValueTask<Policy> CatchUpAsync(PolicyVersionAlong along, CancellationToken ct) =>
        along.Version == inForce.Version ? inForce.Current : await ReadAsync(ct);
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
