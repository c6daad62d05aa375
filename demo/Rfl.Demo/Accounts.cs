namespace Rfl.Demo;

/// <summary>The fictional accounts and partner keys that a server outside Production prepares; all with one published password.</summary>
internal static class Accounts
{
    public const string Password = "rebuild-the-links";

    public const string Volunteer = "volunteer.calais@demo.example";
    public const string VolunteerInParis = "volunteer.paris@demo.example";
    public const string FocalPoint = "focal.lille@demo.example";
    public const string Caseworker = "caseworker@demo.example";
    public const string OtherCaseworker = "caseworker.two@demo.example";
    public const string ChildProtection = "children@demo.example";
    public const string DisclosureOfficer = "disclosure@demo.example";
    public const string OtherDisclosureOfficer = "disclosure.two@demo.example";
    public const string Supervisor = "supervisor@demo.example";
    public const string Enquirer = "enquirer@demo.example";

    /// <summary>The request that the enquirer's account may see.</summary>
    public static readonly Guid EnquirerRequest = new("d0000000-0000-4000-8000-000000000900");

    public static readonly IReadOnlyDictionary<string, string> PartnerKeys = new Dictionary<string, string>
    {
        ["DE"] = "rfl_d0000000000040008000000000000101_demode",
        ["ET"] = "rfl_d0000000000040008000000000000102_demoet",
        ["ICRC"] = "rfl_d0000000000040008000000000000103_demoicrc",
    };
}
