using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.ApiKeys;

/// <summary>Shuts a key at once and for ever.</summary>
public static class RevokingApiKey
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/api-keys/{id:guid}", RevokeApiKey)
        .RequireRoles(Role.SystemAdministrator, Role.Supervisor)
        .WithName("revokeApiKey").WithTags("API keys").WithSummary("Revoke a key; it opens nothing from the next request on.");

    public static async Task<Results<NoContent, ProblemHttpResult>> RevokeApiKey(
        Guid id, HttpContext http, IdentityDatabase database, SignInAudit audit, TimeProvider clock, CancellationToken cancel)
    {
        if (await database.ApiKeys.SingleOrDefaultAsync(key => key.Id == id, cancel) is not { } key)
            return Answer.NotFound(http);
        if (key.RevokedAt is not null)
            return TypedResults.NoContent();
        key.RevokedAt = clock.GetUtcNow();
        audit.Note(AuditAction.ApiKeyRevoked, id);
        await database.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }
}
