using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Access;

namespace Rfl.Api.Casework;

/// <summary>
/// <see cref="CaseAccess"/> in SQL: which rows of <c>case_row</c> come within a viewer's reach, and on which ground. One place, so that no list can differ; what a
/// single case's read log says is compared with <see cref="CaseAccess"/> at every read.
/// </summary>
public static class CaseReachSql
{
    /// <summary>A condition on <c>case_row c</c> with the named parameters that <see cref="AddReach(NpgsqlCommand, Viewer, bool)"/> adds.</summary>
    public const string Condition =
        """
        (@sees_all
            or c.region = @region
            or (@is_caseworker and c.submitted_at is not null and (c.caseworker is null or c.caseworker = @viewer))
            or (@is_child_protection and c.submitted_at is not null and c.concerns_minor)
            or (@is_volunteer and c.taken_by = @viewer))
        """;

    /// <summary>
    /// A <see cref="ReadGround"/> by name, null where the whole case is out of reach; the closest first, as <see cref="CaseAccess.Ground"/> has it. With the named
    /// parameters that <see cref="AddReach(NpgsqlParameterCollection, Viewer, bool)"/> adds.
    /// </summary>
    public const string Ground =
        """
        case when @is_service then 'Service'
            when @is_caseworker and c.submitted_at is not null and c.caseworker = @viewer then 'Assignment'
            when @is_volunteer and c.taken_by = @viewer and c.stage = 'Interview' then 'OwnInterview'
            when c.region = @region then 'Region'
            when @is_child_protection and c.submitted_at is not null and c.concerns_minor then 'ChildProtection'
            when @is_caseworker and c.submitted_at is not null and c.caseworker is null then 'Unassigned'
            when @sees_all then 'Supervision' end
        """;

    /// <summary>The people of a row of <c>case_row c</c>.</summary>
    public const string Persons = "array(select p.person_id from case_person p where p.case_id = c.id)";

    /// <summary>
    /// The ground on which a registered person is within reach, as <see cref="RegisteredPersonAccess.Ground"/> has it, from a source with the columns
    /// <c>region, concerns_minor, registered_by</c> named <c>m</c>.
    /// </summary>
    public const string GroundOfRegistered =
        """
        case when @is_service then 'Service'
            when @is_volunteer and m.registered_by = @viewer then 'OwnInterview'
            when m.region = @region then 'Region'
            when @is_child_protection and m.concerns_minor then 'ChildProtection'
            when @is_caseworker then 'OwnLists'
            when @sees_all then 'Supervision' end
        """;

    /// <param name="asVolunteer">Whether a volunteer's own interviews are meant too; only their stage may be shown once submitted.</param>
    public static void AddReach(this NpgsqlCommand command, Viewer viewer, bool asVolunteer = false) => command.Parameters.AddReach(viewer, asVolunteer);

    /// <inheritdoc cref="AddReach(NpgsqlCommand, Viewer, bool)"/>
    public static void AddReach(this NpgsqlParameterCollection parameters, Viewer viewer, bool asVolunteer = false)
    {
        parameters.AddWithValue("sees_all", viewer.IsSystem || viewer.Is(Role.Supervisor));
        parameters.AddWithValue("region", NpgsqlDbType.Text, viewer.Is(Role.RegionalFocalPoint) ? (object?)viewer.Region ?? DBNull.Value : DBNull.Value);
        parameters.AddWithValue("is_caseworker", viewer.Is(Role.Caseworker));
        parameters.AddWithValue("is_child_protection", viewer.Is(Role.ChildProtectionFocalPoint));
        parameters.AddWithValue("is_volunteer", asVolunteer && viewer.Is(Role.FieldVolunteer));
        parameters.AddWithValue("is_service", viewer.IsSystem);
        parameters.AddWithValue("viewer", viewer.Id);
    }
}
