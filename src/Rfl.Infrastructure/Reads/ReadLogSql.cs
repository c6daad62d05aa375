namespace Rfl.Infrastructure.Reads;

/// <summary>
/// The statements that write the read log. Each stands in the statement or batch that reads, so that the row is durable before anything is shown and costs no
/// round trip of its own. Their parameters come from <see cref="Reading.AddTo"/>.
/// </summary>
public static class ReadLogSql
{
    private const string Row =
        "(read_at, viewer, roles, society, view, correlation_id, records, grounds, persons, refused, break_glass, searched) "
        + "select @log_at, @log_viewer, @log_roles, @log_society, @log_view, @log_correlation";

    // The people of what was shown; where nothing was, of what was asked for in vain.
    private const string OfSubject =
        $"""
        {Row}, coalesce(shown.records, @log_asked), coalesce(shown.grounds, '{"{}"}'),
            array(select distinct p from subject s cross join unnest(s.persons) as p where s.ground is not null or shown.records is null order by p),
            shown.records is null, shown.break_glass, @log_searched
        from (
            select array_agg(s.record order by s.record) as records, array_agg(s.ground order by s.record) as grounds,
                (array_agg(s.break_glass) filter (where s.break_glass is not null))[1] as break_glass
            from subject s where s.ground is not null) as shown
        """;

    private const string OfPage =
        $"""
        {Row}, coalesce(shown.records, '{"{}"}'), coalesce(shown.grounds, '{"{}"}'),
            array(select distinct p from (select log_persons from page limit @log_shown) s cross join unnest(s.log_persons) as p order by p),
            false, null, @log_searched
        from (
            select array_agg(s.log_record) as records, array_agg(s.log_ground) as grounds
            from (select log_record, log_ground from page limit @log_shown) s) as shown
        """;

    private const string OfGiven = $"{Row}, @log_records, @log_grounds, @log_persons, false, null, @log_searched";

    // What was asked for in vain, before anything of it was loaded. A person is who has a key.
    private const string OfRefused =
        $"""
        {Row}, @log_asked, '{"{}"}', array(
            select k.person_id from person_keys k where k.person_id = any(@log_asked)
            union select p.person_id from case_person p where p.case_id = any(@log_asked) order by 1),
            true, null, @log_searched
        """;

    /// <summary>
    /// A common table expression beside <c>subject</c>, which has the columns <c>record uuid, version bigint, ground text, persons uuid[], break_glass uuid</c>:
    /// one row for each record that is there, its ground null where it is out of reach.
    /// </summary>
    public const string SubjectLogged = $"logged as (insert into read_log {OfSubject})";

    /// <inheritdoc cref="SubjectLogged"/>
    public const string SubjectLoggedInCircle = $"logged as (insert into disclosure_read_log {OfSubject})";

    /// <summary>
    /// A common table expression beside <c>page</c>, a list in its order with the further columns <c>log_record uuid, log_ground text, log_persons uuid[]</c>; its
    /// first <c>@log_shown</c> rows are shown.
    /// </summary>
    public const string PageLogged = $"logged as (insert into read_log {OfPage})";

    /// <inheritdoc cref="PageLogged"/>
    public const string PageLoggedInCircle = $"logged as (insert into disclosure_read_log {OfPage})";

    /// <summary>A statement of its own, or of a common table expression: what was shown is given by <see cref="ReadLogging.AddShown"/>.</summary>
    public const string GivenLogged = $"insert into read_log {OfGiven}";

    /// <inheritdoc cref="GivenLogged"/>
    public const string GivenLoggedInCircle = $"insert into disclosure_read_log {OfGiven}";

    /// <summary>A statement of its own, for what was refused before anything was loaded.</summary>
    public const string RefusedLogged = $"insert into read_log {OfRefused}";

    /// <inheritdoc cref="RefusedLogged"/>
    public const string RefusedLoggedInCircle = $"insert into disclosure_read_log {OfRefused}";
}
