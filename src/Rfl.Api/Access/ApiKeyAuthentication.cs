using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Access;

/// <summary>Recognises a partner's system by the header <c>X-Api-Key</c>.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyDirectory directory,
    IdentitySecrets secrets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not [var presented])
            return AuthenticateResult.NoResult();
        if (!ApiKeyText.TryParse(presented, out var key))
            return AuthenticateResult.Fail("The API key has not the form rfl_<id>_<secret>.");
        var ipHash = Context.Connection.RemoteIpAddress is { } address ? secrets.Fingerprint(address.ToString()) : null;
        if (await directory.Find(key, ipHash, Context.RequestAborted) is not { } holder)
            return AuthenticateResult.Fail("The API key is unknown, expired or revoked.");
        var claims = ViewerClaims.ClaimsOf(holder.Viewer).Concat(holder.Scopes.Select(scope => new Claim(ViewerClaims.Scope, scope)));
        var identity = new ClaimsIdentity(claims, SignInSchemes.ApiKey, ViewerClaims.Id, ViewerClaims.Roles);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "ApiKey";
        return Task.CompletedTask;
    }
}
