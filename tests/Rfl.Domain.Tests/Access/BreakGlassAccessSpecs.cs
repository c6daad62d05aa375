using Rfl.Domain.Access;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Access;

/// <summary>Handbook §8.4, §9: who may look beyond their own cases, and who sees that somebody did.</summary>
public sealed class BreakGlassAccessSpecs
{
    [Theory]
    [InlineData(Role.RegionalFocalPoint, true)]
    [InlineData(Role.Caseworker, true)]
    [InlineData(Role.ChildProtectionFocalPoint, true)]
    [InlineData(Role.FieldVolunteer, false)]
    [InlineData(Role.DisclosureOfficer, false)]
    [InlineData(Role.Supervisor, false)]
    [InlineData(Role.Publisher, false)]
    [InlineData(Role.PartnerSociety, false)]
    [InlineData(Role.ReferralOrganisation, false)]
    [InlineData(Role.Enquirer, false)]
    [InlineData(Role.DataProtectionOfficer, false)]
    [InlineData(Role.SystemAdministrator, false)]
    public void Those_who_work_with_cases_and_do_not_see_all_of_them(Role role, bool may)
    {
        var viewer = new Viewer(Caseworker, [role]);

        Assert.Equal(may, BreakGlassAccess.MayUse(viewer, Enum.GetValues<Role>()));
        Assert.Equal(may, BreakGlassAccess.MayUse(viewer, [Role.SystemAdministrator, role]));
        Assert.False(BreakGlassAccess.MayUse(viewer, Enum.GetValues<Role>().Except([role])));
    }

    [Fact]
    public void That_somebody_looked_is_seen_by_who_reviews_who_watches_and_who_looked()
    {
        Assert.Equal(ReadGround.Service, BreakGlassAccess.Ground(Viewer.System, Caseworker));
        Assert.Equal(ReadGround.Supervision, BreakGlassAccess.Ground(new Viewer(Supervisor, [Role.Supervisor]), Caseworker));
        Assert.Equal(ReadGround.DataProtection, BreakGlassAccess.Ground(new Viewer(Officer, [Role.DataProtectionOfficer]), Caseworker));
        Assert.Equal(ReadGround.BreakGlass, BreakGlassAccess.Ground(new Viewer(Caseworker, [Role.Caseworker]), Caseworker));
        Assert.Null(BreakGlassAccess.Ground(new Viewer(FocalPoint, [Role.Caseworker]), Caseworker));
    }
}
