using Rfl.Domain.Access;

namespace Rfl.Infrastructure.Identity;

public sealed record DemoAccount(Guid Id, string Email, string DisplayName, string Language, RoleAssignment Assignment);

public sealed record DemoApiKey(Guid Id, string Name, Role Role, string Society, IReadOnlyList<string> Scopes)
{
    public string Secret => $"demo{Society.ToLowerInvariant()}";

    /// <summary>The key as a client sends it.</summary>
    public string Text => new ApiKeyText(Id, Secret).Reveal();
}

/// <summary>
/// Fictional accounts for trying the service out, at least one per role of handbook §9, all with the same published password. They exist where
/// <c>Rfl:DemoData</c> is true and never in Production, which disables any that a copied database brings along.
/// </summary>
public static class DemoAccounts
{
    public const string Password = "rebuild-the-links";
    public const string HautsDeFrance = "hauts-de-france";
    public const string IleDeFrance = "ile-de-france";

    /// <summary>The tracing request that the enquirer's account may see, once the demo has made it.</summary>
    public static readonly Guid EnquirerRequestId = Numbered(900);

    public static readonly DemoAccount Volunteer = new(Numbered(1), "volunteer.calais@demo.example", "Awa (volunteer, Calais)", "fr", new([Role.FieldVolunteer], HautsDeFrance));
    public static readonly DemoAccount VolunteerElsewhere = new(Numbered(2), "volunteer.paris@demo.example", "Louis (volunteer, Paris)", "fr", new([Role.FieldVolunteer], IleDeFrance));
    public static readonly DemoAccount FocalPoint = new(Numbered(3), "focal.lille@demo.example", "Claire (focal point, Lille)", "fr", new([Role.RegionalFocalPoint], HautsDeFrance));
    public static readonly DemoAccount FocalPointElsewhere = new(Numbered(4), "focal.paris@demo.example", "Youssef (focal point, Paris)", "fr", new([Role.RegionalFocalPoint], IleDeFrance));
    public static readonly DemoAccount Caseworker = new(Numbered(5), "caseworker@demo.example", "Nadia (caseworker)", "en", new([Role.Caseworker]));
    public static readonly DemoAccount OtherCaseworker = new(Numbered(6), "caseworker.two@demo.example", "Marc (caseworker)", "fr", new([Role.Caseworker]));
    public static readonly DemoAccount ChildProtection = new(Numbered(7), "children@demo.example", "Inès (child protection)", "fr", new([Role.ChildProtectionFocalPoint]));
    public static readonly DemoAccount DisclosureOfficer = new(Numbered(8), "disclosure@demo.example", "Hélène (disclosure officer)", "fr", new([Role.DisclosureOfficer]));
    public static readonly DemoAccount OtherDisclosureOfficer = new(Numbered(9), "disclosure.two@demo.example", "Samuel (disclosure officer)", "en", new([Role.DisclosureOfficer]));
    public static readonly DemoAccount Supervisor = new(Numbered(10), "supervisor@demo.example", "Odile (supervisor)", "fr", new([Role.Supervisor]));
    public static readonly DemoAccount Publisher = new(Numbered(11), "publisher@demo.example", "Théo (publisher)", "fr", new([Role.Publisher]));
    public static readonly DemoAccount DataProtectionOfficer = new(Numbered(12), "privacy@demo.example", "Agnès (data protection)", "fr", new([Role.DataProtectionOfficer]));
    public static readonly DemoAccount Administrator = new(Numbered(13), "admin@demo.example", "Ken (administrator)", "en", new([Role.SystemAdministrator]));
    public static readonly DemoAccount ReferralOrganisation = new(Numbered(14), "referrals@demo.example", "Mado (health association)", "fr", new([Role.ReferralOrganisation], Society: "DEMO-HEALTH"));
    public static readonly DemoAccount Enquirer = new(Numbered(15), "enquirer@demo.example", "Selam (enquirer)", "en", new([Role.Enquirer], TracingRequestId: EnquirerRequestId));
    public static readonly DemoAccount PartnerStaff = new(Numbered(16), "partner.de@demo.example", "Jonas (partner society DE)", "en", new([Role.PartnerSociety], Society: "DE"));

    private static readonly IReadOnlyList<string> partnerScopes = ApiKeyScopes.Of(Role.PartnerSociety);

    public static readonly DemoApiKey GermanRedCross = new(Numbered(101), "Demo partner DE", Role.PartnerSociety, "DE", partnerScopes);
    public static readonly DemoApiKey EthiopianRedCross = new(Numbered(102), "Demo partner ET", Role.PartnerSociety, "ET", partnerScopes);
    public static readonly DemoApiKey Icrc = new(Numbered(103), "Demo ICRC", Role.PartnerSociety, "ICRC", partnerScopes);

    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        Volunteer, VolunteerElsewhere, FocalPoint, FocalPointElsewhere, Caseworker, OtherCaseworker, ChildProtection, DisclosureOfficer,
        OtherDisclosureOfficer, Supervisor, Publisher, DataProtectionOfficer, Administrator, ReferralOrganisation, Enquirer, PartnerStaff,
    ];

    public static IReadOnlyList<DemoApiKey> ApiKeys { get; } = [GermanRedCross, EthiopianRedCross, Icrc];

    private static Guid Numbered(int number) => new($"d0000000-0000-4000-8000-{number:D12}");
}
