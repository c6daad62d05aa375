namespace Rfl.Domain.Access;

/// <summary>Who may look beyond their own cases (handbook §9), and who sees that somebody did.</summary>
public static class BreakGlassAccess
{
    /// <summary>
    /// Those whose work is with cases and who do not see all of them. Supervisors need none; volunteers, officers and publishers have no business in others' cases,
    /// outsiders even less.
    /// </summary>
    public static readonly IReadOnlyList<Role> Roles = [Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint];

    /// <summary>Whether the viewer's roles still allow what was opened.</summary>
    /// <param name="through">The roles that count.</param>
    public static bool MayUse(Viewer viewer, IEnumerable<Role> through) => through.Any(role => Roles.Contains(role) && viewer.Is(role));

    /// <summary>On which ground the viewer sees that the account looked; null where they do not.</summary>
    public static ReadGround? Ground(Viewer viewer, Guid openedBy)
    {
        if (viewer.IsSystem)
            return ReadGround.Service;
        if (viewer.Is(Role.Supervisor))
            return ReadGround.Supervision;
        if (viewer.Is(Role.DataProtectionOfficer))
            return ReadGround.DataProtection;
        return viewer.Id == openedBy ? ReadGround.BreakGlass : null;
    }
}
