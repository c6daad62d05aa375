using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.PersonalData;

namespace Rfl.Api.Matches;

/// <summary>Somebody in the own lists who may be the person asked for.</summary>
/// <param name="Reference">Of the request; null for a registration.</param>
/// <param name="Ground">The name of the ground on which the viewer reaches the record.</param>
public sealed record Candidate(MatchSide Side, string? Reference, string Ground, ComparedPerson Person, MatchScore Score);

/// <summary>
/// Finds people in the own lists by what their names sound like. One round trip fetches the candidates, their sealed details and the keys to open them; they are
/// scored in memory. Nothing of the disclosure circle is read, so that nothing of it can show in what is found, how many, or how long it takes (rule 12).
/// </summary>
public sealed class MatchIndex(NpgsqlDataSource database, PersonalDataReader personalData, LookupHash hash, TimeProvider clock)
{
    /// <summary>Candidates opened and scored for one question, those who share most keys first.</summary>
    public const int MostCandidates = 500; // stands in the query too

    /// <summary>
    /// A key that a larger share of all persons has is asked for only together with all others: Mohammad alone would flood every question. The shares are those
    /// that PostgreSQL gathers about the column by itself.
    /// </summary>
    private const string Query =
        $$"""
        with frequent as (
            select e.key from pg_stats s
            cross join lateral unnest(s.most_common_elems::text::bigint[], s.most_common_elem_freqs[1:cardinality(s.most_common_elems::text::bigint[])]) as e (key, share)
            where s.schemaname = current_schema() and s.tablename = 'match_record' and s.attname = 'keys' and e.share > 0.01),
        asked as (
            select coalesce(array_agg(k) filter (where k not in (select key from frequent)), '{}') as rare from unnest(@keys) as k)
        select m.record_id, m.person_id, m.role, m.details, c.reference,
            case when m.record_type = 'tracing-request' then {{CaseReachSql.Ground}} else {{CaseReachSql.GroundOfRegistered}} end, {{PersonKeyRing.Columns}}
        from match_record m
        join person_keys k on k.person_id = m.person_id and k.wrapped_key is not null
        left join case_row c on c.id = m.record_id and m.record_type = 'tracing-request'
        where (m.keys && (select rare from asked) or ((select rare from asked) = '{}' and m.keys @> @keys))
            and (m.valid_until is null or m.valid_until >= @today)
            and m.record_id <> @except
            and m.role = any(@roles)
            and {{RestrictedPersons.NotRestricted}}
            and case when m.record_type = 'tracing-request' then c.id is not null and {{CaseReachSql.Condition}}
                else @sees_all or @is_caseworker or m.region = @region or (@is_child_protection and m.concerns_minor) end
        order by (select count(*) from unnest(m.keys) as own (key) where own.key = any(@keys)) desc, m.person_id
        limit 500
        """;

    /// <summary>The best candidates within the viewer's reach, the surest first.</summary>
    /// <param name="roles">In what roles people are asked for.</param>
    /// <param name="except">A record whose own people are not meant.</param>
    public async Task<IReadOnlyList<Candidate>> FindAsync(
        ComparedPerson asked, Viewer viewer, IEnumerable<MatchRole> roles, Guid except, double leastProbability, int limit, CancellationToken ct)
    {
        var keys = KeysOf(asked);
        if (keys.Length == 0)
            return [];
        await using var command = database.CreateCommand(Query);
        command.AddReach(viewer);
        command.Parameters.AddWithValue("keys", keys);
        command.Parameters.AddWithValue("today", WorkingCalendar.DayOf(clock.GetUtcNow()));
        command.Parameters.AddWithValue("except", except);
        command.Parameters.AddWithValue("roles", roles.Select(role => role.ToString()).ToArray());

        var ring = personalData.NewRing();
        var found = new List<(MatchSide Side, byte[] Details, string? Reference, string Ground)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                found.Add((
                    new MatchSide(new PersonId(reader.GetGuid(1)), reader.GetGuid(0), Enum.Parse<MatchRole>(reader.GetString(2))),
                    reader.GetFieldValue<byte[]>(3),
                    reader.IsDBNull(4) ? null : reader.GetString(4),
                    reader.GetString(5)));
                ring.Add(reader, 6);
            }
        }

        var matcher = new PersonMatcher(MatchModel.Current);
        var candidates = new List<Candidate>();
        foreach (var (side, sealedDetails, reference, ground) in found)
        {
            if (ring.Open<PersonDetails>(side.Person, sealedDetails).Value is not { } details)
                continue;
            var person = ComparedPerson.Of(details);
            if (asked.Score(person, matcher) is { } score && score.Probability >= leastProbability)
                candidates.Add(new Candidate(side, reference, ground, person, score));
        }

        return [.. candidates.OrderByDescending(candidate => candidate.Score.LogOdds).ThenBy(candidate => candidate.Side.Person.Value).Take(limit)];
    }

    /// <summary>The hashes under which a person is found.</summary>
    public long[] KeysOf(ComparedPerson person) => MatchRecordRows.Hashes(person, hash.Of);
}
