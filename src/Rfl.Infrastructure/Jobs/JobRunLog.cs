using Npgsql;
using NpgsqlTypes;

namespace Rfl.Infrastructure.Jobs;

/// <summary>One run of a job.</summary>
/// <param name="AskedBy">The account that asked for it; null where the schedule did.</param>
/// <param name="EndedAt">Null while it runs, and for ever where its node died.</param>
/// <param name="Due">Items found due.</param>
/// <param name="Failed">Items that failed; they are tried again, later each time.</param>
/// <param name="Error">The code of the last failure.</param>
public sealed record JobRun(
    Guid Id, string Job, string Node, Guid? AskedBy, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Due, int Done, int Failed, string? Error);

/// <summary>The log of all runs, of all nodes.</summary>
public sealed class JobRunLog(NpgsqlDataSource database)
{
    private const string Columns = "id, job, node, asked_by, started_at, ended_at, due, done, failed, error";

    internal async Task StartAsync(JobRun run, CancellationToken ct)
    {
        await using var command = database.CreateCommand("insert into job_run (id, job, node, asked_by, started_at) values ($1, $2, $3, $4, $5)");
        command.Parameters.AddWithValue(run.Id);
        command.Parameters.AddWithValue(run.Job);
        command.Parameters.AddWithValue(run.Node);
        command.Parameters.AddWithValue(NpgsqlDbType.Uuid, (object?)run.AskedBy ?? DBNull.Value);
        command.Parameters.AddWithValue(run.StartedAt);
        await command.ExecuteNonQueryAsync(ct);
    }

    internal async Task EndAsync(JobRun run, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "update job_run set ended_at = $2, due = $3, done = $4, failed = $5, error = $6 where id = $1");
        command.Parameters.AddWithValue(run.Id);
        command.Parameters.AddWithValue(run.EndedAt!.Value);
        command.Parameters.AddWithValue(run.Due);
        command.Parameters.AddWithValue(run.Done);
        command.Parameters.AddWithValue(run.Failed);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)run.Error ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The latest runs of each job, newest first.</summary>
    /// <param name="each">How many of each job.</param>
    public async Task<IReadOnlyList<JobRun>> LatestAsync(IEnumerable<string> jobs, int each, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from unnest($1) as wanted (name)
            cross join lateral (select * from job_run where job = wanted.name order by started_at desc, id desc limit $2) run
            order by job, started_at desc, id desc
            """);
        command.Parameters.AddWithValue(jobs.ToArray());
        command.Parameters.AddWithValue(each);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var runs = new List<JobRun>();
        while (await reader.ReadAsync(ct))
        {
            runs.Add(new JobRun(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetGuid(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetInt32(6),
                reader.GetInt32(7),
                reader.GetInt32(8),
                reader.IsDBNull(9) ? null : reader.GetString(9)));
        }

        return runs;
    }
}
