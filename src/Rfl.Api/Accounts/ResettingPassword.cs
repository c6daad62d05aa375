using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

/// <summary>Gives an account a one-time password in place of a forgotten one, unlocks it, and ends its sessions.</summary>
public static class ResettingPassword
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/accounts/{id:guid}/one-time-password", ResetPassword)
        .RequireRoles(Role.SystemAdministrator)
        .WithName("resetPassword").WithTags("Accounts").WithSummary("Give an account a one-time password; it is shown once.")
        .MayRefuse(ChangingRoles.OwnAccount, AccountSaving.ChangedMeanwhile);

    public static async Task<Results<Ok<AccountWithPassword>, ProblemHttpResult>> ResetPassword(
        Guid id,
        HttpContext http,
        UserManager<StaffAccount> accounts,
        Passwords passwords,
        SignInAttempts attempts,
        Sessions sessions,
        SignInAudit audit,
        IdentityDatabase database,
        IOptions<SignInPolicy> policy,
        TimeProvider clock,
        CancellationToken cancel)
    {
        if (id == http.Viewer().Id)
            return Answer.Conflict(http, ChangingRoles.OwnAccount);
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account)
            return Answer.NotFound(http);
        var until = clock.GetUtcNow() + policy.Value.OneTimePasswordLifetime;
        var password = Passwords.NewOneTimePassword();
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        await passwords.Replace(account, password, until);
        audit.Note(AuditAction.PasswordReset, id);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await attempts.Forgive(id, cancel);
        await sessions.RevokeAll(id, AuditAction.PasswordReset, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(new AccountWithPassword(AccountView.Of(account), password, until));
    }
}
