using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rfl.Domain.Access;
using Rfl.Domain.Common;

namespace Rfl.Api.Access;

/// <summary>
/// An outside identity provider (OpenID Connect) whose access tokens are accepted beside the service's own; the section <c>Oidc</c> of the configuration.
/// </summary>
public sealed class OidcMapping
{
    public const string Section = "Oidc";

    /// <summary>Where the provider publishes its metadata. Empty: no provider.</summary>
    public string? Authority { get; set; }

    /// <summary>Who the provider's tokens must be meant for.</summary>
    public string? Audience { get; set; }

    /// <summary>Provider values to names of <see cref="Role"/>. Values that are not listed give no role.</summary>
    public ClaimMapping Roles { get; set; } = new();

    /// <summary>Without listed values, the claim is the region's code itself.</summary>
    public ClaimMapping Region { get; set; } = new();

    /// <summary>Without listed values, the claim is the society's code itself.</summary>
    public ClaimMapping Society { get; set; } = new();

    public sealed class ClaimMapping
    {
        /// <summary>The claim's name, or a path into a claim that is an object: <c>realm_access.roles</c>.</summary>
        public string? Claim { get; set; }

        public Dictionary<string, string> Values { get; set; } = new(StringComparer.Ordinal);

        internal IEnumerable<string> Read(ClaimsPrincipal principal)
        {
            var given = Claim is null ? [] : ValuesAt(principal, Claim);
            return Values.Count == 0 ? given : given.Where(Values.ContainsKey).Select(value => Values[value]);
        }
    }

    /// <summary>The viewer that a validated token of the provider stands for, or what is wrong with its claims or their mapping.</summary>
    public (Viewer? Viewer, string? Fault) Map(ClaimsPrincipal principal, string issuer)
    {
        if (principal.FindFirst("sub")?.Value is not { Length: > 0 } subject)
            return (null, "The token names no subject.");
        var names = Roles.Values.Count == 0 ? [] : Roles.Read(principal).Distinct().ToList();
        var roles = new List<Role>();
        foreach (var name in names)
        {
            if (!Enum.TryParse<Role>(name, out var role) || !Enum.IsDefined(role))
                return (null, "Oidc:Roles:Values names a role that does not exist.");
            roles.Add(role);
        }

        if (roles.Contains(Role.Enquirer))
            return (null, "Enquirers sign in with an account of the service, which knows their request.");
        var assignment = new RoleAssignment(
            roles.ToValueList(),
            roles.Intersect([Role.FieldVolunteer, Role.RegionalFocalPoint]).Any() ? Region.Read(principal).FirstOrDefault() : null,
            roles.Intersect([Role.PartnerSociety, Role.ReferralOrganisation]).Any() ? Society.Read(principal).FirstOrDefault() : null);
        if (roles.Count > 0 && assignment.Check() is { } refusal)
            return (null, $"The token's roles and attributes do not fit together: {refusal.Code}.");
        return (new Viewer(AccountIdOf(issuer, subject), assignment.Roles, assignment.Region, assignment.Society), null);
    }

    /// <summary>
    /// A provider's subject need not be a UUID, and two providers may use the same one: the account's id is a name-based UUID (RFC 9562, version 8 over
    /// SHA-256) of both, so it is the same at every sign-in and never a local account's.
    /// </summary>
    private static Guid AccountIdOf(string issuer, string subject)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private static IEnumerable<string> ValuesAt(ClaimsPrincipal principal, string path)
    {
        if (principal.HasClaim(claim => claim.Type == path))
            return principal.FindAll(path).Select(claim => claim.Value);
        var steps = path.Split('.');
        return principal.FindAll(steps[0]).SelectMany(claim => Inside(claim.Value, steps.AsSpan(1).ToArray())).ToList();
    }

    private static IEnumerable<string> Inside(string json, string[] steps)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            foreach (var step in steps)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
                    return [];
            }

            return element.ValueKind switch
            {
                JsonValueKind.Array => [.. element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
                JsonValueKind.String => [element.GetString()!],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
