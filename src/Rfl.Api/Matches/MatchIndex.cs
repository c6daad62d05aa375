using System.Collections.Concurrent;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.People;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Matches;

/// <summary>Somebody in the own lists who may be the person asked for.</summary>
/// <param name="Reference">Of the request; null for a registration.</param>
/// <param name="Ground">The name of the ground on which the viewer reaches the record.</param>
public sealed record Candidate(MatchSide Side, string? Reference, string Ground, PersonDetails Person, MatchScore Score)
{
    public override string ToString() => "personal";
}

/// <summary>
/// Finds people in the own lists by what their names sound like. One round trip asks the index for whoever shares rare evidence, in hashes only; a second fetches
/// the details of the most promising within the viewer's reach, and the keys to open them, to be scored in memory; where requests are among the best, a third
/// fetches their families. Nothing of the disclosure circle is read, so that nothing of it can show in what is found, how many, or how long it takes (rule 12).
/// </summary>
public sealed class MatchIndex(NpgsqlDataSource database, PersonalDataReader personalData, LookupHash hash, KeyShares shares, TimeProvider clock, UnreadableRows unreadable)
{
    /// <summary>Candidates opened and scored while somebody waits.</summary>
    public const int MostOpened = 160;

    /// <summary>The same where nobody waits, as for proposals: a twentieth more of the persons are found, in twice the time.</summary>
    public const int MostOpenedInBackground = 500;

    /// <summary>Candidates whose families are looked at.</summary>
    private const int MostFamilies = 40;

    /// <summary>Processors that one question may take.</summary>
    private const int MostProcessors = 4;

    /// <summary>Rows of the index that one question reads, should the statistics be far from the truth.</summary>
    private const int MostRead = 4000;

    private static readonly string sealedColumns = $"m.record_id, m.person_id, m.role, m.details, {PersonKeyRing.Columns}, {RestrictedPersons.OfRecord("m")}";

    private static readonly string detailsQuery =
        $$"""
        select {{sealedColumns}}, c.reference, case when m.role = 'Registered' then {{CaseReachSql.GroundOfRegistered}} else {{CaseReachSql.Ground}} end
        from unnest(@records, @persons) with ordinality as w (record_id, person_id, place)
        join match_record m on m.record_id = w.record_id and m.person_id = w.person_id
        join person_keys k on k.person_id = m.person_id and k.wrapped_key is not null
        left join case_row c on c.id = m.record_id and m.role <> 'Registered'
        where {{RestrictedPersons.NotRestricted}} and case when m.role = 'Registered' then @sees_all or @is_caseworker or m.region = @region or (@is_child_protection and m.concerns_minor)
                else c.id is not null and {{CaseReachSql.Condition}} end
        order by w.place
        limit @limit
        """;

    private static readonly string familiesQuery =
        $"""
        select {sealedColumns}, null::text, ''
        from match_record m join person_keys k on k.person_id = m.person_id and k.wrapped_key is not null
        where m.record_id = any(@records) and m.role <> 'Registered' and {RestrictedPersons.NotRestricted}
        """;

    private static readonly ConcurrentDictionary<string, string> rowQueries = new();

    private readonly Lazy<IReadOnlySet<int>> allYears = new(() => PersonKeys.AllYears.Select(year => MatchKeys.Hash(year, hash.Of)).ToHashSet());

    private sealed record Row(MatchSide Side, byte[] Details, Guid[] Restricted, string? Reference, string Ground);

