using Microsoft.Extensions.Options;
using Npgsql;
using Rfl.Domain.Access;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Transfers;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Mail;

/// <summary>A notice ready to be sent.</summary>
/// <param name="Reference">Of the request; of a data subject's request the beginning of its id.</param>
/// <param name="Recipients">
/// The assigned caseworker, or the supervisors where nobody is assigned; the data-protection officers for a data subject's request; empty where none of them has an
/// active account.
/// </param>
/// <param name="IsToRole">To everybody of a role, about something that is no case.</param>
public sealed record WaitingNotice(
    Guid Id, string Kind, int Attempts, Released<string>? Reference, IReadOnlyList<string> Recipients, bool IsToRole);

/// <summary>What of a match is told to the caseworkers of its cases: nothing of the persons, and nothing that decides anything.</summary>
public enum MatchNotice
{
    /// <summary>A second person has to review it.</summary>
    MatchConfirmed,

    /// <summary>Two people hold both to be the same.</summary>
    MatchReviewed,
}

/// <summary>
/// Notices are rows written in the transaction of the passing, and sent afterwards: none without its deadline, none lost with a crash. They hold ids only;
/// reference and addresses are looked up when they are sent.
/// </summary>
public sealed class MailOutbox(NpgsqlDataSource database, AccountTexts accounts, IOptions<MailSettings> settings)
{
    public const int PageSize = 50;

    public const string BreakGlassOpened = "break-glass-opened";
    public const string BreakGlassReviewOverdue = "break-glass-review-overdue";
    public const string BreachNotificationDue = "breach-notification-due";
    public const string AccessAlarmRaised = "access-alarm-raised";

    /// <summary>After so many failures a notice is given up; the worklist still has the deadline.</summary>
    public const int MostAttempts = 20;

    private static readonly TransferRoute route = new(Recipient.Staff, TransferPurpose.Notice, TransferChannel.Email);

    /// <summary>How long a node has for a notice before another may send it.</summary>
    private static readonly TimeSpan lease = TimeSpan.FromMinutes(5);

    /// <summary>The row of a notice that a deadline passed; null where no mail is configured.</summary>
    public NpgsqlBatchCommand? Notice(Guid caseId, DeadlineKind kind, DateTimeOffset now) => Notice(caseId, kind.ToString(), now);

    /// <summary>The row of a notice about a match of the case; null where no mail is configured.</summary>
    public NpgsqlBatchCommand? Notice(Guid caseId, MatchNotice kind, DateTimeOffset now) => Notice(caseId, kind.ToString(), now);

    private NpgsqlBatchCommand? Notice(Guid caseId, string kind, DateTimeOffset now) => settings.Value.Host is null ? null : new(
        "insert into mail_outbox (id, case_id, kind, written_at, next_at) values ($1, $2, $3, $4, $4)")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) },
            new NpgsqlParameter<Guid> { TypedValue = caseId },
            new NpgsqlParameter<string> { TypedValue = kind },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
        },
    };

    /// <summary>A notice to everybody of a role, about something that is no case; null where no mail is configured.</summary>
    /// <param name="about">Names the matter; the notice says only what kind it is.</param>
    /// <param name="what">One of the constants here: the code of its text.</param>
    public NpgsqlBatchCommand? Notice(Guid about, string what, Role to, DateTimeOffset now) => settings.Value.Host is null ? null : new(
        "insert into mail_outbox (id, case_id, kind, written_at, next_at, addressed_to) values ($1, $2, $3, $4, $4, $5)")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) },
            new NpgsqlParameter<Guid> { TypedValue = about },
            new NpgsqlParameter<string> { TypedValue = what },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            new NpgsqlParameter<string> { TypedValue = to.ToString() },
        },
    };

    /// <summary>Takes a few waiting notices: no other node gets them while this one sends.</summary>
    public async Task<IReadOnlyList<WaitingNotice>> TakeAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            with taken as (
                update mail_outbox set next_at = $2, attempts = attempts + 1
                where id in (
                    select id from mail_outbox where sent_at is null and next_at <= $1 and attempts < $3 order by next_at, id limit $4 for update skip locked)
                returning id, case_id, kind, attempts, addressed_to)
            select t.id, t.kind, t.attempts, coalesce(c.reference, left(r.id::text, 8)), coalesce(
                (select array[a.email] from identity.accounts a where a.id = c.caseworker and a.is_active and t.addressed_to is null),
                (select array_agg(a.email order by a.id) from identity.accounts a
                    where a.is_active and a.roles @> array[coalesce(t.addressed_to, case when r.id is null then $5 else $6 end)]),
                '{}'), t.addressed_to is not null
            from taken t left join case_row c on c.id = t.case_id left join data_subject_request_row r on r.id = t.case_id
            order by t.id
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + lease);
        command.Parameters.AddWithValue(MostAttempts);
        command.Parameters.AddWithValue(PageSize);
        command.Parameters.AddWithValue(nameof(Role.Supervisor));
        command.Parameters.AddWithValue(nameof(Role.DataProtectionOfficer));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var notices = new List<WaitingNotice>();
        while (await reader.ReadAsync(ct))
        {
            notices.Add(new WaitingNotice(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetInt32(2),
                reader.IsDBNull(3) ? null : TransferPermission.Reference(reader.GetString(3), route),
                [.. reader.GetFieldValue<string[]>(4).Select(accounts.Open)],
                reader.GetBoolean(5)));
        }

        return notices;
    }

    public async Task MarkSentAsync(WaitingNotice notice, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update mail_outbox set sent_at = $2, error = null where id = $1");
        command.Parameters.AddWithValue(notice.Id);
        command.Parameters.AddWithValue(now);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Waits twice as long after each failure, six hours at most.</summary>
    public async Task MarkFailedAsync(WaitingNotice notice, string error, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update mail_outbox set next_at = $2, error = $3 where id = $1");
        command.Parameters.AddWithValue(notice.Id);
        command.Parameters.AddWithValue(now + TimeSpan.FromMinutes(Math.Min(360, Math.Pow(2, notice.Attempts))));
        command.Parameters.AddWithValue(error);
        await command.ExecuteNonQueryAsync(ct);
    }
}
