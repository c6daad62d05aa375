using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.ApiKeys;

/// <param name="Id">Made by the client, so that a repeated request makes no second key.</param>
/// <param name="Name">What the key is used for.</param>
/// <param name="Role">Partner society or referral organisation.</param>
/// <param name="Society">Whose it is, for example <c>DE</c> or <c>ICRC</c>.</param>
/// <param name="Scopes">What it opens; each role has its own.</param>
/// <param name="ExpiresAt">In the future, at most 400 days away.</param>
public sealed record CreateApiKeyRequest(Guid Id, string Name, Role Role, string Society, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

public sealed class CreateApiKeyRequestValidator : AbstractValidator<CreateApiKeyRequest>
{
    /// <summary>A year and a month to replace it.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(400);

    public CreateApiKeyRequestValidator(TimeProvider clock)
    {
        RuleFor(request => request.Id).NotEmpty();
        RuleFor(request => request.Name).NotEmpty().MaximumLength(120);
        RuleFor(request => request.Role).Must(role => ApiKeyScopes.Of(role).Count > 0).WithErrorCode("role-without-api-keys");
        RuleFor(request => request.Society).NotEmpty().MaximumLength(60);
        RuleFor(request => request.Scopes).NotEmpty();
        RuleFor(request => request.Scopes)
            .Must((request, scopes) => scopes.All(ApiKeyScopes.Of(request.Role).Contains) && scopes.Distinct().Count() == scopes.Count)
            .WithErrorCode("scope-unknown");
        RuleFor(request => request.ExpiresAt).MustBeInReach(clock);
    }
}

internal static class ApiKeyRules
{
    public static IRuleBuilderOptions<T, DateTimeOffset> MustBeInReach<T>(this IRuleBuilder<T, DateTimeOffset> rule, TimeProvider clock) =>
        rule.Must(end => end > clock.GetUtcNow() && end <= clock.GetUtcNow() + CreateApiKeyRequestValidator.LongestLife).WithErrorCode("expiry-out-of-range");
}

/// <summary>
/// Makes a key. Repeated with the same content before its first use, it answers again with a fresh secret in place of the first, since the first answer may
/// have been lost.
/// </summary>
public static class CreatingApiKey
{
    public const string Differs = "api-key-differs";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/api-keys", CreateApiKey)
        .RequireRoles(Role.SystemAdministrator, Role.Supervisor)
        .Validates<CreateApiKeyRequest>()
        .WithName("createApiKey").WithTags("API keys").WithSummary("Make an API key for a partner's system; its secret is shown once.")
        .WithExample(new CreateApiKeyRequest(
            Guid.Parse("0198c5b2-6f0e-7c3a-9d64-2f1e8a7b5c10"), "Case system of the German Red Cross", Role.PartnerSociety, "DE",
            [ApiKeyScopes.ReadTransmissions, ApiKeyScopes.AnswerTransmissions], new DateTimeOffset(2027, 6, 30, 0, 0, 0, TimeSpan.Zero)))
        .MayRefuse(Differs);

    public static async Task<Results<Created<RevealedApiKey>, ProblemHttpResult>> CreateApiKey(
        CreateApiKeyRequest body, HttpContext http, IdentityDatabase database, SignInAudit audit, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var key = await database.ApiKeys.SingleOrDefaultAsync(key => key.Id == body.Id, cancel);
        if (key is not null && !IsRepeat(key, body))
            return Answer.Conflict(http, Differs);
        if (key is null)
            database.ApiKeys.Add(key = NewKey(body, http.Viewer().Id, now));
        else
            await database.ApiKeySecrets.Where(secret => secret.KeyId == body.Id).ExecuteDeleteAsync(cancel);
        var text = ApiKeyText.New(key.Id);
        database.ApiKeySecrets.Add(new ApiKeySecret { Hash = IdentitySecrets.Hash(text.Secret), KeyId = key.Id, IssuedAt = now, ExpiresAt = key.ExpiresAt });
        audit.Note(AuditAction.ApiKeyCreated, key.Id, detail: $"{key.Society}: {string.Join(' ', key.Scopes)}");
        try
        {
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException raced) when (raced.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Answer.Conflict(http, Differs);
        }

        return TypedResults.Created($"/api/v1/api-keys/{key.Id}", new RevealedApiKey(text.Reveal(), ApiKeyView.Of(key)));
    }

    private static ApiKey NewKey(CreateApiKeyRequest body, Guid by, DateTimeOffset now) => new()
    {
        Id = body.Id,
        Name = body.Name,
        Role = body.Role.ToString(),
        Society = body.Society,
        Scopes = [.. body.Scopes],
        CreatedAt = now,
        CreatedBy = by,
        ExpiresAt = body.ExpiresAt.ToUniversalTime(),
    };

    private static bool IsRepeat(ApiKey key, CreateApiKeyRequest body) =>
        key.LastUsedAt is null && key.RevokedAt is null && key.Name == body.Name && key.Role == body.Role.ToString() && key.Society == body.Society
        && key.ExpiresAt == body.ExpiresAt && key.Scopes.SequenceEqual(body.Scopes);
}
