using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.ApiKeys;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">Also part of the key's text; the actor of everything done with it.</param>
/// <param name="Name">What it is used for.</param>
/// <param name="Role">Partner society or referral organisation.</param>
/// <param name="Society">Whose it is.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">The account that made it.</param>
/// <param name="ExpiresAt">From this instant on it opens nothing.</param>
/// <param name="RevokedAt">From this instant on it opens nothing.</param>
/// <param name="LastUsedAt">Exact to the hour.</param>
public sealed record ApiKeyView(
    Guid Id,
    string Name,
    Role Role,
    string Society,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    Guid CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public static ApiKeyView Of(ApiKey key) => new(
        key.Id, key.Name, Enum.Parse<Role>(key.Role), key.Society, key.Scopes, key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}

/// <summary>A key with its secret. Shown once; only a hash is kept.</summary>
/// <param name="Key">To be sent in the header <c>X-Api-Key</c>.</param>
/// <param name="ApiKey">The rest of it.</param>
public sealed record RevealedApiKey(string Key, ApiKeyView ApiKey);
