using Npgsql;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjects;

/// <summary>
/// Which of some persons are restricted: nobody compares them, nothing about them leaves, nothing is published. Read in the round trip of whatever has to know.
/// </summary>
public sealed class RestrictedPersons : IReadAlong
{
    /// <summary>A condition for queries over rows with a person: <c>m.person_id</c> is not restricted.</summary>
    public const string NotRestricted = "not exists (select from data_subject_row restricted where restricted.person_id = m.person_id and restricted.restricted)";

    /// <summary>
    /// Who is restricted among those whom the stream of a row of the index names, as an array, null where nobody at all is: relatives on a sheet are left out of a comparison whose subject is not
    /// restricted.
    /// </summary>
    /// <param name="row">As the query calls it.</param>
    public static string OfRecord(string row) =>
        $"""
        case when exists (select from data_subject_row someone where someone.restricted)
            then array(select named.person_id from data_subject_row named
                where named.restricted and named.person_id = any((select s.persons from mt_streams s where s.id = {row}.record_id)::uuid[]))
            end
        """;

    /// <summary>Reads what <see cref="OfRecord"/> gave.</summary>
    public static Guid[] Of(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? [] : reader.GetFieldValue<Guid[]>(ordinal);

    private readonly Guid[] persons;
    private readonly Guid? request;
    private readonly HashSet<PersonId> restricted = [];
    private bool isOfSearch;

    private RestrictedPersons(Guid[] persons, Guid? request) => (this.persons, this.request) = (persons, request);

    public IReadOnlySet<PersonId> Persons => restricted;

    public static RestrictedPersons Among(params ReadOnlySpan<PersonId> persons) => new([.. persons.ToArray().Select(person => person.Value)], null);

    /// <summary>Among everybody who stands in a tracing request, relatives and contact persons included.</summary>
    public static RestrictedPersons In(Guid tracingRequest) => new([], tracingRequest);

    /// <summary>Among everybody who stands in the request for which a partner was asked to search.</summary>
    public static RestrictedPersons InRequestOf(Guid partnerSearch) => new([], partnerSearch) { isOfSearch = true };

    public NpgsqlBatchCommand Command() => request is { } of
        ? new($"""
            select r.person_id from data_subject_row r join mt_streams s on r.person_id = any(s.persons)
            where s.id = {(isOfSearch ? "(select p.case_id from partner_search_row p where p.id = $1)" : "$1")} and r.restricted
            """)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = of } },
        }
        : new("select person_id from data_subject_row where person_id = any($1) and restricted")
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = persons } },
        };

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        restricted.Clear();
        while (await reader.ReadAsync(ct))
            restricted.Add(new PersonId(reader.GetGuid(0)));
    }
}
