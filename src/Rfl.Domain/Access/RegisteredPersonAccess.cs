using Rfl.Domain.RegisteredPersons;

namespace Rfl.Domain.Access;

/// <summary>Which registered persons come within a viewer's reach (handbook §9): the own lists serve the search, so headquarters sees all of them.</summary>
public static class RegisteredPersonAccess
{
    public static bool Reaches(Viewer viewer, RegisteredPerson.Existing person) => Ground(viewer, person) is not null;

    /// <summary>On which ground the viewer may see the person; null where they are out of reach.</summary>
    public static ReadGround? Ground(Viewer viewer, RegisteredPerson.Existing person)
    {
        if (viewer.IsSystem)
            return ReadGround.Service;
        if (viewer.Is(Role.FieldVolunteer) && viewer.Id == person.First.RegisteredBy)
            return ReadGround.OwnInterview;
        if (viewer.Is(Role.RegionalFocalPoint) && viewer.Region == person.First.Region)
            return ReadGround.Region;
        if (viewer.Is(Role.ChildProtectionFocalPoint) && person.IsMinor)
            return ReadGround.ChildProtection;
        if (viewer.Is(Role.Caseworker))
            return ReadGround.OwnLists;
        return viewer.Is(Role.Supervisor) ? ReadGround.Supervision : null;
    }
}
