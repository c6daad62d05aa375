using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Policies;

/// <param name="Version">Of the policy that open deadlines follow.</param>
/// <param name="Previous">The last settled version before it.</param>
/// <param name="Settled">Whether they were gone over a second time.</param>
public sealed record AppliedPolicy(long Version, long Previous, DateTimeOffset AppliedAt, bool Settled);

/// <summary>Rewrites the instants of open deadlines. A row carries all that a rule distinguishes, so no stream is loaded.</summary>
public sealed class DeadlineInstants(NpgsqlDataSource database)
{
    private const int BatchSize = 500;

    private sealed record Row(Guid Stream, string StreamType, DateTimeOffset DueAt, OpenDeadline Open);

    public async Task<AppliedPolicy> AppliedAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select version, previous, applied_at, settled from policy_applied");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new AppliedPolicy(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetBoolean(3));
    }

    /// <summary>An older version, from a slower node, never takes the place of a newer one.</summary>
    public async Task MarkAppliedAsync(AppliedPolicy applied, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            update policy_applied set version = $1, previous = $2, applied_at = $3, settled = $4
            where version < $1 or (version = $1 and $4)
            """);
        command.Parameters.AddWithValue(applied.Version);
        command.Parameters.AddWithValue(applied.Previous);
        command.Parameters.AddWithValue(applied.AppliedAt);
        command.Parameters.AddWithValue(applied.Settled);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives the open deadlines of these kinds the instant of this policy; those that passed or were moved for their case stay.</summary>
    public async Task RewriteAsync(IReadOnlyList<DeadlineKind> kinds, Policy policy, JobProgress run, CancellationToken ct)
    {
        if (kinds.Count == 0)
            return;
        Row? last = null;
        while (await ReadAsync(kinds, last, ct) is { Count: > 0 } page)
        {
            var moved = page.Select(row => (Row: row, DueAt: policy.DueAt(row.Open))).Where(row => row.DueAt != row.Row.DueAt).ToList();
            if (moved.Count > 0)
                await WriteAsync([.. moved.Select(row => row.Row)], [.. moved.Select(row => row.DueAt)], ct);
            var counted = moved.Count(row => row.Row.StreamType != StreamKinds.Disclosure.Name);
            run.Found(counted);
            run.Succeeded(counted);
            last = page[^1];
        }
    }

    private async Task<List<Row>> ReadAsync(IReadOnlyList<DeadlineKind> kinds, Row? after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select stream_id, stream_type, kind, subject, since, occurrence, due_at, urgent, country, partner
            from deadline
            where passed_at is null and not moved and kind = any($1)
                and (stream_id, kind, subject, since, occurrence) > ($2, $3, $4, $5, $6)
            order by stream_id, kind, subject, since, occurrence
            limit $7
            """);
        command.Parameters.AddWithValue(kinds.Select(kind => kind.ToString()).ToArray());
        command.Parameters.AddWithValue(after?.Stream ?? Guid.Empty);
        command.Parameters.AddWithValue(after?.Open.Key.Kind.ToString() ?? "");
        command.Parameters.AddWithValue(after?.Open.Key.Subject ?? "");
        command.Parameters.AddWithValue(after?.Open.Key.Since ?? DateTimeOffset.UnixEpoch);
        command.Parameters.AddWithValue(after?.Open.Key.Occurrence ?? 0);
        command.Parameters.AddWithValue(BatchSize);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Row>();
        while (await reader.ReadAsync(ct))
        {
            var key = new DeadlineKey(
                Enum.Parse<DeadlineKind>(reader.GetString(2)), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5));
            var scope = new DeadlineScope(
                reader.GetBoolean(7), reader.IsDBNull(8) ? null : reader.GetString(8), reader.IsDBNull(9) ? null : reader.GetString(9));
            rows.Add(new Row(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(6), new OpenDeadline(key, scope)));
        }

        return rows;
    }

    /// <summary>Streams are locked first, in the order of their ids, as appends do: neither waits for the other in a circle.</summary>
    private async Task WriteAsync(Row[] rows, DateTimeOffset?[] dueAt, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("select from mt_streams where id = any($1) order by id for update")
                {
                    Parameters = { Array(rows.Select(row => row.Stream)) },
                },
                new(
                    """
                    update deadline d set due_at = n.due_at
                    from unnest($1, $2, $3, $4, $5, $6) as n (stream_id, kind, subject, since, occurrence, due_at)
                    where d.stream_id = n.stream_id and d.kind = n.kind and d.subject = n.subject and d.since = n.since and d.occurrence = n.occurrence
                        and d.passed_at is null and not d.moved and n.due_at is not null
                    """)
                {
                    Parameters =
                    {
                        Array(rows.Select(row => row.Stream)),
                        Array(rows.Select(row => row.Open.Key.Kind.ToString())),
                        Array(rows.Select(row => row.Open.Key.Subject)),
                        Array(rows.Select(row => row.Open.Key.Since)),
                        Array(rows.Select(row => row.Open.Key.Occurrence)),
                        new NpgsqlParameter { Value = dueAt, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.TimestampTz },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };
}
