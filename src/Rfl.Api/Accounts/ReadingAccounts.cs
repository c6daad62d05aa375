using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Accounts;

/// <summary>
/// One account, and the list of all, in a fixed order. Among them are those of enquirers, who are data subjects: whose request an account follows is shown, so that it
/// can be found, and stands in the log of reads.
/// </summary>
public static class ReadingAccounts
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", List).RequireRoles(Role.SystemAdministrator)
            .WithName("ListAccounts").WithTags("Accounts").WithSummary("All accounts, page by page.");
        api.MapGet("/accounts/{id:guid}", Get).RequireRoles(Role.SystemAdministrator)
            .WithName("GetAccount").WithTags("Accounts").WithSummary("One account.");
    }

    public static async Task<QueryAnswer<Page<AccountView>>> List(string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListAccounts(cursor, limit), ct)).ToHttp();

    public static async Task<QueryAnswer<AccountView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetAccount(id), ct)).ToHttp();
}

[AllowedFor(Role.SystemAdministrator)]
[ReadsPersonalData("account-list")]
public sealed record ListAccounts(string? Cursor, int? Limit) : IQuery<Page<AccountView>>;

[AllowedFor(Role.SystemAdministrator)]
[ReadsPersonalData("account")]
public sealed record GetAccount(Guid AccountId) : IQuery<AccountView>;

public sealed class ReadingAccountsHandler(IdentityDatabase accounts, NpgsqlDataSource database, ReadLog reads, Cursors cursors, UnreadableRows unreadable)
    : IQueryHandler<ListAccounts, Page<AccountView>>, IQueryHandler<GetAccount, AccountView>
{
    private const string Name = "accounts";

    public async Task<QueryOutcome<Page<AccountView>>> Handle(ListAccounts query, CancellationToken ct)
    {
        var (page, problem) = PageRequest<Guid>.Read(cursors, Name, query.Cursor, query.Limit);
        if (page is null)
            return new QueryOutcome<Page<AccountView>>.Invalid([problem!]);
        var found = await accounts.Users.AsNoTracking()
            .Where(account => page.After == null || account.Id > page.After)
            .OrderBy(account => account.Id).Take(page.Limit + 1).ToListAsync(ct);
        await LogAsync(query, [.. found.Take(page.Limit)], ct);
        return page.Page(cursors, Name, found, account => account.Id, Shown);
    }

    public async Task<QueryOutcome<AccountView>> Handle(GetAccount query, CancellationToken ct)
    {
        if (await accounts.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == query.AccountId, ct) is not { } found)
            return new QueryOutcome<AccountView>.NotFound();
        await LogAsync(query, [found], ct);
        return Shown(found);
    }

    private static AccountView Shown(StaffAccount account) => AccountView.Of(account) with { TracingRequestId = account.TracingRequestId };

    /// <summary>Accounts stand in tables of their own, which no statement of the log reaches along.</summary>
    private async Task LogAsync(object query, IReadOnlyList<StaffAccount> shown, CancellationToken ct)
    {
        foreach (var account in shown.Where(account => account.HasUnreadableRole))
            unreadable.Report("identity.accounts", "roles", account.Id);
        var requests = shown.Select(account => account.TracingRequestId).OfType<Guid>().Distinct().ToList();
        var people = await PeopleAsync(requests, ct);
        await reads.WriteAsync(query, [.. requests.Select(request => new Shown(request, nameof(ReadGround.Administration), [.. people[request]]))], ct);
    }

    private async Task<ILookup<Guid, Guid>> PeopleAsync(List<Guid> requests, CancellationToken ct)
    {
        var people = new List<(Guid Request, Guid Person)>();
        if (requests.Count == 0)
            return people.ToLookup(one => one.Request, one => one.Person);
        await using var command = database.CreateCommand("select case_id, person_id from case_person where case_id = any($1)");
        command.Parameters.AddWithValue(requests);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            people.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return people.ToLookup(one => one.Request, one => one.Person);
    }
}
