using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <param name="Email">Upper and lower case do not matter.</param>
/// <param name="Password">Upper and lower case matter.</param>
/// <param name="Code">From the authenticator app, or one of the recovery codes; only where the account has a second factor.</param>
public sealed record SignInRequest(string Email, string Password, string? Code = null);

/// <summary>The tokens of a session.</summary>
/// <param name="AccessToken">Goes into the header <c>Authorization: Bearer</c>.</param>
/// <param name="AccessTokenExpiresAt">Refresh before this instant.</param>
/// <param name="RefreshToken">Good once; each refresh answers the next one.</param>
/// <param name="RefreshTokenExpiresAt">Without a refresh before this instant, the person signs in again.</param>
/// <param name="LimitedTo">What has to be done before anything else opens: <c>password-change-required</c> or <c>second-factor-enrolment-required</c>.</param>
public sealed record SignedIn(
    string AccessToken,
    DateTimeOffset AccessTokenExpiresAt,
    string RefreshToken,
    DateTimeOffset RefreshTokenExpiresAt,
    string? LimitedTo)
{
    public static SignedIn From(SessionTokens tokens, string? limitedTo) =>
        new(tokens.AccessToken, tokens.AccessTokenExpiresAt, tokens.RefreshToken, tokens.RefreshTokenExpiresAt, limitedTo);
}

public sealed class SignInRequestValidator : AbstractValidator<SignInRequest>
{
    public SignInRequestValidator()
    {
        RuleFor(request => request.Email).NotEmpty().MaximumLength(254);
        RuleFor(request => request.Password).NotEmpty().MaximumLength(NoObviousPassword.MaximumLength);
        RuleFor(request => request.Code).MaximumLength(40);
    }
}

/// <summary>
/// E-mail and password, then the second factor. Whoever does not know the password learns nothing: an unknown, an inactive and a locked account answer like a
/// wrong password, after the same time.
/// </summary>
public sealed class OpeningSession(
    UserManager<StaffAccount> accounts,
    Passwords passwords,
    SignInAttempts attempts,
    SecondFactor secondFactor,
    Sessions sessions,
    SignInAudit audit,
    Microsoft.Extensions.Options.IOptions<SignInPolicy> policy,
    TimeProvider clock)
{
    public const string Failed = "sign-in-failed";
    public const string CodeNeeded = "second-factor-needed";
    public const string CodeWrong = "second-factor-wrong";
    public const string OneTimePasswordExpired = "one-time-password-expired";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/session", SignIn)
        .AllowAnonymous()
        .RequireRateLimiting(RateLimits.SignIn)
        .Validates<SignInRequest>()
        .WithName("signIn").WithTags("Signing in").WithExample(new SignInRequest("caseworker@demo.example", DemoAccounts.Password))
        .WithSummary("Sign in with e-mail, password and, where the account has one, a code of the second factor.")
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    public static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> SignIn(
        SignInRequest body, HttpContext http, OpeningSession opening, AccountRate rate, CancellationToken cancel)
    {
        using var lease = rate.Acquire(body.Email.ToUpperInvariant());
        if (!lease.IsAcquired)
            return RateLimits.TooMany(http, lease);
        var (signedIn, code) = await opening.Try(body, cancel);
        return signedIn is not null ? TypedResults.Ok(signedIn) : Answer.Unauthorized(http, code!);
    }

    private async Task<(SignedIn? SignedIn, string? Code)> Try(SignInRequest request, CancellationToken cancel)
    {
        var account = await accounts.FindByEmailAsync(request.Email);
        if (account is null)
        {
            passwords.CheckForNobody(request.Password);
            await audit.WriteUnknown(AuditAction.SignIn, request.Email.ToUpperInvariant(), cancel);
            return (null, Failed);
        }

        if (!await attempts.Begin(account.Id, cancel))
        {
            passwords.CheckForNobody(request.Password);
            return await Refuse(account, Failed, "locked", cancel);
        }

        if (!await passwords.IsRight(account, request.Password))
            return await Refuse(account, Failed, "password", cancel);
        if (!account.IsActive)
            return await Refuse(account, Failed, "inactive", cancel);
        if (account.PasswordExpiresAt <= clock.GetUtcNow())
            return await Refuse(account, OneTimePasswordExpired, OneTimePasswordExpired, cancel);
        if (account.TwoFactorEnabled && await CheckCode(account, request.Code, cancel) is { } refused)
            return refused;

        await attempts.Forgive(account.Id, cancel);
        if (await sessions.Open(account, cancel) is not { } tokens)
            return await Refuse(account, Failed, "changed-meanwhile", cancel);
        await audit.Write(AuditAction.SignIn, account.Id, AuditOutcome.Done, cancel, actor: account.Id);
        return (SignedIn.From(tokens, SessionLimit.Of(account, policy.Value)), null);
    }

    private async Task<(SignedIn? SignedIn, string? Code)?> CheckCode(StaffAccount account, string? code, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            await attempts.TakeBack(account.Id, cancel);
            return (null, CodeNeeded);
        }

        if (await secondFactor.AcceptAppCode(account, code.Trim(), cancel))
            return null;
        if (!await secondFactor.AcceptRecoveryCode(account, code, cancel))
            return await Refuse(account, CodeWrong, "code", cancel);
        audit.Note(AuditAction.RecoveryCodeUsed, account.Id, actor: account.Id);
        return null;
    }

    private async Task<(SignedIn? SignedIn, string? Code)> Refuse(StaffAccount account, string code, string detail, CancellationToken cancel)
    {
        await audit.Write(AuditAction.SignIn, account.Id, AuditOutcome.Refused, cancel, detail);
        if (detail != "locked" && await attempts.IsLocked(account.Id, cancel))
            await audit.Write(AuditAction.Lockout, account.Id, AuditOutcome.Done, cancel);
        return (null, code);
    }
}
