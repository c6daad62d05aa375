using Microsoft.AspNetCore.Authorization;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Access;

/// <summary>
/// The first gate of every endpoint, from metadata alone: signed in; no duty left undone (<see cref="SessionLimit"/>); one of the endpoint's roles; for an API
/// key, the endpoint's scope. Which records a viewer may see is decided where they are loaded.
/// </summary>
public sealed class Admission : AuthorizationHandler<Admission>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Admission requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
            return Task.CompletedTask;
        if (WhyNot(context.User.ToViewer(), context, (context.Resource as HttpContext)?.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty) is { } code)
            context.Fail(new AuthorizationFailureReason(this, code));
        else
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static string? WhyNot(Viewer viewer, AuthorizationHandlerContext context, EndpointMetadataCollection endpoint)
    {
        if (context.User.FindFirst(ViewerClaims.Limit) is { } limit && endpoint.GetMetadata<OpenToLimitedSessions>() is null)
            return limit.Value;
        if (endpoint.GetMetadata<RequiredRoles>() is { } required && !viewer.IsAny([.. required.Roles]))
            return "role-not-allowed";
        var isApiKey = context.User.Identity!.AuthenticationType == SignInSchemes.ApiKey;
        if (!isApiKey || endpoint.GetMetadata<OpenToEveryApiKey>() is not null)
            return null;
        return endpoint.GetMetadata<RequiredScope>() is { } scope && context.User.HasClaim(ViewerClaims.Scope, scope.Scope) ? null : "scope-not-allowed";
    }
}

/// <summary>The roles that an endpoint is for; also read by the API's description and by the authorisation matrix.</summary>
public sealed record RequiredRoles(IReadOnlyList<Role> Roles);

/// <summary>The scope an API key needs here. An endpoint without one is closed to every key.</summary>
public sealed record RequiredScope(string Scope);

/// <summary>Open to people who must first change their password or enrol a second factor.</summary>
public sealed record OpenToLimitedSessions;

/// <summary>Open to API keys whatever their scopes.</summary>
public sealed record OpenToEveryApiKey;

public static class AdmissionConventions
{
    /// <summary>Lets in only viewers with at least one of the roles; others get 403.</summary>
    public static TBuilder RequireRoles<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredRoles(roles));

    /// <summary>Opens the endpoint to API keys that have the scope (<see cref="ApiKeyScopes"/>); people need none.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredScope(scope));

    public static TBuilder AllowLimitedSessions<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OpenToLimitedSessions());

    public static TBuilder AllowEveryApiKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OpenToEveryApiKey());
}
