using Rfl.Api.Casework;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Matches;

/// <summary>Which sides of a match a viewer may see. Deciding on a match takes both; reading it, the one that the viewer works on.</summary>
internal static class MatchReach
{
    public static readonly Role[] Roles = [Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor];

    public static (Guid Id, string Type) StreamOf(MatchSide side) =>
        (side.Record, side.Role == MatchRole.Registered ? StreamKinds.RegisteredPerson.Name : StreamKinds.TracingRequest.Name);

    /// <summary>On which ground the viewer reaches the record, null where they do not; and the person's details in it.</summary>
    public static ReadGround? Ground(Viewer viewer, MatchSide side, StreamHistory record, out PersonDetails? details) => side.Role == MatchRole.Registered
        ? Ground(viewer, StreamKinds.RegisteredPerson.Fold(record), out details)
        : Ground(viewer, side, StreamKinds.TracingRequest.Fold(record), out details);

    public static bool Covers(Work work, MatchSide side) => side.Role == MatchRole.Registered
        ? Ground(work.Viewer, work.State(StreamKinds.RegisteredPerson, side.Record), out _) is not null
        : Ground(work.Viewer, side, work.State(StreamKinds.TracingRequest, side.Record), out _) is not null;

    private static ReadGround? Ground(Viewer viewer, RegisteredPerson state, out PersonDetails? details)
    {
        var person = state as RegisteredPerson.Existing;
        details = person?.Registration.Value?.Person;
        // Only the roles for which matches are meant count, as for requests.
        return person is null ? null : RegisteredPersonAccess.Ground(viewer with { Roles = viewer.Roles.Where(Roles.Contains).ToValueList() }, person);
    }

    private static ReadGround? Ground(Viewer viewer, MatchSide side, TracingRequest request, out PersonDetails? details)
    {
        var file = (request as TracingRequest.Started)?.File;
        details = side.Role == MatchRole.Sought ? file?.Find(side.Person)?.Details.Value : file?.Enquirer?.Details.Value?.Person;
        return CaseAccess.Ground(viewer, request, Roles);
    }
}
