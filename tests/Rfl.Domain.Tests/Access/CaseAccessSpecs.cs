using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Access;

/// <summary>Handbook §9: which requests come within whose reach.</summary>
public sealed class CaseAccessSpecs
{
    private static readonly Guid Somebody = Id(19);
    private static readonly Role[] AllRoles = Enum.GetValues<Role>();
    private static readonly ITracingRequestEvent Minor = Registered with { IsMinor = true };
    private static readonly ITracingRequestEvent ChildSought = new SoughtPersonDetailsCorrected(
        Brother, FamilyRelation.Brother, new SoughtPersonCircumstances(IsMinor: true), null, Personal.Of(Brother, ChildDetails));

    public static TheoryData<Role, Guid, string?, ITracingRequestEvent[], bool> Reach => new()
    {
        { Role.FieldVolunteer, Volunteer, Region, Interview, true },
        { Role.FieldVolunteer, Somebody, Region, Interview, false },
        { Role.FieldVolunteer, Volunteer, Region, Submitted, false },
        { Role.FieldVolunteer, Volunteer, Region, Closed, false },
        { Role.RegionalFocalPoint, Somebody, Region, Interview, true },
        { Role.RegionalFocalPoint, Somebody, Region, Closed, true },
        { Role.RegionalFocalPoint, Somebody, "grand-est", Searching, false },
        { Role.RegionalFocalPoint, Somebody, null, Searching, false },
        { Role.Caseworker, Caseworker, null, Interview, false },
        { Role.Caseworker, Caseworker, null, Submitted, true },
        { Role.Caseworker, Caseworker, null, [.. Submitted, new CaseAssigned(Caseworker)], true },
        { Role.Caseworker, Caseworker, null, [.. Submitted, new CaseAssigned(Somebody)], false },
        { Role.ChildProtectionFocalPoint, FocalPoint, null, Searching, false },
        { Role.ChildProtectionFocalPoint, FocalPoint, null, [.. Searching, Minor], true },
        { Role.ChildProtectionFocalPoint, FocalPoint, null, [.. Searching, ChildSought], true },
        { Role.ChildProtectionFocalPoint, FocalPoint, null, [.. Interview, Minor], false },
        { Role.Supervisor, Supervisor, null, Interview, true },
        { Role.Supervisor, Supervisor, null, Withdrawn, true },
        { Role.DisclosureOfficer, Officer, null, Searching, false },
        { Role.Publisher, Somebody, null, Searching, false },
        { Role.PartnerSociety, Somebody, null, Searching, false },
        { Role.ReferralOrganisation, Somebody, null, Searching, false },
        { Role.Enquirer, Somebody, null, Searching, false },
        { Role.DataProtectionOfficer, Somebody, null, Searching, false },
        { Role.SystemAdministrator, Somebody, null, Searching, false },
    };

    [Theory]
    [MemberData(nameof(Reach))]
    public void A_role_reaches(Role role, Guid account, string? region, ITracingRequestEvent[] facts, bool reaches)
    {
        var viewer = new Viewer(account, [role], region);

        Assert.Equal(reaches, CaseAccess.Reaches(viewer, Request(facts), AllRoles));
        Assert.False(CaseAccess.Reaches(viewer, Request(facts), [.. AllRoles.Except([role])]));
        Assert.False(CaseAccess.Reaches(viewer, TracingRequest.Initial, AllRoles));
    }

    /// <summary>The closest to the work is what the read log says.</summary>
    [Fact]
    public void Of_several_grounds_the_closest_counts()
    {
        var everything = new Viewer(Caseworker, [Role.Supervisor, Role.ChildProtectionFocalPoint, Role.RegionalFocalPoint, Role.Caseworker], Region);
        var mine = Request([.. Submitted, new CaseAssigned(Caseworker), Minor]);

        Assert.Equal(ReadGround.Assignment, CaseAccess.Ground(everything, mine, AllRoles));
        Assert.Equal(ReadGround.Region, CaseAccess.Ground(everything, Request([.. Submitted, Minor]), AllRoles));
        Assert.Equal(ReadGround.ChildProtection, CaseAccess.Ground(everything with { Region = "grand-est" }, Request([.. Submitted, Minor]), AllRoles));
        Assert.Equal(ReadGround.Unassigned, CaseAccess.Ground(everything with { Region = "grand-est" }, Request(Submitted), AllRoles));
        Assert.Equal(ReadGround.Supervision, CaseAccess.Ground(everything, mine, [Role.Supervisor]));
    }

    /// <summary>Handbook §8.4: beyond one's cases, and only where nothing closer holds.</summary>
    [Fact]
    public void Broken_glass_opens_what_is_out_of_reach_and_nothing_else()
    {
        var other = new Viewer(Somebody, [Role.Caseworker]);
        var taken = Request([.. Submitted, new CaseAssigned(Caseworker)]);

        Assert.Null(CaseAccess.Ground(other, taken, AllRoles));
        Assert.Equal(ReadGround.BreakGlass, CaseAccess.Ground(other, taken, AllRoles, brokeGlass: true));
        Assert.Equal(ReadGround.Unassigned, CaseAccess.Ground(other, Request(Submitted), AllRoles, brokeGlass: true));
        Assert.Null(CaseAccess.Ground(other, TracingRequest.Initial, AllRoles, brokeGlass: true));
    }

    [Fact]
    public void Of_several_roles_one_is_enough() => Assert.True(CaseAccess.Reaches(
        new Viewer(Somebody, [Role.Publisher, Role.RegionalFocalPoint], Region), Request(Searching), [Role.Caseworker, Role.RegionalFocalPoint]));

    [Fact]
    public void The_service_itself_reaches_whatever_exists()
    {
        Assert.True(CaseAccess.Reaches(Viewer.System, Request(Interview), []));
        Assert.False(CaseAccess.Reaches(Viewer.System, TracingRequest.Initial, AllRoles));
    }

    [Fact]
    public void A_volunteer_knows_the_stage_of_their_own_interviews_for_ever()
    {
        Assert.True(CaseAccess.KnowsStage(new Viewer(Volunteer, [Role.FieldVolunteer], Region), Request(Closed)));
        Assert.False(CaseAccess.KnowsStage(new Viewer(Somebody, [Role.FieldVolunteer], Region), Request(Closed)));
        Assert.False(CaseAccess.KnowsStage(new Viewer(Volunteer, [Role.RegionalFocalPoint], Region), Request(Closed)));
        Assert.False(CaseAccess.KnowsStage(new Viewer(Volunteer, [Role.FieldVolunteer], Region), TracingRequest.Initial));
    }

    [Fact]
    public void A_viewer_holds_the_roles_given()
    {
        var viewer = new Viewer(Somebody, [Role.Caseworker, Role.Publisher]);

        Assert.True(viewer.IsAny(Role.Supervisor, Role.Publisher));
        Assert.False(viewer.IsAny(Role.Supervisor));
        Assert.False(viewer.IsAny());
        Assert.False(viewer.IsSystem);
    }
}
