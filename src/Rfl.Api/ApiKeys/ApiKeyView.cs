using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.ApiKeys;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">Also part of the key's text; the actor of everything done with it.</param>
/// <param name="Name">What it is used for.</param>
/// <param name="Role">Partner society or referral organisation; absent where it cannot be read.</param>
/// <param name="Society">Whose it is.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">The account that made it.</param>
/// <param name="ExpiresAt">From this instant on it opens nothing.</param>
/// <param name="RevokedAt">From this instant on it opens nothing.</param>
/// <param name="LastUsedAt">Exact to the hour.</param>
/// <param name="IsUnreadable">The role is damaged; the key opens nothing.</param>
public sealed record ApiKeyView(
    Guid Id,
    string Name,
    Role? Role,
    string Society,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    Guid CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt,
    bool IsUnreadable)
{
    public static ApiKeyView Of(ApiKey key) => new(
        key.Id,
        key.Name,
        Vocabulary.Find<Role>(key.Role),
        key.Society,
        key.Scopes,
        key.CreatedAt,
        key.CreatedBy,
        key.ExpiresAt,
        key.RevokedAt,
        key.LastUsedAt,
        Vocabulary.Find<Role>(key.Role) is null);
}

/// <summary>A key with its secret. Shown once; only a hash is kept.</summary>
/// <param name="Key">To be sent in the header <c>X-Api-Key</c>.</param>
/// <param name="ApiKey">The rest of it.</param>
public sealed record RevealedApiKey(string Key, ApiKeyView ApiKey);
