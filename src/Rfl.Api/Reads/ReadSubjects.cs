using Npgsql;
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
    // Only where nothing closer holds does a break-glass in force open the case.
    private const string Case =
        $"""
        select c.id as record, c.version, coalesce(c.closest, case when g.id is not null then 'BreakGlass' end) as ground, {CaseReachSql.Persons} as persons,
            case when c.closest is null then g.id end as break_glass
        from (select c.id, c.version, {CaseReachSql.Ground} as closest from case_row c where c.id = @record) c
        left join lateral (
            select b.id from break_glass_row b
            where b.case_id = c.id and b.viewer = @viewer and b.ends_at > @now order by b.ends_at desc limit 1) g on @may_break_glass
        where true
        """;

    private const string BreakGlass =
        """
        select b.case_id as record, b.version,
            case when @is_service then 'Service' when @sees_all then 'Supervision' when @is_privacy then 'DataProtection' when b.viewer = @viewer then 'BreakGlass' end
                as ground,
            array(select p.person_id from case_person p where p.case_id = b.case_id) as persons, null::uuid as break_glass
        from break_glass_row b where b.id = @record
        """;

    private const string AccessAlarm =
        """
        select r.id as record, r.version, 'DataProtection' as ground,
            array(select p.person_id from case_person p where p.case_id = r.record) as persons, null::uuid as break_glass
        from access_alarm_row r where r.id = @record
        """;

    private const string Breach =
        """
        select b.id as record, b.version, 'DataProtection' as ground, array[]::uuid[] as persons, null::uuid as break_glass
        from breach_row b where b.id = @record
        """;

    private const string RegisteredPerson =
        $"""
        select m.id as record, m.version, {CaseReachSql.GroundOfRegistered} as ground, array[m.id] as persons, null::uuid as break_glass
        from (
            select s.id, s.version, f.data ->> 'region' as region, (f.data ->> 'registeredBy')::uuid as registered_by,
                (select (l.data ->> 'isMinor')::boolean from mt_events l
                    where l.stream_id = s.id and l.data ? 'isMinor' order by l.version desc limit 1) as concerns_minor
            from mt_streams s join mt_events f on f.stream_id = s.id and f.version = 1
            where s.id = any(@registered) and s.type = 'registered-person'
                and not exists (select from mt_events g where g.stream_id = s.id and g.type = 'registration-anonymised.v1')) m
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
        select r.id as record, r.version, case when @is_privacy then 'DataProtection' when r.recorded_by = @viewer then 'Recorder' end as ground,
            array[r.person_id] as persons, null::uuid as break_glass
        from data_subject_request_row r where r.id = @record
        """;

    private const string DataSubject =
        """
        select k.person_id as record, 0::bigint as version, 'DataProtection' as ground, array[k.person_id] as persons, null::uuid as break_glass
        from person_keys k where k.person_id = @record
        """;

    /// <summary>What a person asked about their own data.</summary>
    public static ReadSubject OfDataSubjectRequest(Viewer viewer, Guid id) => new(DataSubjectRequest, parameters =>
    {
        parameters.AddWithValue("viewer", viewer.Id);
        parameters.AddWithValue("is_privacy", viewer.Is(Role.DataProtectionOfficer));
        parameters.AddWithValue("record", id);
    });

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
    public static ReadSubject OfCase(object message, Viewer viewer, DateTimeOffset now, TracingRequestId id) =>
        new(Case, parameters => AddCase(parameters, message, viewer, now, id));

    /// <summary>What somebody looked at beyond their cases, and why.</summary>
    public static ReadSubject OfBreakGlass(Viewer viewer, Guid id) => new(BreakGlass, parameters =>
    {
        parameters.AddReach(viewer);
        parameters.AddWithValue("is_privacy", viewer.Is(Role.DataProtectionOfficer));
        parameters.AddWithValue("record", id);
    });

    public static ReadSubject OfAccessAlarm(Guid id) => new(AccessAlarm, parameters => parameters.AddWithValue("record", id));

    public static ReadSubject OfBreach(Guid id) => new(Breach, parameters => parameters.AddWithValue("record", id));

    /// <summary>A case, where what is shown of it is in another record that belongs to it.</summary>
    public static ReadSubject OfPartnerSearch(object message, Viewer viewer, DateTimeOffset now, TracingRequestId id, PartnerSearchId search) => new(
        $"{Case} and exists (select 1 from partner_search_row p where p.id = @search and p.case_id = c.id)",
        parameters =>
        {
            AddCase(parameters, message, viewer, now, id);
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

    private static void AddCase(NpgsqlParameterCollection parameters, object message, Viewer viewer, DateTimeOffset now, TracingRequestId id)
    {
        var through = Through(message, viewer);
        parameters.AddReach(through, asVolunteer: true);
        parameters.AddWithValue("record", id.Value);
        parameters.AddWithValue("may_break_glass", OpenToBreakGlassAttribute.Is(message) && BreakGlassAccess.MayUse(through, through.Roles));
        parameters.AddWithValue("now", now);
    }

    private static Viewer Through(object message, Viewer viewer) => PermissionAttribute.Of(message.GetType()) is AllowedForAttribute allowed
        ? viewer with { Roles = viewer.Roles.Where(allowed.Roles.Contains).ToValueList() }
        : viewer;
}
