using Rfl.Domain.Common;

namespace Rfl.Domain.Access;

/// <summary>
/// Which roles go together, and what each needs to know about its holder. Duties that watch or run the system are kept apart from casework (handbook §9:
/// the administrator reads no personal data), and outsiders hold exactly one role.
/// </summary>
public sealed record RoleAssignment(ValueList<Role> Roles, string? Region = null, string? Society = null, Guid? TracingRequestId = null)
{
    private static readonly Role[] alone =
        [Role.SystemAdministrator, Role.DataProtectionOfficer, Role.PartnerSociety, Role.ReferralOrganisation, Role.Enquirer];

    private static readonly Role[] regional = [Role.FieldVolunteer, Role.RegionalFocalPoint];

    private static readonly Role[] ofSocieties = [Role.PartnerSociety, Role.ReferralOrganisation];

    /// <summary>The first rule that the assignment breaks, or null.</summary>
    public Refusal? Check()
    {
        if (Roles.Count == 0)
            return new Refusal("role-missing", "roles");
        if (Roles.Distinct().Count() != Roles.Count)
            return new Refusal("role-repeated", "roles");
        if (Roles.Count > 1 && Roles.Intersect(alone).Any())
            return new Refusal("role-not-combinable", "roles", [Roles.Intersect(alone).First().ToString()]);
        if (Roles.Intersect(regional).Any() == string.IsNullOrWhiteSpace(Region))
            return new Refusal(string.IsNullOrWhiteSpace(Region) ? "region-missing" : "region-not-used", "region");
        if (Roles.Intersect(ofSocieties).Any() == string.IsNullOrWhiteSpace(Society))
            return new Refusal(string.IsNullOrWhiteSpace(Society) ? "society-missing" : "society-not-used", "society");
        if (Roles.Contains(Role.Enquirer) == (TracingRequestId is null))
            return new Refusal(TracingRequestId is null ? "tracing-request-missing" : "tracing-request-not-used", "tracingRequestId");
        return null;
    }
}