    /// <summary>The best candidates within the viewer's reach, the surest first.</summary>
    /// <param name="roles">In what roles people are asked for.</param>
    /// <param name="own">The request that asks, whose own people are not meant and are the family; empty where none does.</param>
    /// <param name="mostOpened">Candidates to open and score.</param>
    public async Task<IReadOnlyList<Candidate>> FindAsync(
        MatchForm asked, Viewer viewer, IEnumerable<MatchRole> roles, Guid own, double leastProbability, int limit, CancellationToken ct, int mostOpened = MostOpened)
    {
        var processors = Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, MostProcessors)).Select(_ => new Processor(personalData.NewRing(keepKeys: false))).ToArray();
        var person = ComparedPerson.Of(asked.Person, processors[0].Read);
        var ranked = await RankAsync(person, asked.Phones, roles, own, ct);
        var matcher = new PersonMatcher(MatchModel.Current);
        var candidates = new List<Candidate>();
        // Whoever reaches all records needs one round; others may need to look further down the list.
        for (int from = 0, opened = 0, size = 2 * mostOpened; from < ranked.Count && opened < mostOpened; from += size, size *= 8)
        {
            var rows = await ReadAsync(ranked.Skip(from).Take(size).ToList(), viewer, mostOpened - opened, processors, ct);
            opened += rows.Count;
            candidates.AddRange(Compare(person, rows, matcher, processors));
        }

        candidates.Sort(SurestFirst);
        await CompareFamiliesAsync(asked.Person, own, candidates, matcher, processors[0], ct);
        return [.. candidates.Where(candidate => candidate.Score.Probability >= leastProbability).Order(Comparer<Candidate>.Create(SurestFirst)).Take(limit)];
    }

    /// <summary>Opening and comparing is most of the time of a question, and somebody waits for it: the processors share it.</summary>
    private static IEnumerable<Candidate> Compare(ComparedPerson person, List<Row> rows, PersonMatcher matcher, Processor[] processors)
    {
        var compared = new Candidate?[rows.Count];
        Parallel.For(0, processors.Length, number =>
        {
            for (var i = number; i < rows.Count; i += processors.Length)
            {
                var (side, details, restricted, reference, ground) = rows[i];
                if (processors[number].Open(side, details, restricted) is { } found && person.Score(ComparedPerson.Of(found, processors[number].Read), matcher) is { } score)
                    compared[i] = new Candidate(side, reference, ground, found, score);
            }
        });
        return compared.OfType<Candidate>();
    }

    /// <summary>How a person's name sounds, hashed: by it a question that was asked before is known again.</summary>
    public int[] SoundsOf(ComparedPerson person) =>
        [.. person.KeyGroups([]).Where(group => group.Kind is KeyKind.Name or KeyKind.JoinedName).SelectMany(group => group.Filed).Select(Hash).Distinct()];

    private static int SurestFirst(Candidate a, Candidate b) =>
        a.Score.LogOdds != b.Score.LogOdds ? b.Score.LogOdds.CompareTo(a.Score.LogOdds) : a.Side.Person.Value.CompareTo(b.Side.Person.Value);

    /// <summary>Whoever shares rare evidence, the most promising first.</summary>
    private async Task<List<(Guid Record, Guid Person)>> RankAsync(
        ComparedPerson asked, IEnumerable<string> phones, IEnumerable<MatchRole> roles, Guid own, CancellationToken ct)
    {
        var known = await shares.CurrentAsync(ct);
        var question = Question.Of(asked.KeyGroups(phones), known, Hash, allYears.Value);
        if (question.Groups.Count == 0)
            return [];
        var plan = CandidatePlan.Of(question.Groups, known.Persons);
        await using var command = database.CreateCommand(RowQuery(plan));
        command.Parameters.AddWithValue("own", own);
        command.Parameters.AddWithValue("today", WorkingCalendar.DayOf(clock.GetUtcNow()));
        command.Parameters.AddWithValue("roles", roles.Select(role => role.ToString()).ToArray());
        command.Parameters.AddWithValue("alone", plan.Alone);
        for (var i = 0; i < plan.Together.Count; i++)
        {
            for (var j = 0; j < plan.Together[i].Length; j++)
                command.Parameters.AddWithValue($"t{i}_{j}", plan.Together[i][j]);
        }

        var rows = new List<(Guid Record, Guid Person, double Promise)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetGuid(0), reader.GetGuid(1), question.Promise(reader.GetFieldValue<int[]>(2))));
        return [.. rows.OrderByDescending(row => row.Promise).ThenBy(row => row.Person).Select(row => (row.Record, row.Person))];
    }

    /// <summary>One statement for each form of a plan, so that the database prepares it once.</summary>
    private static string RowQuery(CandidatePlan plan) => rowQueries.GetOrAdd(string.Join(',', plan.Together.Select(way => way.Length)), _ =>
    {
        var together = plan.Together.Select((way, i) => $" or ({string.Join(" and ", way.Select((_, j) => $"m.keys && @t{i}_{j}"))})");
        return $"""
            select m.record_id, m.person_id, m.keys from match_record m
            where (m.keys && @alone{string.Concat(together)})
                and (m.valid_until is null or m.valid_until >= @today) and m.record_id <> @own and m.role = any(@roles)
            limit {MostRead}
            """;
    });

    private async Task<List<Row>> ReadAsync(List<(Guid Record, Guid Person)> wanted, Viewer viewer, int limit, Processor[] processors, CancellationToken ct)
    {
        await using var command = database.CreateCommand(detailsQuery);
        command.AddReach(viewer);
        command.Parameters.AddWithValue("records", wanted.Select(row => row.Record).ToArray());
        command.Parameters.AddWithValue("persons", wanted.Select(row => row.Person).ToArray());
        command.Parameters.AddWithValue("limit", limit);
        return await ReadAsync(command, processors, ct);
    }

    /// <summary>The row of each place, and its key with the processor that will open it.</summary>
    private async Task<List<Row>> ReadAsync(NpgsqlCommand command, Processor[] processors, CancellationToken ct)
    {
        var rows = new List<Row>(MostOpened);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // Of whom nobody knows whether they are sought or seek, nobody can say what they match.
            if (unreadable.Row(reader, "match_record", reader.GetGuid(0)).Word<MatchRole>("role", 2) is not { } role)
                continue;
            processors[rows.Count % processors.Length].Keys.Add(reader, 4);
            rows.Add(new Row(
                new MatchSide(new PersonId(reader.GetGuid(1)), reader.GetGuid(0), role),
                reader.GetFieldValue<byte[]>(3),
                RestrictedPersons.Of(reader, 8),
                reader.IsDBNull(9) ? null : reader.GetString(9),
                reader.GetString(10)));
        }

        return rows;
    }

    /// <summary>
    /// People are sought by their families: whoever stands in the same request is a relative, whichever of them seeks the other. It only ever speaks for a match:
    /// two brothers who seek the third one share no enquirer.
    /// </summary>
    private async Task CompareFamiliesAsync(
        PersonDetails asked, Guid own, List<Candidate> candidates, PersonMatcher matcher, Processor processor, CancellationToken ct)
    {
        Guid[] records = [.. candidates.Take(MostFamilies).Where(candidate => candidate.Side.Role != MatchRole.Registered).Select(candidate => candidate.Side.Record).Distinct()];
        if (own == Guid.Empty && records.Length == 0)
            return;
        await using var command = database.CreateCommand(familiesQuery);
        command.Parameters.AddWithValue("records", own == Guid.Empty ? records : [.. records, own]);
        var families = (await ReadAsync(command, [processor], ct))
            .Select(row => (row.Side, Person: processor.Open(row.Side, row.Details, row.Restricted)))
            .Where(row => row.Person is not null)
            .ToLookup(row => row.Side.Record, row => (row.Side, Person: row.Person!));
        var person = ComparedPerson.Of(WithFamily(asked, families[own].Select(row => row.Person).Where(relative => relative != asked)), processor.Read);
        for (var i = 0; i < Math.Min(MostFamilies, candidates.Count); i++)
        {
            var candidate = candidates[i];
            var family = families[candidate.Side.Record].Where(row => row.Side.Person != candidate.Side.Person).Select(row => row.Person);
            if (person.Score(ComparedPerson.Of(WithFamily(candidate.Person, family), processor.Read), matcher) is { } score && score.LogOdds > candidate.Score.LogOdds)
                candidates[i] = candidate with { Score = score };
        }
    }

    private static PersonDetails WithFamily(PersonDetails person, IEnumerable<PersonDetails> family) => person with
    {
        Relatives = person.Relatives
            .Concat(family.Where(relative => relative.Names.Count > 0).Select(relative => new RelatedPerson(relative.Names[0], FamilyRelation.Other)))
            .ToValueList(),
    };

    private int Hash(string key) => MatchKeys.Hash(key, hash.Of);

    /// <summary>The share of one processor in one question.</summary>
    private sealed class Processor(PersonKeyRing keys)
    {
        private readonly NameReader names = new();

        public PersonKeyRing Keys => keys;

        public PersonDetails? Open(MatchSide side, byte[] details, Guid[] restricted) => keys.Open<MatchForm>(side.Person, details).Value?.Without(restricted).Person;

        public NameForm Read(string? text) => names.Read(text);
    }
}
