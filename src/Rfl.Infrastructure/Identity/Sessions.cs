using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Rfl.Infrastructure.Identity;

/// <summary>What a client gets at sign-in and at each refresh. Both tokens are secrets.</summary>
public sealed record SessionTokens(Guid SessionId, string AccessToken, DateTimeOffset AccessTokenExpiresAt, string RefreshToken, DateTimeOffset RefreshTokenExpiresAt);

public enum RefreshOutcome
{
    Refreshed,
    Unknown,

    /// <summary>The session is revoked or over, or its account is not active.</summary>
    Over,

    /// <summary>Somebody presented a token that was used before: thief or victim, nobody can tell, so the session ends for both.</summary>
    Reused,
}

/// <summary>
/// Opens, refreshes and revokes sessions. A refresh token is good once; its use hands out the next one. Presenting a used one again within
/// <see cref="SignInPolicy.RefreshRetryWindow"/>, while its successor is still unused, is a retry on a bad network and replaces the successor.
/// </summary>
public sealed class Sessions(IdentityDatabase database, AccessTokens accessTokens, IOptions<SignInPolicy> policy, TimeProvider clock)
{
    /// <summary>How long ended sessions stay to be looked into; the next sign-in of the account removes older ones with their tokens.</summary>
    private static readonly TimeSpan keptAfterEnd = TimeSpan.FromDays(30);

    /// <summary>A new session; null when the account was changed since it was loaded, so that no session outlives a change of roles made meanwhile.</summary>
    public async Task<SessionTokens?> Open(StaffAccount account, CancellationToken cancel)
    {
        var session = Guid.CreateVersion7(clock.GetUtcNow());
        var now = clock.GetUtcNow();
        var end = now + policy.Value.SessionLifetime;
        var opened = await database.Database.ExecuteSqlAsync(
            $"""
            insert into identity.sessions (id, account_id, created_at, expires_at)
            select {session}, id, {now}, {end} from identity.accounts
            where id = {account.Id} and is_active and security_stamp = {account.SecurityStamp} for share
            """,
            cancel);
        if (opened == 0)
            return null;
        var forgotten = now - keptAfterEnd;
        await database.Database.ExecuteSqlAsync($"delete from identity.sessions where account_id = {account.Id} and expires_at < {forgotten}", cancel);
        return await IssueTokens(account, session, end, cancel);
    }

    public async Task<(RefreshOutcome Outcome, StaffAccount? Account, SessionTokens? Tokens)> Refresh(string refreshToken, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var hash = IdentitySecrets.Hash(refreshToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);

        // The lock on the session's row puts racing refreshes of one family in order.
        var found = await database.Database.SqlQuery<PresentedToken>(
            $"""
            select s.id as "SessionId", s.account_id as "AccountId", t.expires_at as "ExpiresAt", t.used_at as "UsedAt", t.cancelled_at as "CancelledAt",
                   s.expires_at as "SessionExpiresAt", s.revoked_at as "RevokedAt"
            from identity.refresh_tokens t join identity.sessions s on s.id = t.session_id
            where t.hash = {hash} for update of s
            """).ToListAsync(cancel);
        if (found is not [var token])
            return (RefreshOutcome.Unknown, null, null);
        var account = await database.Users.SingleAsync(a => a.Id == token.AccountId, cancel);
        if (token.RevokedAt is not null || token.SessionExpiresAt <= now || !account.IsActive)
            return (RefreshOutcome.Over, account, null);
        if (token.CancelledAt is not null || (token.UsedAt is not null && !await CancelUnusedSuccessor(token, now, cancel)))
        {
            await Revoke(token.SessionId, "refresh-token-reused", cancel);
            await transaction.CommitAsync(cancel);
            return (RefreshOutcome.Reused, account, null);
        }

        if (token.ExpiresAt <= now)
            return (RefreshOutcome.Over, account, null);
        await database.Database.ExecuteSqlAsync($"update identity.refresh_tokens set used_at = coalesce(used_at, {now}) where hash = {hash}", cancel);
        var tokens = await IssueTokens(account, token.SessionId, token.SessionExpiresAt, cancel);
        await transaction.CommitAsync(cancel);
        return (RefreshOutcome.Refreshed, account, tokens);
    }

    /// <summary>Ends one session; its access tokens are refused from the next request on.</summary>
    public Task Revoke(Guid session, string because, CancellationToken cancel) => database.Database.ExecuteSqlAsync(
        $"update identity.sessions set revoked_at = {clock.GetUtcNow()}, revoked_because = {because} where id = {session} and revoked_at is null", cancel);

    /// <summary>Ends every session of an account, for example because its password or roles changed.</summary>
    public Task RevokeAll(Guid account, string because, CancellationToken cancel) => database.Database.ExecuteSqlAsync(
        $"update identity.sessions set revoked_at = {clock.GetUtcNow()}, revoked_because = {because} where account_id = {account} and revoked_at is null", cancel);

    private async Task<bool> CancelUnusedSuccessor(PresentedToken token, DateTimeOffset now, CancellationToken cancel)
    {
        if (now > token.UsedAt + policy.Value.RefreshRetryWindow)
            return false;
        return await database.Database.ExecuteSqlAsync(
            $"""
            update identity.refresh_tokens set cancelled_at = {now}
            where session_id = {token.SessionId} and used_at is null and cancelled_at is null and issued_at >= {token.UsedAt}
            """,
            cancel) == 1;
    }

    private async Task<SessionTokens> IssueTokens(StaffAccount account, Guid session, DateTimeOffset sessionEnd, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var end = now + policy.Value.SessionIdleLifetime;
        if (end > sessionEnd)
            end = sessionEnd;
        var refreshToken = IdentitySecrets.NewToken();
        var hash = IdentitySecrets.Hash(refreshToken);
        await database.Database.ExecuteSqlAsync(
            $"insert into identity.refresh_tokens (hash, session_id, issued_at, expires_at) values ({hash}, {session}, {now}, {end})", cancel);
        var (accessToken, accessEnd) = accessTokens.Issue(account, session);
        return new SessionTokens(session, accessToken, accessEnd, refreshToken, end);
    }

    private sealed record PresentedToken(
        Guid SessionId,
        Guid AccountId,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? UsedAt,
        DateTimeOffset? CancelledAt,
        DateTimeOffset SessionExpiresAt,
        DateTimeOffset? RevokedAt);
}
