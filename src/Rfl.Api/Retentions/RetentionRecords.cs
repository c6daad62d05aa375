using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;

namespace Rfl.Api.Retentions;

/// <summary>A record whose time is over, or that was proposed.</summary>
/// <param name="EndedAt">From when its time runs.</param>
public sealed record RetentionRecord(Guid Id, RetentionKind Kind, string? Reference, DateTimeOffset EndedAt);

/// <summary>Finds what is due by index, and what of it stands elsewhere; never by reading cases.</summary>
public sealed class RetentionRecords(NpgsqlDataSource database)
{
    public const int PageSize = 200;

    /// <summary>Records of a kind that ended before an instant and are not proposed, the oldest first.</summary>
    public async Task<IReadOnlyList<RetentionRecord>> DueAsync(RetentionKind kind, DateTimeOffset endedBefore, DateOnly today, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select r.record_id, r.kind, r.reference, r.ended_at
            from retention_row r left join retention_proposal_row p on p.record_id = r.record_id
            where r.kind = $1 and r.ended_at <= $2
                and (p.record_id is null or p.status = 'Dropped' or (p.status = 'Postponed' and p.postponed_until < $3)
                    or (p.status = 'CarriedOut' and p.ended_at <> r.ended_at))
            order by r.ended_at, r.record_id
            limit $4
            """);
        command.Parameters.AddWithValue(kind.ToString());
        command.Parameters.AddWithValue(endedBefore);
        command.Parameters.AddWithValue(today);
        command.Parameters.AddWithValue(PageSize);
        return await ReadAsync(command, ct);
    }

    /// <summary>Open proposals whose record no longer waits for its end: it was reopened, renewed, or ended anew.</summary>
    public Task<IReadOnlyList<RetentionRecord>> RevivedAsync(Guid after, CancellationToken ct) => PageAsync(
        """
        select p.record_id, p.kind, p.reference, p.ended_at
        from retention_proposal_row p left join retention_row r on r.record_id = p.record_id
        where p.status in ('Proposed', 'Approved', 'Postponed') and p.record_id > $1 and (r.record_id is null or r.ended_at <> p.ended_at)
            -- A record that is anonymous already waits for its persons to be erased.
            and not exists (select from mt_events e where e.stream_id = p.record_id and e.type in ('tracing-request-anonymised.v1', 'registration-anonymised.v1'))
        order by p.record_id
        limit $2
        """,
        after,
        ct);

    /// <summary>Proposals that may be carried out: approved by the officer, or of a kind that the policy carries out by itself.</summary>
    public async Task<IReadOnlyList<RetentionRecord>> ApprovedAsync(IEnumerable<RetentionKind> automatic, Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select record_id, kind, reference, ended_at from retention_proposal_row
            where (status = 'Approved' or (status = 'Proposed' and kind = any($3))) and record_id > $1
            order by record_id
            limit $2
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(PageSize);
        command.Parameters.AddWithValue(automatic.Select(kind => kind.ToString()).ToArray());
        return await ReadAsync(command, ct);
    }

    /// <summary>
    /// The persons of a record, and whether each stands in another that is kept. A request's are those of its searches too. What the circle knows plays no part:
    /// who outside may see how many were kept must not learn of it (rule 12).
    /// </summary>
    public async Task<RecordPersons> PersonsAsync(Guid record, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            with own as (select $1::uuid as id union select s.id from partner_search_row s where s.case_id = $1),
            persons as (select distinct unnest(e.persons) as id from mt_events e where e.stream_id in (select id from own))
            select p.id,
                exists (select from case_person c where c.person_id = p.id and c.case_id <> $1)
                    or exists (select from mt_streams s join person_keys k on k.person_id = s.id where s.id = p.id and s.id <> $1
                        and s.type in ('registered-person', 'blind-query') and k.erased_at is null),
                exists (select from data_subject_row d where d.person_id = p.id and d.on_hold)
            from persons p
            order by p.id
            """);
        command.Parameters.AddWithValue(record);
        var (leaving, standing, held) = (new List<PersonId>(), 0, false);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(1))
                standing++;
            else
                leaving.Add(new PersonId(reader.GetGuid(0)));
            held |= reader.GetBoolean(2);
        }

        return new RecordPersons(leaving, standing, held);
    }

    private async Task<IReadOnlyList<RetentionRecord>> PageAsync(string query, Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(query);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(PageSize);
        return await ReadAsync(command, ct);
    }

    private static async Task<IReadOnlyList<RetentionRecord>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var records = new List<RetentionRecord>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            records.Add(new RetentionRecord(
                reader.GetGuid(0),
                Enum.Parse<RetentionKind>(reader.GetString(1)),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return records;
    }
}

/// <param name="Leaving">Who stands in no other record that is kept.</param>
/// <param name="StandingElsewhere">How many do.</param>
/// <param name="OnHold">Whether any of them is under legal hold.</param>
public sealed record RecordPersons(IReadOnlyList<PersonId> Leaving, int StandingElsewhere, bool OnHold);
