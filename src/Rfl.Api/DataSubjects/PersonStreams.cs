using Npgsql;
using Rfl.Domain.Common;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// Every stream in which a person stands, by the index on the data subjects of events; matches, which hold no names, by their rows. The disclosure circle's streams
/// are not among them: whoever asks here is outside it (rule 12).
/// </summary>
public sealed class PersonStreams(NpgsqlDataSource database)
{
    /// <param name="withPartnerSearches">Also the searches asked of partners for requests in which the person is the enquirer.</param>
    public async Task<IReadOnlyList<(Guid Id, string Type)>> OfAsync(PersonId person, bool withPartnerSearches, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select s.id, s.type from mt_streams s
            where s.id in (select e.stream_id from mt_events e where e.persons @> array[$1]) and s.type = any($2)
            union select r.id, $3 from match_row r where r.first_person = $1 or r.second_person = $1
            union select p.id, $4 from partner_search_row p join case_person c on c.case_id = p.case_id where $5 and c.person_id = $1 and c.role = 'enquirer'
            order by 1
            """);
        command.Parameters.AddWithValue(person.Value);
        command.Parameters.AddWithValue(new[]
        {
            StreamKinds.TracingRequest.Name, StreamKinds.RegisteredPerson.Name, StreamKinds.PartnerSearch.Name, StreamKinds.BlindQuery.Name,
            StreamKinds.DataSubjectRequest.Name,
        });
        command.Parameters.AddWithValue(StreamKinds.Match.Name);
        command.Parameters.AddWithValue(StreamKinds.PartnerSearch.Name);
        command.Parameters.AddWithValue(withPartnerSearches);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var streams = new List<(Guid, string)>();
        while (await reader.ReadAsync(ct))
            streams.Add((reader.GetGuid(0), reader.GetString(1)));
        return streams;
    }
}
