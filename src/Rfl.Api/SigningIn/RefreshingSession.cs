using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

public sealed record RefreshRequest(string RefreshToken);

public sealed class RefreshRequestValidator : AbstractValidator<RefreshRequest>
{
    public RefreshRequestValidator() => RuleFor(request => request.RefreshToken).NotEmpty().MaximumLength(200);
}

/// <summary>Trades a refresh token for the next pair. A token presented twice ends the session: one of the two holders stole it.</summary>
public static class RefreshingSession
{
    public const string SessionOver = "session-over";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/session/refresh", RefreshSession)
        .AllowAnonymous()
        .RequireRateLimiting(RateLimits.SignIn)
        .Validates<RefreshRequest>()
        .WithName("refreshSession").WithTags("Signing in").WithExample(new RefreshRequest(new string('0', 64)))
        .WithSummary("Trade a refresh token for a new access token and the next refresh token.")
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    public static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> RefreshSession(
        RefreshRequest body, HttpContext http, Sessions sessions, SignInAudit audit, IOptions<SignInPolicy> policy, CancellationToken cancel)
    {
        var (outcome, account, tokens) = await sessions.Refresh(body.RefreshToken, cancel);
        if (outcome == RefreshOutcome.Reused)
            await audit.Write(AuditAction.RefreshTokenReused, account!.Id, AuditOutcome.Refused, cancel);
        return outcome == RefreshOutcome.Refreshed
            ? TypedResults.Ok(SignedIn.From(tokens!, SessionLimit.Of(account!, policy.Value)))
            : Answer.Unauthorized(http, SessionOver);
    }
}
