using Npgsql;
using Rfl.Api.Casework;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Jobs;

/// <summary>A request repeated after the policy's time, thirty days by default, is a new request.</summary>
public sealed class ForgettingIdempotencyRecords(NpgsqlDataSource database, PolicyReader policies, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "forgetting-idempotency-records";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct) => await Forgetting.RunAsync(
        database,
        """
        delete from idempotency_record where ctid in (select ctid from idempotency_record where recorded_at < $1 order by recorded_at limit $2)
        """,
        RetentionDecider.EndedBefore((await policies.ReadAsync(ct)).Retention[RetentionKind.IdempotencyRecord], clock.GetUtcNow()),
        run,
        ct);
}

/// <summary>The log of jobs and mail that was sent are kept as long as the policy says, ninety days by default.</summary>
public sealed class ForgettingJobRecords(NpgsqlDataSource database, PolicyReader policies, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "forgetting-job-records";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        var before = RetentionDecider.EndedBefore((await policies.ReadAsync(ct)).Retention[RetentionKind.JobRecord], clock.GetUtcNow());
        await Forgetting.RunAsync(
            database, "delete from job_run where ctid in (select ctid from job_run where started_at < $1 order by started_at limit $2)", before, run, ct);
        await Forgetting.RunAsync(
            database, "delete from mail_outbox where ctid in (select ctid from mail_outbox where sent_at < $1 order by sent_at limit $2)", before, run, ct);
    }
}

internal static class Forgetting
{
    private const int BatchSize = 5000;

    /// <summary>Deletes in batches, each a transaction of its own, until nothing is left that is old enough.</summary>
    public static async Task RunAsync(NpgsqlDataSource database, string delete, DateTimeOffset before, JobProgress run, CancellationToken ct)
    {
        int deleted;
        do
        {
            await using var command = database.CreateCommand(delete);
            command.Parameters.AddWithValue(before);
            command.Parameters.AddWithValue(BatchSize);
            deleted = await command.ExecuteNonQueryAsync(ct);
            run.Found(deleted);
            run.Succeeded(deleted);
        }
        while (deleted == BatchSize);
    }
}
