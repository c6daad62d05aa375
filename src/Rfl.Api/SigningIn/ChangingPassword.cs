using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

public sealed record ChangePasswordRequest(string CurrentPassword, string NewPassword);

public sealed class ChangePasswordRequestValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordRequestValidator()
    {
        RuleFor(request => request.CurrentPassword).NotEmpty().MaximumLength(NoObviousPassword.MaximumLength);
        RuleFor(request => request.NewPassword).NotEmpty().MaximumLength(NoObviousPassword.MaximumLength);
    }
}

/// <summary>Replaces the password, ends every session of the account, and opens a new one for the one who did it.</summary>
public static class ChangingPassword
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/me/password", ChangePassword)
        .AllowLimitedSessions()
        .RequireRateLimiting(RateLimits.SignIn)
        .Validates<ChangePasswordRequest>()
        .WithName("changePassword").WithTags("Signing in").WithExample(new ChangePasswordRequest(DemoAccounts.Password, "four words of my own"))
        .WithSummary("Change my password; every other session ends and this one is replaced.")
        .MayRefuse(OwnAccount.OfProvider, AccountSaving.ChangedMeanwhile);

    public static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> ChangePassword(
        ChangePasswordRequest body,
        HttpContext http,
        OwnAccount own,
        UserManager<StaffAccount> accounts,
        Passwords passwords,
        Sessions sessions,
        SignInAudit audit,
        IdentityDatabase database,
        IOptions<SignInPolicy> policy,
        CancellationToken cancel)
    {
        if (await own.Find(cancel) is not { } account)
            return Answer.Conflict(http, OwnAccount.OfProvider);
        if (!await own.ProvesPassword(account, body.CurrentPassword, cancel))
            return Answer.Invalid(http, "currentPassword", "password-wrong");
        if (body.NewPassword == body.CurrentPassword)
            return Answer.Invalid(http, "newPassword", "password-unchanged");
        if (await passwords.Replace(account, body.NewPassword, oneTimeUntil: null) is [var error, ..])
            return Answer.Invalid(http, "newPassword", PasswordProblems.CodeOf(error));
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        audit.Note(AuditAction.PasswordChanged, account.Id);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await sessions.RevokeAll(account.Id, AuditAction.PasswordChanged, cancel);
        if (await sessions.Open(account, cancel) is not { } tokens)
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(SignedIn.From(tokens, SessionLimit.Of(account, policy.Value)));
    }
}
