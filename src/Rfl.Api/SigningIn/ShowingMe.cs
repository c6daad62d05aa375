using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>Who the service thinks is asking.</summary>
/// <param name="Id">The account or API key; the actor of everything done with it.</param>
/// <param name="DisplayName">Null for an API key and for an account of an outside provider.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Roles">What the account may be.</param>
/// <param name="Region">Of a volunteer or regional focal point.</param>
/// <param name="Society">Of a partner's or referral organisation's account or key.</param>
/// <param name="TracingRequestId">The one request of an enquirer.</param>
/// <param name="HasSecondFactor">Null for an API key and for an account of an outside provider.</param>
/// <param name="Scopes">Of an API key; empty for people.</param>
/// <param name="LimitedTo">What has to be done before anything else opens.</param>
public sealed record WhoIAm(
    Guid Id,
    string? DisplayName,
    string? Language,
    IReadOnlyList<Role> Roles,
    string? Region,
    string? Society,
    Guid? TracingRequestId,
    bool? HasSecondFactor,
    IReadOnlyList<string> Scopes,
    string? LimitedTo);

public static class ShowingMe
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/me", GetMe)
        .AllowLimitedSessions().AllowEveryApiKey()
        .WithName("getMe").WithTags("Signing in").WithSummary("Who I am to this service: roles, region, society, scopes.");

    public static async Task<Ok<WhoIAm>> GetMe(HttpContext http, IdentityDatabase database, CancellationToken cancel)
    {
        var viewer = http.Viewer();
        var account = await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == viewer.Id, cancel);
        return TypedResults.Ok(new WhoIAm(
            viewer.Id,
            account?.DisplayName,
            account?.Language,
            viewer.Roles,
            viewer.Region,
            viewer.Society,
            viewer.TracingRequestId,
            account?.TwoFactorEnabled,
            [.. http.User.FindAll(ViewerClaims.Scope).Select(claim => claim.Value)],
            http.User.FindFirst(ViewerClaims.Limit)?.Value));
    }
}
