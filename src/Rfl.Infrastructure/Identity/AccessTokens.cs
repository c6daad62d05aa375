using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Rfl.Infrastructure.Identity;

/// <summary>Writes and judges the service's own access tokens: JWT, HMAC-SHA256, short-lived, judged by the service's clock.</summary>
public sealed class AccessTokens(IdentityKeys keys, IOptions<SignInPolicy> policy, TimeProvider clock)
{
    public const string Audience = "rfl-api";

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public (string Token, DateTimeOffset ExpiresAt) Issue(StaffAccount account, Guid session)
    {
        var now = clock.GetUtcNow();
        var expiresAt = now + policy.Value.AccessTokenLifetime;
        var claims = ViewerClaims.ClaimsOf(account.ToViewer()).Append(new Claim(ViewerClaims.Session, session.ToString())).Append(new Claim(ViewerClaims.Language, account.Language));
        if (SessionLimit.Of(account, policy.Value) is { } limit)
            claims = claims.Append(new Claim(ViewerClaims.Limit, limit));
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = policy.Value.Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(keys.Signing, SecurityAlgorithms.HmacSha256),
        });
        return (token, expiresAt);
    }

    /// <summary>What an own token must show.</summary>
    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = policy.Value.Issuer,
        ValidAudience = Audience,
        IssuerSigningKeys = keys.Accepted,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        NameClaimType = ViewerClaims.Id,
        RoleClaimType = ViewerClaims.Roles,
        LifetimeValidator = WithinLifetime(clock, TimeSpan.Zero),
    };

    /// <summary>Judges lifetimes by <paramref name="clock"/>; the library's own check reads the machine's.</summary>
    /// <param name="clock">The service's clock.</param>
    /// <param name="tolerance">How far another issuer's clock may be off.</param>
    public static LifetimeValidator WithinLifetime(TimeProvider clock, TimeSpan tolerance) => (notBefore, expires, _, _) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + tolerance && (notBefore is not { } start || now >= start - tolerance);
    };
}
