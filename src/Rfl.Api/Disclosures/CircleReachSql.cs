using Npgsql;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Disclosures;

/// <summary><see cref="CircleAccess"/> in SQL: which rows of <c>disclosure_row r</c> a member of the circle sees.</summary>
internal static class CircleReachSql
{
    /// <summary>A condition with the named parameters that <see cref="AddCircle"/> adds.</summary>
    public const string Condition = "(@is_officer or (@is_child_protection and r.concerns_minor) or (@is_supervisor and r.is_death))";

    private const string Subject =
        $"""
        select r.case_alias as record, r.version, case when {Condition} then 'DisclosureCircle' end as ground, array[r.person_alias] as persons,
            null::uuid as break_glass
        from disclosure_row r where r.id = @record
        """;

    public static void AddCircle(this NpgsqlParameterCollection parameters, Viewer viewer)
    {
        parameters.AddWithValue("is_officer", viewer.IsSystem || viewer.Is(Role.DisclosureOfficer));
        parameters.AddWithValue("is_child_protection", viewer.Is(Role.ChildProtectionFocalPoint));
        parameters.AddWithValue("is_supervisor", viewer.Is(Role.Supervisor));
    }

    /// <summary>One disclosure, as the circle's read log asks for it.</summary>
    public static ReadSubject SubjectOf(Viewer viewer, Guid disclosure) => new(Subject, parameters =>
    {
        parameters.AddCircle(viewer);
        parameters.AddWithValue("record", disclosure);
    });
}
