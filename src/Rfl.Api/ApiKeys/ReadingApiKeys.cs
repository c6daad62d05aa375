using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.ApiKeys;

public static class ReadingApiKeys
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/api-keys", ListApiKeys)
        .RequireRoles(Role.SystemAdministrator, Role.Supervisor)
        .WithName("ListApiKeys").WithTags("API keys").WithSummary("All API keys, page by page, also expired and revoked ones.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<Results<Ok<ApiKeyPage>, ProblemHttpResult>> ListApiKeys(
        HttpContext http, IdentityDatabase database, string? society, string? cursor, int? limit, CancellationToken cancel)
    {
        if (!Keyset.TryRead(cursor, out Guid after))
            return Answer.Invalid(http, "cursor", "cursor-invalid");
        if (limit is < 1 or > Keyset.MaxLimit)
            return Answer.Invalid(http, "limit", "limit-out-of-range");
        var take = limit ?? Keyset.DefaultLimit;
        var found = await database.ApiKeys.AsNoTracking()
            .Where(key => key.Id > after && (society == null || key.Society == society))
            .OrderBy(key => key.Id).Take(take + 1).ToListAsync(cancel);
        var page = found.Take(take).ToList();
        return TypedResults.Ok(new ApiKeyPage([.. page.Select(ApiKeyView.Of)], found.Count > take ? Keyset.Write(page[^1].Id) : null));
    }
}
