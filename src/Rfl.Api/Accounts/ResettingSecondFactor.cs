using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

/// <summary>For somebody who lost both phone and recovery codes: forgets the second factor and ends the sessions. Whoever needs one enrols at the next sign-in.</summary>
public static class ResettingSecondFactor
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/accounts/{id:guid}/second-factor", ResetSecondFactor)
        .RequireRoles(Role.SystemAdministrator)
        .WithName("resetSecondFactor").WithTags("Accounts").WithSummary("Forget an account's second factor; its sessions end.")
        .MayRefuse(ChangingRoles.OwnAccount, AccountSaving.ChangedMeanwhile);

    public static async Task<Results<NoContent, ProblemHttpResult>> ResetSecondFactor(
        Guid id,
        HttpContext http,
        UserManager<StaffAccount> accounts,
        SecondFactor secondFactor,
        Sessions sessions,
        SignInAudit audit,
        IdentityDatabase database,
        CancellationToken cancel)
    {
        if (id == http.Viewer().Id)
            return Answer.Conflict(http, ChangingRoles.OwnAccount);
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account)
            return Answer.NotFound(http);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        await secondFactor.Remove(account, cancel);
        account.EndSessionsBeingOpened();
        audit.Note(AuditAction.SecondFactorOff, id);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await sessions.RevokeAll(id, AuditAction.SecondFactorOff, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
