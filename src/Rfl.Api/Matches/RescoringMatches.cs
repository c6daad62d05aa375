using Npgsql;
using Rfl.Api.DataSubjects;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Infrastructure.Jobs;
using Rfl.Infrastructure.PersonalData;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Matches;

/// <summary>
/// Scores again every match that another model scored: numbers of two models cannot be compared, and a list that mixes them orders nothing. Decisions stay as
/// people took them. A match whose person may no longer be compared, or whose data may only be kept, keeps its last score.
/// </summary>
public sealed class RescoringMatches(NpgsqlDataSource database, PersonalDataReader personalData, MatchProposing proposing, UnreadableRows unreadable) : IScheduledJob
{
    public const string JobName = "rescoring-matches";

    private const int AtATime = 100;

    private static readonly string query =
        $"""
        select r.id, a.record_id, a.role, a.details, b.record_id, b.role, b.details, a.person_id, b.person_id,
            k.person_id, k.key_id, k.kek_id, k.wrapped_key, l.person_id, l.key_id, l.kek_id, l.wrapped_key,
            {RestrictedPersons.OfRecord("a")}, {RestrictedPersons.OfRecord("b")}
        from match_row r
        join match_record a on a.record_id = r.first_record and a.person_id = r.first_person
        join match_record b on b.record_id = r.second_record and b.person_id = r.second_person
        join person_keys k on k.person_id = a.person_id and k.wrapped_key is not null
        join person_keys l on l.person_id = b.person_id and l.wrapped_key is not null
        where r.model <> $1 and r.id > $2
            and not exists (select from data_subject_row s where s.person_id in (r.first_person, r.second_person) and s.restricted)
        order by r.id limit $3
        """;

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(JobProgress run, CancellationToken ct)
    {
        var last = Guid.Empty;
        while (await PageAsync(last, ct) is { Count: > 0 } page)
        {
            run.Found(page.Count);
            foreach (var (id, proposal) in page)
            {
                if (proposal is not null)
                    await proposing.ProposeAsync(proposal, ct);
                run.Succeeded();
                last = id;
            }
        }
    }

    private async Task<List<(Guid Id, ProposeMatch? Proposal)>> PageAsync(Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(query);
        command.Parameters.AddWithValue(MatchModel.Current.Version);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(AtATime);
        var matcher = new PersonMatcher(MatchModel.Current);
        var page = new List<(Guid, ProposeMatch?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var words = unreadable.Row(reader, "match_record", reader.GetGuid(0));
            if (words.Word<MatchRole>("role", 2) is not { } firstRole || words.Word<MatchRole>("role", 5) is not { } secondRole)
            {
                page.Add((reader.GetGuid(0), null));
                continue;
            }

            var ring = personalData.NewRing();
            ring.Add(reader, 9);
            ring.Add(reader, 13);
            var first = new MatchSide(new PersonId(reader.GetGuid(7)), reader.GetGuid(1), firstRole);
            var second = new MatchSide(new PersonId(reader.GetGuid(8)), reader.GetGuid(4), secondRole);
            var score = ring.Open<MatchForm>(first.Person, reader.GetFieldValue<byte[]>(3)).Value is { } a
                && ring.Open<MatchForm>(second.Person, reader.GetFieldValue<byte[]>(6)).Value is { } b
                    ? Compared(a, 17).Score(Compared(b, 18), matcher)
                    : null;
            page.Add((reader.GetGuid(0), score is null ? null : new ProposeMatch(first, second, MatchProposing.EvidenceOf(score))));
        }

        return page;

        ComparedPerson Compared(MatchForm form, int restricted) => ComparedPerson.Of(form.Without(RestrictedPersons.Of(reader, restricted)).Person);
    }
}
