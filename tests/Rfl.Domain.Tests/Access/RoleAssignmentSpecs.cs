using Rfl.Domain.Access;
using Rfl.Domain.Common;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Access;

/// <summary>Handbook §9: which roles go together, and what each needs to know about its holder.</summary>
public sealed class RoleAssignmentSpecs
{
    private static readonly Role[] Alone =
        [Role.SystemAdministrator, Role.DataProtectionOfficer, Role.PartnerSociety, Role.ReferralOrganisation, Role.Enquirer];

    public static TheoryData<RoleAssignment, Refusal?> Assignments => new()
    {
        { new([Role.Caseworker]), null },
        { new([Role.Caseworker, Role.DisclosureOfficer, Role.Supervisor]), null },
        { new([Role.FieldVolunteer, Role.Publisher], Region: "hauts-de-france"), null },
        { new([Role.RegionalFocalPoint], Region: "hauts-de-france"), null },
        { new([Role.PartnerSociety], Society: "DE"), null },
        { new([Role.ReferralOrganisation], Society: "MDM"), null },
        { new([Role.Enquirer], TracingRequestId: Id(1)), null },
        { new([Role.SystemAdministrator]), null },
        { new([]), new Refusal("role-missing", "roles") },
        { new([Role.Caseworker, Role.Caseworker]), new Refusal("role-repeated", "roles") },
        { new([Role.FieldVolunteer]), new Refusal("region-missing", "region") },
        { new([Role.RegionalFocalPoint], Region: " "), new Refusal("region-missing", "region") },
        { new([Role.Caseworker], Region: "hauts-de-france"), new Refusal("region-not-used", "region") },
        { new([Role.PartnerSociety]), new Refusal("society-missing", "society") },
        { new([Role.ReferralOrganisation], Society: " "), new Refusal("society-missing", "society") },
        { new([Role.Caseworker], Society: "DE"), new Refusal("society-not-used", "society") },
        { new([Role.Enquirer]), new Refusal("tracing-request-missing", "tracingRequestId") },
        { new([Role.Caseworker], TracingRequestId: Id(1)), new Refusal("tracing-request-not-used", "tracingRequestId") },
    };

    [Theory]
    [MemberData(nameof(Assignments))]
    public void An_assignment_keeps_its_rules(RoleAssignment assignment, Refusal? expected) => Assert.Equal(expected, assignment.Check());

    [Fact]
    public void Whoever_watches_or_stands_outside_holds_one_role()
    {
        foreach (var role in Alone)
        {
            Assert.Equal(
                new Refusal("role-not-combinable", "roles", [role.ToString()]), new RoleAssignment([Role.Caseworker, role]).Check());
        }
    }
}
