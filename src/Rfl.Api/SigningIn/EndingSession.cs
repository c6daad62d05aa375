using Microsoft.AspNetCore.Http.HttpResults;
using Rfl.Api.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>Ends the session of the access token; both its tokens are worthless from then on.</summary>
public static class EndingSession
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/session", SignOut)
        .AllowLimitedSessions()
        .WithName("SignOut").WithTags("Signing in").WithSummary("Sign out.")
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    public static async Task<Results<NoContent, ProblemHttpResult>> SignOut(HttpContext http, Sessions sessions, SignInAudit audit, CancellationToken cancel)
    {
        if (!Guid.TryParse(http.User.FindFirst(ViewerClaims.Session)?.Value, out var session))
            return Answer.Conflict(http, "session-of-provider");
        await sessions.Revoke(session, "signed-out", cancel);
        await audit.Write(AuditAction.SignOut, http.Viewer().Id, AuditOutcome.Done, cancel);
        return TypedResults.NoContent();
    }
}
