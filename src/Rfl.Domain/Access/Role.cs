namespace Rfl.Domain.Access;

/// <summary>What an account may be (handbook §9). A person may hold several roles.</summary>
public enum Role
{
    FieldVolunteer,
    RegionalFocalPoint,
    Caseworker,
    ChildProtectionFocalPoint,
    DisclosureOfficer,
    Supervisor,
    Publisher,
    PartnerSociety,
    ReferralOrganisation,
    Enquirer,
    DataProtectionOfficer,
    SystemAdministrator,
}
