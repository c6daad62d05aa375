using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.Tests.Common;
using static Rfl.Domain.Tests.Common.Histories;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Access;

/// <summary>Handbook §9: who sees the people on the own lists. They serve the search, so headquarters sees all of them.</summary>
public sealed class RegisteredPersonAccessSpecs
{
    private static readonly RegisteredPerson.Existing Adult = Person(minor: false);
    private static readonly RegisteredPerson.Existing Child = Person(minor: true);

    [Theory]
    [InlineData(Role.Caseworker, ReadGround.OwnLists)]
    [InlineData(Role.Supervisor, ReadGround.Supervision)]
    [InlineData(Role.FieldVolunteer, null)]
    [InlineData(Role.RegionalFocalPoint, null)]
    [InlineData(Role.ChildProtectionFocalPoint, null)]
    [InlineData(Role.DisclosureOfficer, null)]
    [InlineData(Role.Publisher, null)]
    [InlineData(Role.PartnerSociety, null)]
    [InlineData(Role.ReferralOrganisation, null)]
    [InlineData(Role.Enquirer, null)]
    [InlineData(Role.DataProtectionOfficer, null)]
    [InlineData(Role.SystemAdministrator, null)]
    public void A_stranger_sees_an_adult_of_another_region(Role role, ReadGround? ground)
    {
        var viewer = new Viewer(Officer, [role], "grand-est");

        Assert.Equal(ground, RegisteredPersonAccess.Ground(viewer, Adult));
        Assert.Equal(ground is not null, RegisteredPersonAccess.Reaches(viewer, Adult));
    }

    [Fact]
    public void Volunteers_see_whom_they_registered_focal_points_their_region_and_child_protection_the_children()
    {
        Assert.Equal(ReadGround.OwnInterview, RegisteredPersonAccess.Ground(new Viewer(Volunteer, [Role.FieldVolunteer], "grand-est"), Adult));
        Assert.Null(RegisteredPersonAccess.Ground(new Viewer(Volunteer, [Role.Publisher], Region), Adult));
        Assert.Equal(ReadGround.Region, RegisteredPersonAccess.Ground(new Viewer(FocalPoint, [Role.RegionalFocalPoint], Region), Adult));
        Assert.Equal(ReadGround.ChildProtection, RegisteredPersonAccess.Ground(new Viewer(FocalPoint, [Role.ChildProtectionFocalPoint]), Child));
    }

    /// <summary>The closest to the work is what the read log says.</summary>
    [Fact]
    public void Of_several_grounds_the_closest_counts()
    {
        ValueList<Role> all = [.. Enum.GetValues<Role>()];

        Assert.Equal(ReadGround.OwnInterview, RegisteredPersonAccess.Ground(new Viewer(Volunteer, all, Region), Child));
        Assert.Equal(ReadGround.Region, RegisteredPersonAccess.Ground(new Viewer(Officer, all, Region), Child));
        Assert.Equal(ReadGround.ChildProtection, RegisteredPersonAccess.Ground(new Viewer(Officer, all, "grand-est"), Child));
        Assert.Equal(ReadGround.OwnLists, RegisteredPersonAccess.Ground(new Viewer(Officer, all, "grand-est"), Adult));
    }

    [Fact]
    public void The_service_itself_reaches_everybody() => Assert.Equal(ReadGround.Service, RegisteredPersonAccess.Ground(Viewer.System, Adult));

    private static RegisteredPerson.Registered Person(bool minor)
    {
        var registered = new PersonRegistered(
            Stranger,
            RegistrationSource.SafeAndWell,
            null,
            Region,
            Volunteer,
            Days.Today,
            minor,
            new RegistrationConsent(ConsentForm.Written, "fr", Days.Today),
            Personal.Of(Stranger, new Registration(PersonDetails.Empty)));
        return new RegisteredPerson.Registered(registered, minor, registered.Consent, registered.Registration);
    }
}
