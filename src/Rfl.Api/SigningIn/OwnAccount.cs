using Microsoft.AspNetCore.Identity;
using Rfl.Api.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.SigningIn;

/// <summary>The account of whoever asks, for what people do with their own.</summary>
public sealed class OwnAccount(IHttpContextAccessor request, UserManager<StaffAccount> accounts, Passwords passwords, SecondFactor secondFactor, SignInAttempts attempts)
{
    /// <summary>The account lives with an outside provider; password and second factor are changed there.</summary>
    public const string OfProvider = "account-of-provider";

    public async Task<StaffAccount?> Find(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return await accounts.FindByIdAsync(request.HttpContext!.Viewer().Id.ToString());
    }

    /// <summary>A stolen access token must not be a way to guess the password: guesses count towards the lockout here too.</summary>
    public async Task<bool> ProvesPassword(StaffAccount account, string password, CancellationToken cancel)
    {
        if (!await attempts.Begin(account.Id, cancel) || !await passwords.IsRight(account, password))
            return false;
        await attempts.Forgive(account.Id, cancel);
        return true;
    }

    /// <summary>A current code of the authenticator app; wrong ones count towards the lockout.</summary>
    public async Task<bool> ProvesCode(StaffAccount account, string code, CancellationToken cancel)
    {
        if (!await attempts.Begin(account.Id, cancel) || !await secondFactor.AcceptAppCode(account, code.Trim(), cancel))
            return false;
        await attempts.Forgive(account.Id, cancel);
        return true;
    }
}
