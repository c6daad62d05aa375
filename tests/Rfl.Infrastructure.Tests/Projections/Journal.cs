using Npgsql;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Projections;

namespace Rfl.Infrastructure.Tests.Projections;

/// <summary>Writes down every event that comes by, in the order it came; a second visit would break its key.</summary>
public sealed class Journal : IFeedProjection
{
    public const string Table = "create table journal (event_id uuid primary key, place bigserial, version bigint, kind text)";

    public string Name => "journal";

    /// <summary>How often it still fails after having written.</summary>
    public int FailuresLeft { get; set; }

    public async Task ApplyAsync(IReadOnlyList<RecordedEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into journal (event_id, version, kind) select * from unnest($1, $2, $3)", connection, transaction);
        command.Parameters.Add(new() { Value = batch.Select(recorded => recorded.Metadata.EventId).ToArray() });
        command.Parameters.Add(new() { Value = batch.Select(recorded => recorded.Version).ToArray() });
        command.Parameters.Add(new() { Value = batch.Select(recorded => recorded.Event.GetType().Name).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
        if (FailuresLeft-- > 0)
            throw new InvalidOperationException("as told");
    }

    public async Task ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from journal", connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
    }
}
