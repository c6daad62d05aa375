using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Deadlines;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Deadlines;

/// <param name="Row">Names the row, whatever stands in it.</param>
/// <param name="Key">Null where its kind cannot be read: nobody can say what fell.</param>
/// <param name="Attempts">How often passing it has failed so far.</param>
public sealed record DueDeadline(Guid StreamId, string StreamType, DeadlineRowKey Row, DeadlineKey? Key, DateTimeOffset DueAt, int Attempts);

public sealed record DeadlineRowKey(string Kind, string Subject, DateTimeOffset Since, int Occurrence);

/// <summary>
/// Deadlines that are due and that nobody has noticed yet, oldest first, from the partial index made for them. One that failed waits its turn: two minutes,
/// then twice as long each time, a day at most.
/// </summary>
public sealed class DueDeadlines(NpgsqlDataSource database, UnreadableRows unreadable)
{
    public const int PageSize = 200;

    private const int LongestWaitMinutes = 24 * 60;

    /// <param name="inCircle">The disclosure circle's deadlines, or all others.</param>
    /// <param name="after">The last one of the page before.</param>
    public async Task<IReadOnlyList<DueDeadline>> ReadAsync(bool inCircle, DateTimeOffset now, DueDeadline? after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select d.stream_id, d.stream_type, d.kind, d.subject, d.since, d.occurrence, d.due_at, coalesce(f.attempts, 0)
            from deadline d
            left join deadline_failure f on f.stream_id = d.stream_id and f.kind = d.kind and f.subject = d.subject
                and f.since = d.since and f.occurrence = d.occurrence
            where d.passed_at is null and d.stream_type {(inCircle ? "=" : "<>")} 'disclosure' and d.due_at <= $1
                and (f.retry_at is null or f.retry_at <= $1)
                and ($2::timestamptz is null or (d.due_at, d.stream_id, d.kind, d.subject, d.since, d.occurrence) > ($2, $3, $4, $5, $6, $7))
            order by d.due_at, d.stream_id, d.kind, d.subject, d.since, d.occurrence
            limit $8
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)after?.DueAt ?? DBNull.Value);
        command.Parameters.AddWithValue(after?.StreamId ?? Guid.Empty);
        command.Parameters.AddWithValue(after?.Row.Kind ?? "");
        command.Parameters.AddWithValue(after?.Row.Subject ?? "");
        command.Parameters.AddWithValue(after?.Row.Since ?? now);
        command.Parameters.AddWithValue(after?.Row.Occurrence ?? 0);
        command.Parameters.AddWithValue(PageSize);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var page = new List<DueDeadline>();
        while (await reader.ReadAsync(ct))
        {
            var row = new DeadlineRowKey(reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5));
            var key = unreadable.Row(reader, "deadline", inCircle ? null : reader.GetGuid(0)).Word<DeadlineKind>("kind", 2) is { } kind
                ? new DeadlineKey(kind, row.Subject, row.Since, row.Occurrence)
                : null;
            page.Add(new DueDeadline(reader.GetGuid(0), reader.GetString(1), row, key, reader.GetFieldValue<DateTimeOffset>(6), reader.GetInt32(7)));
        }

        return page;
    }

    public async Task NoteFailureAsync(DueDeadline deadline, string error, DateTimeOffset now, CancellationToken ct)
    {
        var wait = TimeSpan.FromMinutes(Math.Min(LongestWaitMinutes, Math.Pow(2, Math.Min(deadline.Attempts + 1, 20))));
        await using var command = database.CreateCommand(
            """
            insert into deadline_failure as f (stream_id, kind, subject, since, occurrence, attempts, retry_at, error)
            values ($1, $2, $3, $4, $5, 1, $6, $7)
            on conflict on constraint deadline_failure_pkey do update
            set attempts = f.attempts + 1, retry_at = excluded.retry_at, error = excluded.error
            """);
        AddKey(command, deadline);
        command.Parameters.AddWithValue(now + wait);
        command.Parameters.AddWithValue(error);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task ForgetFailureAsync(DueDeadline deadline, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "delete from deadline_failure where stream_id = $1 and kind = $2 and subject = $3 and since = $4 and occurrence = $5");
        AddKey(command, deadline);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void AddKey(NpgsqlCommand command, DueDeadline deadline)
    {
        command.Parameters.AddWithValue(deadline.StreamId);
        command.Parameters.AddWithValue(deadline.Row.Kind);
        command.Parameters.AddWithValue(deadline.Row.Subject);
        command.Parameters.AddWithValue(deadline.Row.Since);
        command.Parameters.AddWithValue(deadline.Row.Occurrence);
    }
}
