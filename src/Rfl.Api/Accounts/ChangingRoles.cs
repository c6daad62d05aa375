using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

public sealed record ChangeRolesRequest(IReadOnlyList<Role> Roles, string? Region = null, string? Society = null, Guid? TracingRequestId = null)
{
    public RoleAssignment Assignment => new(Roles.ToValueList(), Region, Society, TracingRequestId);
}

public sealed class ChangeRolesRequestValidator : AbstractValidator<ChangeRolesRequest>
{
    public ChangeRolesRequestValidator()
    {
        RuleFor(request => request.Region).MaximumLength(60);
        RuleFor(request => request.Society).MaximumLength(60);
        RuleForEach(request => request.Roles).IsInEnum();
    }
}

/// <summary>Gives an account other roles. Its sessions end, since their tokens still carry the old ones. Nobody changes their own.</summary>
public static class ChangingRoles
{
    public const string OwnAccount = "own-account";

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/accounts/{id:guid}/roles", ChangeRoles)
        .RequireRoles(Role.SystemAdministrator)
        .Validates<ChangeRolesRequest>()
        .WithName("changeRoles").WithTags("Accounts").WithSummary("Replace an account's roles, region, society and request; it signs in again.")
        .WithExample(new ChangeRolesRequest([Role.Caseworker, Role.Publisher])).MayRefuse(OwnAccount, AccountSaving.ChangedMeanwhile);

    public static async Task<Results<Ok<AccountView>, ProblemHttpResult>> ChangeRoles(
        Guid id,
        ChangeRolesRequest body,
        HttpContext http,
        UserManager<StaffAccount> accounts,
        Sessions sessions,
        SignInAudit audit,
        IdentityDatabase database,
        CancellationToken cancel)
    {
        if (id == http.Viewer().Id)
            return Answer.Conflict(http, OwnAccount);
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account)
            return Answer.NotFound(http);
        if (body.Assignment.Check() is { } refusal)
            return Answer.Invalid(http, refusal.Field!, refusal.Code);
        if (new RoleAssignment(account.Roles, account.Region, account.Society, account.TracingRequestId) == body.Assignment)
            return TypedResults.Ok(AccountView.Of(account));
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        audit.Note(AuditAction.RolesChanged, id, detail: $"{string.Join(' ', account.RoleNames)} -> {string.Join(' ', body.Roles)}");
        account.Assign(body.Assignment);
        if (!await accounts.Save(account))
            return Answer.Conflict(http, AccountSaving.ChangedMeanwhile);
        await sessions.RevokeAll(id, AuditAction.RolesChanged, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(AccountView.Of(account));
    }
}
