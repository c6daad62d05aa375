using Rfl.Domain.Access;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// An API key as its owner holds it: <c>rfl_&lt;id&gt;_&lt;secret&gt;</c>. The prefix lets scanners find a leaked key; the id names it in logs and lists
/// without giving the secret away.
/// </summary>
public readonly record struct ApiKeyText(Guid Id, string Secret)
{
    public static ApiKeyText New(Guid id) => new(id, IdentitySecrets.NewToken());

    public static bool TryParse(string? text, out ApiKeyText key)
    {
        key = default;
        if (text?.Split('_') is not ["rfl", var id, { Length: > 0 and <= 64 } secret] || !Guid.TryParseExact(id, "N", out var keyId))
            return false;
        key = new ApiKeyText(keyId, secret);
        return true;
    }

    /// <summary>The whole key. Shown once; <see cref="ToString"/> keeps the secret to itself.</summary>
    public string Reveal() => $"rfl_{Id:N}_{Secret}";

    public override string ToString() => $"rfl_{Id:N}";
}

/// <summary>What an API key may be used for. A key opens only endpoints that name one of its scopes.</summary>
public static class ApiKeyScopes
{
    public const string ReadTransmissions = "transmissions:read";
    public const string AnswerTransmissions = "transmissions:answer";
    public const string SendRequests = "requests:send";
    public const string QueryMatches = "matches:query";
    public const string ReadReferrals = "referrals:read";
    public const string AnswerReferrals = "referrals:answer";

    /// <summary>The scopes that keys of a role may have; none where the role is for people.</summary>
    public static IReadOnlyList<string> Of(Role role) => role switch
    {
        Role.PartnerSociety => [ReadTransmissions, AnswerTransmissions, SendRequests, QueryMatches],
        Role.ReferralOrganisation => [ReadReferrals, AnswerReferrals],
        _ => [],
    };
}
