using Rfl.Domain.Access;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Accounts;

/// <summary>An account as its administrator sees it.</summary>
/// <param name="Id">The actor of everything done with the account.</param>
/// <param name="Email">Signs in with it. Absent for an enquirer: administrators read no personal data (handbook §9).</param>
/// <param name="DisplayName">How colleagues know the person; absent for an enquirer.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Roles">What the account may be.</param>
/// <param name="Region">Of a volunteer or regional focal point.</param>
/// <param name="Society">Of a partner's or referral organisation's person.</param>
/// <param name="TracingRequestId">The one request of an enquirer; only where the account is read, not where it is changed.</param>
/// <param name="IsActive">An inactive account cannot sign in.</param>
/// <param name="HasSecondFactor">Whether an authenticator app is enrolled.</param>
/// <param name="HasOneTimePassword">Whether the next sign-in must replace the password.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="IsUnreadable">A role is damaged and left out.</param>
public sealed record AccountView(
    Guid Id,
    string? Email,
    string? DisplayName,
    string Language,
    IReadOnlyList<Role> Roles,
    string? Region,
    string? Society,
    Guid? TracingRequestId,
    bool IsActive,
    bool HasSecondFactor,
    bool HasOneTimePassword,
    DateTimeOffset CreatedAt,
    bool IsUnreadable)
{
    public static AccountView Of(StaffAccount account) => new(
        account.Id,
        account.IsEnquirers ? null : account.Email,
        account.IsEnquirers ? null : account.DisplayName,
        account.Language,
        account.Roles,
        account.Region,
        account.Society,
        null,
        account.IsActive,
        account.TwoFactorEnabled,
        account.PasswordExpiresAt is not null,
        account.CreatedAt,
        account.HasUnreadableRole);
}

/// <summary>An account with the password for its first sign-in, which must replace it. Shown once.</summary>
/// <param name="Account">The account.</param>
/// <param name="OneTimePassword">To be handed over in person or by telephone.</param>
/// <param name="OneTimePasswordExpiresAt">After this instant, the administrator gives another one.</param>
public sealed record AccountWithPassword(AccountView Account, string OneTimePassword, DateTimeOffset OneTimePasswordExpiresAt);
