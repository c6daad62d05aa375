using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

/// <summary>One account, and the list of all, in a fixed order.</summary>
public static class ReadingAccounts
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", ListAccounts).RequireRoles(Role.SystemAdministrator)
            .WithName("ListAccounts").WithTags("Accounts").WithSummary("All accounts, page by page.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/accounts/{id:guid}", GetAccount).RequireRoles(Role.SystemAdministrator)
            .WithName("GetAccount").WithTags("Accounts").WithSummary("One account.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static async Task<Results<Ok<AccountPage>, ProblemHttpResult>> ListAccounts(
        HttpContext http, IdentityDatabase database, string? cursor, int? limit, CancellationToken cancel)
    {
        if (!Keyset.TryRead(cursor, out Guid after))
            return Answer.Invalid(http, "cursor", "cursor-invalid");
        if (limit is < 1 or > Keyset.MaxLimit)
            return Answer.Invalid(http, "limit", "limit-out-of-range");
        var take = limit ?? Keyset.DefaultLimit;
        var found = await database.Users.AsNoTracking().Where(account => account.Id > after).OrderBy(account => account.Id).Take(take + 1).ToListAsync(cancel);
        var page = found.Take(take).ToList();
        return TypedResults.Ok(new AccountPage([.. page.Select(AccountView.Of)], found.Count > take ? Keyset.Write(page[^1].Id) : null));
    }

    public static async Task<Results<Ok<AccountView>, ProblemHttpResult>> GetAccount(Guid id, HttpContext http, IdentityDatabase database, CancellationToken cancel) =>
        await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancel) is { } account
            ? TypedResults.Ok(AccountView.Of(account))
            : Answer.NotFound(http);
}
