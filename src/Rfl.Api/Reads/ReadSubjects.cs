using NpgsqlTypes;
using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Reads;

/// <summary>The records that single reads are about, as the read log asks for them.</summary>
public static class ReadSubjects
{
    private const string Case =
        $"""
        select c.id as record, c.version, {CaseReachSql.Ground} as ground, {CaseReachSql.Persons} as persons, null::uuid as break_glass
        from case_row c where c.id = @record
        """;

    private const string RegisteredPerson =
        $"""
        select m.id as record, m.version, {CaseReachSql.GroundOfRegistered} as ground, array[m.id] as persons, null::uuid as break_glass
        from (
            select s.id, s.version, f.data ->> 'region' as region, (f.data ->> 'registeredBy')::uuid as registered_by,
                (select (l.data ->> 'isMinor')::boolean from mt_events l
                    where l.stream_id = s.id and l.data ? 'isMinor' order by l.version desc limit 1) as concerns_minor
            from mt_streams s join mt_events f on f.stream_id = s.id and f.version = 1
            where s.id = any(@registered) and s.type = 'registered-person') m
        """;

    // A match shows one person of each record, and of a request nothing else.
    private const string Match =
        $"""
        select c.id as record, c.version, {CaseReachSql.Ground} as ground, array[side.person] as persons, null::uuid as break_glass
        from unnest(@records, @people) as side (record, person) join case_row c on c.id = side.record
        union all
        {RegisteredPerson}
        """;

    private const string OwnRequest =
        $"""
        select c.id as record, c.version, 'OwnRequest' as ground, {CaseReachSql.Persons} as persons, null::uuid as break_glass
        from case_row c where c.id = @record
        """;

    private const string SentRequest =
        $"""
        select c.id as record, c.version, case when c.society = @society then 'PartnerScope' end as ground, {CaseReachSql.Persons} as persons,
            null::uuid as break_glass
        from case_row c where c.id = @record
        """;

    private const string ReceivedSearch =
        """
        select p.case_id as record, p.version, case when p.society = @society and p.transmitted_at is not null then 'PartnerScope' end as ground,
            array[p.sought_person] as persons, null::uuid as break_glass
        from partner_search_row p where p.id = @record
        """;

    private const string BlindQuery =
        """
        select q.id as record, q.version, case when q.society = @society then 'PartnerScope' end as ground, array[q.id] as persons, null::uuid as break_glass
        from blind_query_row q where q.id = @record
        """;

    private const string DataSubjectRequest =
        """
        select r.id as record, r.version, 'DataProtection' as ground, array[r.person_id] as persons, null::uuid as break_glass
        from data_subject_request_row r where r.id = @record
        """;

    private const string DataSubject =
        """
        select k.person_id as record, 0::bigint as version, 'DataProtection' as ground, array[k.person_id] as persons, null::uuid as break_glass
        from person_keys k where k.person_id = @record
        """;

    /// <summary>What a person asked about their own data.</summary>
    public static ReadSubject OfDataSubjectRequest(Guid id) => new(DataSubjectRequest, parameters => parameters.AddWithValue("record", id));

    /// <summary>What holds for a person in every record.</summary>
    public static ReadSubject OfDataSubject(PersonId id) => new(DataSubject, parameters => parameters.AddWithValue("record", id.Value));

    /// <summary>The one request of an enquirer's account.</summary>
    public static ReadSubject OfOwnRequest(Guid id) => new(OwnRequest, parameters => parameters.AddWithValue("record", id));

    /// <summary>A request that a partner sent.</summary>
    public static ReadSubject OfSentRequest(Viewer viewer, TracingRequestId id) => OfPartner(SentRequest, viewer, id.Value);

    /// <summary>A search that a partner was asked to make: what it sees of the case.</summary>
    public static ReadSubject OfReceivedSearch(Viewer viewer, PartnerSearchId id) => OfPartner(ReceivedSearch, viewer, id.Value);

    /// <summary>A partner's blind query: the person asked for has the query's id.</summary>
    public static ReadSubject OfBlindQuery(Viewer viewer, Guid id) => OfPartner(BlindQuery, viewer, id);

    /// <summary>A case, seen through the roles for which the message is meant.</summary>
    public static ReadSubject OfCase(object message, Viewer viewer, TracingRequestId id) => new(Case, parameters =>
    {
        parameters.AddReach(Through(message, viewer), asVolunteer: true);
        parameters.AddWithValue("record", id.Value);
    });

    /// <summary>A case, where what is shown of it is in another record that belongs to it.</summary>
    public static ReadSubject OfPartnerSearch(object message, Viewer viewer, TracingRequestId id, PartnerSearchId search) => new(
        $"{Case} and exists (select 1 from partner_search_row p where p.id = @search and p.case_id = c.id)",
        parameters =>
        {
            parameters.AddReach(Through(message, viewer), asVolunteer: true);
            parameters.AddWithValue("record", id.Value);
            parameters.AddWithValue("search", search.Value);
        });

    public static ReadSubject OfRegisteredPerson(Viewer viewer, PersonId id) => new(RegisteredPerson, parameters =>
    {
        parameters.AddReach(viewer, asVolunteer: true);
        parameters.AddWithValue("registered", new[] { id.Value });
    });

    /// <summary>The two sides of a match.</summary>
    public static ReadSubject OfMatch(Viewer viewer, MatchSide first, MatchSide second) => new(Match, parameters =>
    {
        MatchSide[] sides = [first, second];
        parameters.AddReach(viewer);
        parameters.AddWithValue("records", sides.Select(side => side.Record).ToArray());
        parameters.AddWithValue("people", sides.Select(side => side.Person.Value).ToArray());
        parameters.AddWithValue("registered", sides.Where(side => side.Role == MatchRole.Registered).Select(side => side.Record).ToArray());
    });

    private static ReadSubject OfPartner(string sql, Viewer viewer, Guid record) => new(sql, parameters =>
    {
        parameters.AddWithValue("society", NpgsqlDbType.Text, (object?)viewer.Society ?? DBNull.Value);
        parameters.AddWithValue("record", record);
    });

    private static Viewer Through(object message, Viewer viewer) => PermissionAttribute.Of(message.GetType()) is AllowedForAttribute allowed
        ? viewer with { Roles = viewer.Roles.Where(allowed.Roles.Contains).ToValueList() }
        : viewer;
}
