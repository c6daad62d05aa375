using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Access;

/// <summary>Which requests come within a viewer's reach, and why (handbook §9). What is out of reach answers as if it did not exist.</summary>
public static class CaseAccess
{
    /// <summary>Whether the viewer may see the whole case, and do with it what the role allows.</summary>
    /// <param name="through">The roles that count: those for which the command or query is meant.</param>
    public static bool Reaches(Viewer viewer, TracingRequest request, ReadOnlySpan<Role> through) => Ground(viewer, request, through) is not null;

    /// <summary>On which ground the viewer may see the whole case; null where it is out of reach.</summary>
    /// <param name="through">The roles that count.</param>
    /// <param name="brokeGlass">Whether the viewer has stated a reason to look at this very case, and the time for it is not over. Opens reading only.</param>
    public static ReadGround? Ground(Viewer viewer, TracingRequest request, ReadOnlySpan<Role> through, bool brokeGlass = false)
    {
        if (request is not TracingRequest.Started { File: var file })
            return null;
        if (viewer.IsSystem)
            return ReadGround.Service;
        ReadGround? closest = null;
        foreach (var role in through)
        {
            if (viewer.Is(role) && Ground(viewer, role, request, file) is { } ground && (closest is null || ground < closest))
                closest = ground;
        }

        return closest ?? (brokeGlass ? ReadGround.BreakGlass : null);
    }

    /// <summary>Whether a volunteer may still know reference and stage of a request: their own interviews, for ever.</summary>
    public static bool KnowsStage(Viewer viewer, TracingRequest request) =>
        request is TracingRequest.Started { File: var file } && viewer.Is(Role.FieldVolunteer) && file.TakenBy == viewer.Id;

    private static ReadGround? Ground(Viewer viewer, Role role, TracingRequest request, CaseFile file) => role switch
    {
        Role.FieldVolunteer => request is TracingRequest.Interview && file.TakenBy == viewer.Id ? ReadGround.OwnInterview : null,
        Role.RegionalFocalPoint => viewer.Region is { } region && file.Region == region ? ReadGround.Region : null,
        Role.Caseworker when file.SubmittedAt is null => null,
        Role.Caseworker when file.Caseworker == viewer.Id => ReadGround.Assignment,
        Role.Caseworker => file.Caseworker is null ? ReadGround.Unassigned : null,
        Role.ChildProtectionFocalPoint => file.SubmittedAt is not null && file.ConcernsMinor ? ReadGround.ChildProtection : null,
        Role.Supervisor => ReadGround.Supervision,
        _ => null,
    };
}
