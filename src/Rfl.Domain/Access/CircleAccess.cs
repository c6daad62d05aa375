using Rfl.Domain.Disclosures;

namespace Rfl.Domain.Access;

/// <summary>Who is inside the disclosure circle (handbook §9; rules 11–14). For everybody else a disclosure does not exist.</summary>
public static class CircleAccess
{
    /// <param name="through">The roles that count: those for which the command or query is meant.</param>
    public static bool Reaches(Viewer viewer, Disclosure disclosure, ReadOnlySpan<Role> through)
    {
        if (disclosure is not Disclosure.Found { Finding: var finding })
            return false;
        if (viewer.IsSystem)
            return true;
        foreach (var role in through)
        {
            if (viewer.Is(role) && Reaches(role, finding))
                return true;
        }

        return false;
    }

    /// <summary>Officers see all; child protection the minors'; supervisors the deaths that they sign off.</summary>
    private static bool Reaches(Role role, FindingRecorded finding) => role switch
    {
        Role.DisclosureOfficer => true,
        Role.ChildProtectionFocalPoint => finding.ConcernsMinor,
        Role.Supervisor => finding.Kind == FindingKind.Deceased,
        _ => false,
    };
}
