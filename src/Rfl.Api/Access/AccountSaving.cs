using Microsoft.AspNetCore.Identity;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Access;

internal static class AccountSaving
{
    public const string ChangedMeanwhile = "changed-meanwhile";

    /// <summary>Saves through Identity, which keeps its stamps. False when somebody else changed the account at the same moment: nothing is saved.</summary>
    /// <exception cref="InvalidOperationException">The account breaks a rule that was to be checked before.</exception>
    public static async Task<bool> Save(this UserManager<StaffAccount> accounts, StaffAccount account)
    {
        var result = await accounts.UpdateAsync(account);
        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            return false;
        return result.Succeeded
            ? true
            : throw new InvalidOperationException($"The account was not saved: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
    }
}
