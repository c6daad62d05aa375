using Rfl.Domain.RegisteredPersons;

namespace Rfl.Domain.Access;

/// <summary>Which registered persons come within a viewer's reach (handbook §9): the own lists serve the search, so headquarters sees all of them.</summary>
public static class RegisteredPersonAccess
{
    public static bool Reaches(Viewer viewer, RegisteredPerson.Existing person) =>
        viewer.IsSystem
        || viewer.IsAny(Role.Caseworker, Role.Supervisor)
        || (viewer.Is(Role.RegionalFocalPoint) && viewer.Region == person.First.Region)
        || (viewer.Is(Role.ChildProtectionFocalPoint) && person.IsMinor)
        || (viewer.Is(Role.FieldVolunteer) && viewer.Id == person.First.RegisteredBy);
}
