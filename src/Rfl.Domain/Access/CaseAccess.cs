using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Access;

/// <summary>Which requests come within a viewer's reach (handbook §9). What is out of reach answers as if it did not exist.</summary>
public static class CaseAccess
{
    /// <summary>Whether the viewer may see the whole case, and do with it what the role allows.</summary>
    /// <param name="through">The roles that count: those for which the command or query is meant.</param>
    public static bool Reaches(Viewer viewer, TracingRequest request, ReadOnlySpan<Role> through)
    {
        if (request is not TracingRequest.Started { File: var file })
            return false;
        if (viewer.IsSystem)
            return true;
        foreach (var role in through)
        {
            if (viewer.Is(role) && Reaches(viewer, role, request, file))
                return true;
        }

        return false;
    }

    /// <summary>Whether a volunteer may still know reference and stage of a request: their own interviews, for ever.</summary>
    public static bool KnowsStage(Viewer viewer, TracingRequest request) =>
        request is TracingRequest.Started { File: var file } && viewer.Is(Role.FieldVolunteer) && file.TakenBy == viewer.Id;

    private static bool Reaches(Viewer viewer, Role role, TracingRequest request, CaseFile file) => role switch
    {
        Role.FieldVolunteer => request is TracingRequest.Interview && file.TakenBy == viewer.Id,
        Role.RegionalFocalPoint => viewer.Region is { } region && file.Region == region,
        Role.Caseworker => file.SubmittedAt is not null && (file.Caseworker is null || file.Caseworker == viewer.Id),
        Role.ChildProtectionFocalPoint => file.SubmittedAt is not null && file.ConcernsMinor,
        Role.Supervisor => true,
        _ => false,
    };
}
