using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.ApiKeys;

/// <param name="ExpiresAt">The key's new end, at most 400 days away.</param>
/// <param name="OverlapHours">How long the earlier secret still opens, 0 to 168.</param>
public sealed record RotateApiKeyRequest(DateTimeOffset ExpiresAt, int OverlapHours = 24);

public sealed class RotateApiKeyRequestValidator : AbstractValidator<RotateApiKeyRequest>
{
    public RotateApiKeyRequestValidator(TimeProvider clock)
    {
        RuleFor(request => request.ExpiresAt).MustBeInReach(clock);
        RuleFor(request => request.OverlapHours).InclusiveBetween(0, 168);
    }
}

/// <summary>Gives a key a new secret; the earlier one goes on for the overlap, so that the partner can change over without a gap.</summary>
public static class RotatingApiKey
{
    public const string Revoked = "api-key-revoked";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/api-keys/{id:guid}/rotation", RotateApiKey)
        .RequireRoles(Role.SystemAdministrator, Role.Supervisor)
        .Validates<RotateApiKeyRequest>()
        .WithName("rotateApiKey").WithTags("API keys").WithSummary("Give a key a new secret, shown once; the earlier one goes on for the overlap.")
        .WithExample(new RotateApiKeyRequest(new DateTimeOffset(2027, 6, 30, 0, 0, 0, TimeSpan.Zero), 48)).MayRefuse(Revoked);

    public static async Task<Results<Ok<RevealedApiKey>, ProblemHttpResult>> RotateApiKey(
        Guid id, RotateApiKeyRequest body, HttpContext http, IdentityDatabase database, SignInAudit audit, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        // Locked, so that of two rotations at once each cuts the other's secret short.
        if (await database.ApiKeys.FromSql($"select * from identity.api_keys where id = {id} for update").SingleOrDefaultAsync(cancel) is not { } key)
            return Answer.NotFound(http);
        if (key.RevokedAt is not null)
            return Answer.Conflict(http, Revoked);
        var now = clock.GetUtcNow();
        // An expired key's last secret stays expired.
        var overlapEnd = now + TimeSpan.FromHours(body.OverlapHours);
        var lastEnd = overlapEnd < key.ExpiresAt ? overlapEnd : key.ExpiresAt;
        await database.ApiKeySecrets.Where(secret => secret.KeyId == id && secret.ExpiresAt > lastEnd)
            .ExecuteUpdateAsync(secret => secret.SetProperty(s => s.ExpiresAt, lastEnd), cancel);
        key.ExpiresAt = body.ExpiresAt.ToUniversalTime();
        var text = ApiKeyText.New(id);
        database.ApiKeySecrets.Add(new ApiKeySecret { Hash = IdentitySecrets.Hash(text.Secret), KeyId = id, IssuedAt = now, ExpiresAt = key.ExpiresAt });
        audit.Note(AuditAction.ApiKeyRotated, id);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(new RevealedApiKey(text.Reveal(), ApiKeyView.Of(key)));
    }
}
