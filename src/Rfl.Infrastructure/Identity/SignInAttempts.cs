using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// Locks an account for a while after repeated failures. An attempt is counted <em>before</em> its password is looked at, in one statement, so that parallel
/// guesses cannot outrun the lock.
/// </summary>
public sealed class SignInAttempts(IdentityDatabase database, IOptions<SignInPolicy> policy, TimeProvider clock)
{
    /// <summary>Counts one attempt. False while the account is locked.</summary>
    public async Task<bool> Begin(Guid account, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var until = now + policy.Value.LockoutDuration;
        var last = policy.Value.FailuresBeforeLockout;
        return await database.Database.ExecuteSqlAsync(
            $"""
            update identity.accounts set
                access_failed_count = case when lockout_end is null then access_failed_count + 1 else 1 end,
                lockout_end = case when (case when lockout_end is null then access_failed_count + 1 else 1 end) >= {last} then {until}::timestamptz end
            where id = {account} and (lockout_end is null or lockout_end <= {now})
            """,
            cancel) == 1;
    }

    /// <summary>The attempt was neither right nor wrong: the password was right and a code is still to come. Earlier failures stay counted.</summary>
    public Task TakeBack(Guid account, CancellationToken cancel) => database.Database.ExecuteSqlAsync(
        $"update identity.accounts set access_failed_count = greatest(access_failed_count - 1, 0), lockout_end = null where id = {account}", cancel);

    public Task Forgive(Guid account, CancellationToken cancel) => database.Database.ExecuteSqlAsync(
        $"update identity.accounts set access_failed_count = 0, lockout_end = null where id = {account}", cancel);

    public async Task<bool> IsLocked(Guid account, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await database.Users.AnyAsync(a => a.Id == account && a.LockoutEnd > now, cancel);
    }
}
