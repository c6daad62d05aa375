using Npgsql;

namespace Rfl.Infrastructure.EventStore;

/// <summary>A query answered in the same round trip as a load: a policy in force, the state of an idempotency key.</summary>
public interface IReadAlong
{
    /// <summary>A query with exactly one result set.</summary>
    NpgsqlBatchCommand Command();

    /// <summary>Reads that result set; the reader stands before its first row.</summary>
    Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct);
}
