using Npgsql;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.Retentions;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Retentions;

/// <summary>A record whose time is over, or that was proposed.</summary>
/// <param name="Kind">Null where it cannot be read.</param>
/// <param name="EndedAt">From when its time runs.</param>
public sealed record RetentionRecord(Guid Id, RetentionKind? Kind, string? Reference, DateTimeOffset EndedAt);

/// <summary>Finds what is due by index, and what of it stands elsewhere; never by reading cases.</summary>
public sealed class RetentionRecords(NpgsqlDataSource database, UnreadableRows unreadable)
{
    public const int PageSize = 200;

    /// <summary>A condition on <c>p.record_id</c>: the record is anonymous, and waits only for its persons to be erased.</summary>
    private const string Begun =
        "exists (select from mt_events e where e.stream_id = p.record_id and e.type in ('tracing-request-anonymised.v1', 'registration-anonymised.v1'))";

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
        $"""
        select p.record_id, p.kind, p.reference, p.ended_at
        from retention_proposal_row p left join retention_row r on r.record_id = p.record_id
        where p.status in ('Proposed', 'Approved', 'Postponed') and p.record_id > $1 and (r.record_id is null or r.ended_at <> p.ended_at) and not {Begun}
        order by p.record_id
        limit $2
        """,
        after,
        ct);

    /// <summary>Open proposals of a kind whose record ended after an instant: a policy that was made longer since keeps them.</summary>
    public async Task<IReadOnlyList<RetentionRecord>> ProposedAsync(RetentionKind kind, DateTimeOffset endedAfter, Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select p.record_id, p.kind, p.reference, p.ended_at from retention_proposal_row p
            where p.status in ('Proposed', 'Approved') and p.record_id > $1 and p.kind = $3 and p.ended_at > $4 and not {Begun}
            order by p.record_id
            limit $2
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(PageSize);
        command.Parameters.AddWithValue(kind.ToString());
        command.Parameters.AddWithValue(endedAfter);
        return await ReadAsync(command, ct);
    }

    /// <summary>Proposals that may be carried out: approved by the officer, of a kind that the policy carries out by itself, or begun.</summary>
    public async Task<IReadOnlyList<RetentionRecord>> ApprovedAsync(IEnumerable<RetentionKind> automatic, Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select p.record_id, p.kind, p.reference, p.ended_at from retention_proposal_row p
            where p.status in ('Proposed', 'Approved', 'Postponed') and p.record_id > $1
                and (p.status = 'Approved' or (p.status = 'Proposed' and p.kind = any($3)) or {Begun})
            order by p.record_id
            limit $2
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(PageSize);
        command.Parameters.AddWithValue(automatic.Select(kind => kind.ToString()).ToArray());
        return await ReadAsync(command, ct);
    }

    /// <summary>Everybody who stands in a record, as an array; in a request's searches too.</summary>
    /// <param name="record">The SQL of its id.</param>
    public static string PersonsOf(string record) =>
        $"""
        array(select distinct unnest(e.persons) from mt_events e
            where e.stream_id in (select {record} union all select s.id from partner_search_row s where s.case_id = {record}))
        """;

    /// <summary>What about some persons keeps a record: a hold, a request of theirs that has no answer, a restriction.</summary>
    /// <param name="persons">The SQL of their ids, as an array.</param>
    public static string ObstacleOf(string persons) =>
        $"""
        case when exists (select from data_subject_row d where d.person_id = any({persons}) and d.on_hold) then '{nameof(RetentionObstacle.LegalHold)}'
            when exists (select from data_subject_request_row q where q.person_id = any({persons}) and q.status = 'Open') then '{nameof(RetentionObstacle.DataSubjectRequest)}'
            when exists (select from data_subject_row d where d.person_id = any({persons}) and d.restricted and d.erased_at is null) then '{nameof(RetentionObstacle.Restriction)}'
            end
        """;

    /// <summary>
    /// Of a person <c>p.id</c> of the record <c>$1</c>: somebody else's sheet names them as a relative, contact person or legal representative, in a record that is
    /// kept.
    /// </summary>
    private const string NamedElsewhere =
        """
        exists (select from mt_events e join mt_streams s on s.id = e.stream_id
            where e.persons @> array[p.id] and s.id <> $1 and s.id <> p.id and s.type in ('tracing-request', 'registered-person')
                and not exists (select from mt_events a where a.stream_id = s.id and a.type in ('tracing-request-anonymised.v1', 'registration-anonymised.v1')))
        """;

    /// <summary>
    /// The persons of a record, and whether each stands in another that is kept. What the circle knows plays no part: whoever outside may see how many were kept must
    /// not learn of it (rule 12).
    /// </summary>
    public async Task<RecordPersons> PersonsAsync(Guid record, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            with own as (select {PersonsOf("$1::uuid")} as ids)
            select null::uuid as id, null::boolean, {ObstacleOf("own.ids")} from own
            union all
            select p.id,
                exists (select from case_person c where c.person_id = p.id and c.case_id <> $1)
                    or exists (select from mt_streams s join person_keys k on k.person_id = s.id where s.id = p.id and s.id <> $1
                        and s.type in ('registered-person', 'blind-query') and k.erased_at is null)
                    or {NamedElsewhere},
                null
            from own cross join lateral unnest(own.ids) as p (id)
            order by id nulls first
            """);
        command.Parameters.AddWithValue(record);
        var (leaving, standing) = (new List<PersonId>(), 0);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var obstacle = unreadable.Row(reader, "retention_row", record).Word<RetentionObstacle>("obstacle", 2);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(1))
                standing++;
            else
                leaving.Add(new PersonId(reader.GetGuid(0)));
        }

        return new RecordPersons(leaving, standing, obstacle);
    }

    private async Task<IReadOnlyList<RetentionRecord>> PageAsync(string query, Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(query);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(PageSize);
        return await ReadAsync(command, ct);
    }

    private async Task<IReadOnlyList<RetentionRecord>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var records = new List<RetentionRecord>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            records.Add(new RetentionRecord(
                reader.GetGuid(0),
                unreadable.Row(reader, "retention_proposal_row", reader.GetGuid(0)).Word<RetentionKind>("kind", 1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return records;
    }
}

/// <param name="Leaving">Who stands in no other record that is kept.</param>
/// <param name="StandingElsewhere">How many do.</param>
/// <param name="Obstacle">What about any of them keeps the record.</param>
public sealed record RecordPersons(IReadOnlyList<PersonId> Leaving, int StandingElsewhere, RetentionObstacle? Obstacle);
