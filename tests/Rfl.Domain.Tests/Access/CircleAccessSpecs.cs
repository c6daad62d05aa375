using Rfl.Domain.Access;
using Rfl.Domain.Disclosures;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Access;

/// <summary>Handbook §9, rules 11 to 14: who is inside the disclosure circle. For everybody else a disclosure does not exist.</summary>
public sealed class CircleAccessSpecs
{
    private static readonly Role[] AllRoles = Enum.GetValues<Role>();

    [Theory]
    [InlineData(Role.DisclosureOfficer, true, true, true)]
    [InlineData(Role.ChildProtectionFocalPoint, false, true, false)]
    [InlineData(Role.Supervisor, false, false, true)]
    [InlineData(Role.Caseworker, false, false, false)]
    [InlineData(Role.RegionalFocalPoint, false, false, false)]
    [InlineData(Role.FieldVolunteer, false, false, false)]
    [InlineData(Role.Publisher, false, false, false)]
    [InlineData(Role.PartnerSociety, false, false, false)]
    [InlineData(Role.ReferralOrganisation, false, false, false)]
    [InlineData(Role.Enquirer, false, false, false)]
    [InlineData(Role.DataProtectionOfficer, false, false, false)]
    [InlineData(Role.SystemAdministrator, false, false, false)]
    public void Officers_see_all_child_protection_the_minors_and_supervisors_the_deaths(Role role, bool found, bool child, bool dead)
    {
        var viewer = new Viewer(Officer, [role], Region);

        Assert.Equal(found, CircleAccess.Reaches(viewer, DisclosureOf(Found), AllRoles));
        Assert.Equal(child, CircleAccess.Reaches(viewer, DisclosureOf(FoundChild), AllRoles));
        Assert.Equal(dead, CircleAccess.Reaches(viewer, DisclosureOf(FoundDead), AllRoles));
        Assert.Equal(child || dead, CircleAccess.Reaches(viewer, DisclosureOf(FoundDead with { ConcernsMinor = true }), AllRoles));
    }

    [Fact]
    public void Only_the_roles_for_which_a_question_is_meant_count()
    {
        var officer = new Viewer(Officer, [Role.DisclosureOfficer]);

        Assert.False(CircleAccess.Reaches(officer, DisclosureOf(Found), [.. AllRoles.Except([Role.DisclosureOfficer])]));
        Assert.False(CircleAccess.Reaches(officer, DisclosureOf(Found), []));
        Assert.True(CircleAccess.Reaches(new Viewer(Officer, [Role.Caseworker, Role.DisclosureOfficer]), DisclosureOf(Found), [Role.Supervisor, Role.DisclosureOfficer]));
    }

    [Fact]
    public void Where_nothing_is_found_there_is_nothing_to_reach()
    {
        Assert.False(CircleAccess.Reaches(new Viewer(Officer, [Role.DisclosureOfficer]), Disclosure.Initial, AllRoles));
        Assert.False(CircleAccess.Reaches(Viewer.System, Disclosure.Initial, AllRoles));
    }

    [Fact]
    public void The_service_itself_reaches_what_was_found() => Assert.True(CircleAccess.Reaches(Viewer.System, DisclosureOf(Found), []));
}
