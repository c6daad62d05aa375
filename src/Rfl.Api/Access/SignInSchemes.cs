using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Rfl.Infrastructure;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Access;

/// <summary>The three ways to prove who one is, and the choice between them per request.</summary>
public static class SignInSchemes
{
    /// <summary>An access token of the service.</summary>
    public const string Session = "Session";

    /// <summary>An access token of the configured identity provider.</summary>
    public const string Oidc = "Oidc";

    /// <summary>The header <c>X-Api-Key</c>.</summary>
    public const string ApiKey = "ApiKey";

    private const string Chosen = "Chosen";

    private static readonly TimeSpan clockDifference = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddSignInSchemes(this IServiceCollection services, IConfiguration configuration)
    {
        var oidc = configuration.GetSection(OidcMapping.Section).Get<OidcMapping>() ?? new OidcMapping();
        services.AddSingleton(oidc);
        var schemes = services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, null, options => options.ForwardDefaultSelector = Choose)
            .AddJwtBearer(Session, options =>
            {
                options.MapInboundClaims = false;
                options.Events = new JwtBearerEvents { OnTokenValidated = RefuseEndedSession };
            })
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKey, null);
        services.AddOptions<JwtBearerOptions>(Session).Configure<AccessTokens>((options, tokens) => options.TokenValidationParameters = tokens.Validation);
        if (!string.IsNullOrEmpty(oidc.Authority))
            AddProvider(schemes, services, oidc);
        services.AddAuthorization(options =>
        {
            options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new Admission()).Build();
            options.FallbackPolicy = options.DefaultPolicy;
        });
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusingRequests>();
        return services;
    }

    private static void AddProvider(AuthenticationBuilder schemes, IServiceCollection services, OidcMapping oidc)
    {
        if (string.IsNullOrEmpty(oidc.Audience))
            throw new MisconfigurationException("Oidc:Audience is not configured: without it, any token of the provider would open this service.");
        schemes.AddJwtBearer(Oidc, options =>
        {
            options.Authority = oidc.Authority;
            options.Audience = oidc.Audience;
            options.MapInboundClaims = false;
            options.RequireHttpsMetadata = !new Uri(oidc.Authority!).IsLoopback;
            options.Events = new JwtBearerEvents { OnTokenValidated = context => MapProvidersClaims(context, oidc) };
        });
        services.AddOptions<JwtBearerOptions>(Oidc).Configure<TimeProvider>((options, clock) =>
            options.TokenValidationParameters.LifetimeValidator = AccessTokens.WithinLifetime(clock, clockDifference));
    }

    private static string Choose(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ApiKeyAuthentication.Header))
            return ApiKey;
        if (context.RequestServices.GetRequiredService<OidcMapping>().Authority is not { Length: > 0 })
            return Session;
        var own = context.RequestServices.GetRequiredService<IOptions<SignInPolicy>>().Value.Issuer;
        return context.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && IssuerOf(header["Bearer ".Length..].Trim()) is { } issuer && issuer != own
            ? Oidc
            : Session;
    }

    /// <summary>What the token claims about its origin, to choose who judges it; nothing is believed yet.</summary>
    private static string? IssuerOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Issuer;
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static async Task RefuseEndedSession(TokenValidatedContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<OpenSessions>();
        if (!Guid.TryParse(context.Principal?.FindFirst(ViewerClaims.Session)?.Value, out var session)
            || !await sessions.Contains(session, context.HttpContext.RequestAborted))
        {
            context.Fail("The session is over.");
        }
    }

    private static Task MapProvidersClaims(TokenValidatedContext context, OidcMapping oidc)
    {
        var (viewer, fault) = oidc.Map(context.Principal!, context.SecurityToken.Issuer);
        if (viewer is null)
            context.Fail(fault!);
        else
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(ViewerClaims.ClaimsOf(viewer), Oidc, ViewerClaims.Id, ViewerClaims.Roles));
        return Task.CompletedTask;
    }
}
