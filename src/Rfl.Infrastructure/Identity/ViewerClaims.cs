using System.Security.Claims;
using Rfl.Domain.Access;
using Rfl.Domain.Common;

namespace Rfl.Infrastructure.Identity;

/// <summary>How a <see cref="Viewer"/> travels in a principal, whichever way its owner signed in.</summary>
public static class ViewerClaims
{
    public const string Id = "sub";
    public const string Session = "sid";
    public const string Roles = "roles";
    public const string Region = "region";
    public const string Society = "society";
    public const string TracingRequest = "tracing_request";
    public const string Language = "lang";

    /// <summary>What an API key may do; absent on people.</summary>
    public const string Scope = "scope";

    /// <summary>Present while the person must first do something about their own account: one of <see cref="SessionLimit"/>.</summary>
    public const string Limit = "limit";

    public static IEnumerable<Claim> ClaimsOf(Viewer viewer)
    {
        yield return new Claim(Id, viewer.Id.ToString());
        foreach (var role in viewer.Roles)
            yield return new Claim(Roles, role.ToString());
        if (viewer.Region is not null)
            yield return new Claim(Region, viewer.Region);
        if (viewer.Society is not null)
            yield return new Claim(Society, viewer.Society);
        if (viewer.TracingRequestId is { } request)
            yield return new Claim(TracingRequest, request.ToString());
    }

    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint is open to everyone and must not ask.</exception>
    public static Viewer ToViewer(this ClaimsPrincipal principal)
    {
        if (!Guid.TryParse(principal.FindFirst(Id)?.Value, out var id))
            throw new InvalidOperationException("Nobody is signed in.");
        return new Viewer(
            id,
            principal.FindAll(Roles).Select(claim => Enum.Parse<Role>(claim.Value)).ToValueList(),
            principal.FindFirst(Region)?.Value,
            principal.FindFirst(Society)?.Value,
            Guid.TryParse(principal.FindFirst(TracingRequest)?.Value, out var request) ? request : null);
    }

    public static Viewer ToViewer(this StaffAccount account) =>
        new(account.Id, account.Roles, account.Region, account.Society, account.TracingRequestId);
}

/// <summary>What a person must do before anything else; an access token that carries one opens only the account's own pages.</summary>
public static class SessionLimit
{
    public const string PasswordChange = "password-change-required";
    public const string SecondFactorEnrolment = "second-factor-enrolment-required";

    public static string? Of(StaffAccount account, SignInPolicy policy)
    {
        if (account.PasswordExpiresAt is not null)
            return PasswordChange;
        return !account.TwoFactorEnabled && account.Roles.Intersect(policy.SecondFactorRequiredFor).Any() ? SecondFactorEnrolment : null;
    }
}
