using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// Passwords as NIST SP 800-63B asks: long, any characters, no composition rules; nothing an outsider would try first. The length and the number of different
/// characters are checked by Identity itself.
/// </summary>
public sealed class NoObviousPassword : IPasswordValidator<StaffAccount>
{
    public const int MaximumLength = 128;

    private static readonly string[] obvious =
        ["redcross", "red-cross", "croixrouge", "croix-rouge", "redcrescent", "croissantrouge", "password", "motdepasse", "mot-de-passe", "azerty", "qwerty", "123456"];

    public Task<IdentityResult> ValidateAsync(UserManager<StaffAccount> manager, StaffAccount user, string? password)
    {
        var given = password ?? "";
        if (given.Length > MaximumLength)
            return Refuse("password-too-long", $"A password has at most {MaximumLength} characters.");
        var name = (user.Email ?? "").Split('@')[0];
        var obviousPart = obvious.Append(name.Length >= 4 ? name : null)
            .Any(part => part is not null && given.Contains(part, StringComparison.OrdinalIgnoreCase));
        return obviousPart
            ? Refuse("password-obvious", "Choose a password without your own name, the Movement's name or a usual password in it.")
            : Task.FromResult(IdentityResult.Success);
    }

    private static Task<IdentityResult> Refuse(string code, string remedy) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = remedy }));
}

/// <summary>Sets and checks passwords beside what Identity's own manager offers.</summary>
public sealed class Passwords(UserManager<StaffAccount> accounts, IPasswordHasher<StaffAccount> hasher)
{
    private static readonly StaffAccount nobody = new() { DisplayName = "", Language = "en" };

    private static string? hashOfNobody;

    /// <summary>A hundred random bits that can be read out on the phone.</summary>
    public static string NewOneTimePassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5)));

    public Task<bool> IsRight(StaffAccount account, string password) => accounts.CheckPasswordAsync(account, password);

    /// <summary>Takes as long as a real check, so that nobody learns from the time which accounts exist.</summary>
    public void CheckForNobody(string password)
    {
        hashOfNobody ??= hasher.HashPassword(nobody, "nobody");
        hasher.VerifyHashedPassword(nobody, hashOfNobody, password);
    }

    /// <summary>Replaces the password if it follows the rules; the caller saves the account.</summary>
    /// <param name="account">Whose password.</param>
    /// <param name="password">The new one.</param>
    /// <param name="oneTimeUntil">Set for a one-time password: when it ends.</param>
    public async Task<IReadOnlyList<IdentityError>> Replace(StaffAccount account, string password, DateTimeOffset? oneTimeUntil)
    {
        foreach (var rule in accounts.PasswordValidators)
        {
            if (await rule.ValidateAsync(accounts, account, password) is { Succeeded: false } refused)
                return [.. refused.Errors];
        }

        account.PasswordHash = hasher.HashPassword(account, password);
        account.PasswordExpiresAt = oneTimeUntil;
        account.EndSessionsBeingOpened();
        return [];
    }
}
