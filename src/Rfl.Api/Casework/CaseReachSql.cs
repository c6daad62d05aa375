using Npgsql;
using NpgsqlTypes;
using Rfl.Domain.Access;

namespace Rfl.Api.Casework;

/// <summary><see cref="CaseAccess"/> for lists: which rows of <c>case_row</c> come within a viewer's reach. One place, so that no list can differ.</summary>
public static class CaseReachSql
{
    /// <summary>A condition on <c>case_row c</c> with the named parameters that <see cref="AddReach"/> adds.</summary>
    public const string Condition =
        """
        (@sees_all
            or c.region = @region
            or (@is_caseworker and c.submitted_at is not null and (c.caseworker is null or c.caseworker = @viewer))
            or (@is_child_protection and c.submitted_at is not null and c.concerns_minor)
            or (@is_volunteer and c.taken_by = @viewer))
        """;

    /// <param name="asVolunteer">Whether a volunteer's own interviews are meant too; only their stage may be shown once submitted.</param>
    public static void AddReach(this NpgsqlCommand command, Viewer viewer, bool asVolunteer = false)
    {
        command.Parameters.AddWithValue("sees_all", viewer.IsSystem || viewer.Is(Role.Supervisor));
        command.Parameters.AddWithValue("region", NpgsqlDbType.Text, viewer.Is(Role.RegionalFocalPoint) ? (object?)viewer.Region ?? DBNull.Value : DBNull.Value);
        command.Parameters.AddWithValue("is_caseworker", viewer.Is(Role.Caseworker));
        command.Parameters.AddWithValue("is_child_protection", viewer.Is(Role.ChildProtectionFocalPoint));
        command.Parameters.AddWithValue("is_volunteer", asVolunteer && viewer.Is(Role.FieldVolunteer));
        command.Parameters.AddWithValue("viewer", viewer.Id);
    }
}
