using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

/// <summary>One account, and the list of all, in a fixed order.</summary>
public static class ReadingAccounts
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", ListAccounts).RequireRoles(Role.SystemAdministrator)
            .WithName("listAccounts").WithTags("Accounts").WithSummary("All accounts, page by page.");
        api.MapGet("/accounts/{id:guid}", GetAccount).RequireRoles(Role.SystemAdministrator)
            .WithName("getAccount").WithTags("Accounts").WithSummary("One account.");
    }

    public static async Task<Results<Ok<Page<AccountView>>, ProblemHttpResult>> ListAccounts(
        HttpContext http, IdentityDatabase database, Cursors cursors, string? cursor, int? limit, CancellationToken cancel)
    {
        const string list = "accounts";
        var (page, problem) = PageRequest<Guid>.Read(cursors, list, cursor, limit);
        if (page is null)
            return Answer.Invalid(http, [problem!]);
        var found = await database.Users.AsNoTracking()
            .Where(account => page.After == null || account.Id > page.After)
            .OrderBy(account => account.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(page.Page(cursors, list, found, account => account.Id, AccountView.Of));
    }

    public static async Task<Results<Ok<AccountView>, ProblemHttpResult>> GetAccount(Guid id, HttpContext http, IdentityDatabase database, CancellationToken cancel) =>
        await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancel) is { } account
            ? TypedResults.Ok(AccountView.Of(account))
            : Answer.NotFound(http);
}
