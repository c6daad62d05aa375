using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Rfl.Infrastructure.Identity;

/// <summary>The second proof of a person: a code of their authenticator app, or one of ten recovery codes on paper. Each is good once.</summary>
public sealed class SecondFactor(IdentityDatabase database, IdentitySecrets secrets, TimeProvider clock)
{
    private const int RecoveryCodes = 10;

    // Without letters that a hurried hand confuses.
    private const string RecoveryLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Gives the account a new secret; it counts only once a code was confirmed.</summary>
    public byte[] Enrol(StaffAccount account)
    {
        var secret = Totp.NewSecret();
        account.AuthenticatorSecret = secrets.Encrypt(secret, account.Id);
        return secret;
    }

    /// <summary>Whether the code is the app's current one, and burns it.</summary>
    public async Task<bool> AcceptAppCode(StaffAccount account, string code, CancellationToken cancel)
    {
        if (account.AuthenticatorSecret is not { } stored)
            return false;
        if (Totp.MatchingStep(secrets.Decrypt(stored, account.Id), code, clock.GetUtcNow()) is not { } step)
            return false;
        return await database.Database.ExecuteSqlAsync(
            $"update identity.accounts set authenticator_step = {step} where id = {account.Id} and authenticator_step < {step}", cancel) == 1;
    }

    /// <summary>Whether the code is one of the account's unused recovery codes, and burns it.</summary>
    public async Task<bool> AcceptRecoveryCode(StaffAccount account, string code, CancellationToken cancel)
    {
        var hash = HashRecoveryCode(account.Id, code);
        return await database.Database.ExecuteSqlAsync(
            $"delete from identity.recovery_codes where account_id = {account.Id} and hash = {hash}", cancel) == 1;
    }

    /// <summary>New recovery codes in place of all earlier ones; only their hashes are kept.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodes(StaffAccount account, CancellationToken cancel)
    {
        var codes = Enumerable.Range(0, RecoveryCodes)
            .Select(_ => $"{RandomNumberGenerator.GetString(RecoveryLetters, 5)}-{RandomNumberGenerator.GetString(RecoveryLetters, 5)}-{RandomNumberGenerator.GetString(RecoveryLetters, 5)}")
            .ToList();
        var hashes = codes.Select(code => HashRecoveryCode(account.Id, code)).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"""
            with gone as (delete from identity.recovery_codes where account_id = {account.Id})
            insert into identity.recovery_codes (account_id, hash) select {account.Id}, unnest({hashes})
            """,
            cancel);
        return codes;
    }

    /// <summary>Forgets app and codes.</summary>
    public async Task Remove(StaffAccount account, CancellationToken cancel)
    {
        account.TwoFactorEnabled = false;
        account.AuthenticatorSecret = null;
        await database.Database.ExecuteSqlAsync($"delete from identity.recovery_codes where account_id = {account.Id}", cancel);
    }

    // 74 random bits are worth guessing offline to a thief of the database, hence the keyed hash.
    private byte[] HashRecoveryCode(Guid account, string code) => secrets.Fingerprint($"{account}:{code.Trim().ToLowerInvariant()}");
}
