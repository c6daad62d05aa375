using Microsoft.AspNetCore.Http.HttpResults;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>Ends the session of the access token; both its tokens are worthless from then on.</summary>
public static class EndingSession
{
    /// <summary>An outside provider opened the session, and ends it.</summary>
    public const string OfProvider = "session-of-provider";

    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/session", SignOut)
        .AllowLimitedSessions()
        .WithName("signOut").WithTags("Signing in").WithSummary("Sign out.").MayRefuse(OfProvider);

    public static async Task<Results<NoContent, ProblemHttpResult>> SignOut(HttpContext http, Sessions sessions, SignInAudit audit, CancellationToken cancel)
    {
        if (!Guid.TryParse(http.User.FindFirst(ViewerClaims.Session)?.Value, out var session))
            return Answer.Conflict(http, OfProvider);
        await sessions.Revoke(session, "signed-out", cancel);
        await audit.Write(AuditAction.SignOut, http.Viewer().Id, AuditOutcome.Done, cancel);
        return TypedResults.NoContent();
    }
}
