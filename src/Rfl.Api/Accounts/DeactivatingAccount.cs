using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

public sealed record ActivityRequest(bool IsActive);

/// <summary>Somebody leaves, or comes back. The account stays, since the events of the past name it.</summary>
public static class DeactivatingAccount
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/accounts/{id:guid}/activity", SetActivity)
        .RequireRoles(Role.SystemAdministrator)
        .WithName("setAccountActivity").WithTags("Accounts").WithSummary("Deactivate an account, which ends its sessions at once, or activate it again.")
        .WithExample(new ActivityRequest(false)).MayRefuse(ChangingRoles.OwnAccount, AccountSaving.ChangedMeanwhile);

    public static async Task<Results<Ok<AccountView>, ProblemHttpResult>> SetActivity(
        Guid id,
        ActivityRequest body,
        HttpContext http,
        UserManager<StaffAccount> accounts,
        Sessions sessions,
        SignInAudit audit,
        IdentityDatabase database,
        CancellationToken cancel)
    {
        if (id == http.Viewer().Id)
            return Answer.Conflict(http, ChangingRoles.OwnAccount);
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account)
            return Answer.NotFound(http);
        if (account.IsActive == body.IsActive)
            return TypedResults.Ok(AccountView.Of(account));
        var action = body.IsActive ? AuditAction.AccountReactivated : AuditAction.AccountDeactivated;
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        audit.Note(action, id);
        account.IsActive = body.IsActive;
        account.EndSessionsBeingOpened();
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await sessions.RevokeAll(id, action, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(AccountView.Of(account));
    }
}
