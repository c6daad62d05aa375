using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.ApiKeys;

/// <summary>The list of all keys, in a fixed order.</summary>
public static class ReadingApiKeys
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/api-keys", ListApiKeys)
        .RequireRoles(Role.SystemAdministrator, Role.Supervisor)
        .WithName("listApiKeys").WithTags("API keys").WithSummary("All API keys, page by page, also expired and revoked ones.");

    public static async Task<Results<Ok<Page<ApiKeyView>>, ProblemHttpResult>> ListApiKeys(
        HttpContext http, IdentityDatabase database, Cursors cursors, UnreadableRows unreadable, string? society, string? cursor, int? limit, CancellationToken cancel)
    {
        var list = $"api-keys:{society}";
        var (page, problem) = PageRequest<Guid>.Read(cursors, list, cursor, limit);
        if (page is null)
            return Answer.Invalid(http, [problem!]);
        var found = await database.ApiKeys.AsNoTracking()
            .Where(key => page.After == null || key.Id > page.After)
            .Where(key => society == null || key.Society == society)
            .OrderBy(key => key.Id).Take(page.Limit + 1).ToListAsync(cancel);
        foreach (var key in found.Where(key => Vocabulary.Find<Role>(key.Role) is null))
            unreadable.Report("identity.api_keys", "role", key.Id);
        return TypedResults.Ok(page.Page(cursors, list, found, key => key.Id, ApiKeyView.Of));
    }
}
