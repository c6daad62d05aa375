using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rfl.Infrastructure.Identity;

/// <summary>
/// Notes who signed in, from where (as a keyed hash), and what was done to accounts and keys; read by the data-protection officer. Never a password, and never
/// an address in clear.
/// </summary>
public sealed class SignInAudit(IdentityDatabase database, IdentitySecrets secrets, IHttpContextAccessor request, TimeProvider clock)
{
    /// <summary>Adds a line to what the context saves next, so that a change and its line are kept together.</summary>
    public void Note(string action, Guid? subject, string outcome = AuditOutcome.Done, string? detail = null, Guid? actor = null) =>
        database.Audit.Add(Line(action, outcome, actor ?? SignedIn(), subject, null, detail));

    /// <summary>Writes a line at once.</summary>
    public async Task Write(string action, Guid? subject, string outcome, CancellationToken cancel, string? detail = null, Guid? actor = null)
    {
        Note(action, subject, outcome, detail, actor);
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>A sign-in that names no account. What was typed may be somebody's address or even a password: only its keyed hash is kept.</summary>
    public async Task WriteUnknown(string action, string typed, CancellationToken cancel)
    {
        database.Audit.Add(Line(action, AuditOutcome.Refused, null, null, secrets.Fingerprint(typed), "unknown-account"));
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>The caller's address as the audit keeps it.</summary>
    public byte[]? CallerHash() => HashOf(request.HttpContext?.Connection.RemoteIpAddress);

    private byte[]? HashOf(IPAddress? address) => address is null ? null : secrets.Fingerprint(address.ToString());

    private Guid? SignedIn() => Guid.TryParse(request.HttpContext?.User.FindFirst(ViewerClaims.Id)?.Value, out var id) ? id : null;

    private AuditEntry Line(string action, string outcome, Guid? actor, Guid? subject, byte[]? unknownAccount, string? detail) => new()
    {
        At = clock.GetUtcNow(),
        Action = action,
        Outcome = outcome,
        ActorId = actor,
        SubjectId = subject,
        UnknownAccount = unknownAccount,
        IpHash = CallerHash(),
        Detail = detail,
    };
}

public static class AuditOutcome
{
    public const string Done = "done";
    public const string Refused = "refused";
}

public static class AuditAction
{
    public const string SignIn = "sign-in";
    public const string SignOut = "sign-out";
    public const string Lockout = "lockout";
    public const string RefreshTokenReused = "refresh-token-reused";
    public const string PasswordChanged = "password-changed";
    public const string PasswordReset = "password-reset";
    public const string SecondFactorOn = "second-factor-on";
    public const string SecondFactorOff = "second-factor-off";
    public const string RecoveryCodeUsed = "recovery-code-used";
    public const string RecoveryCodesRenewed = "recovery-codes-renewed";
    public const string AccountCreated = "account-created";
    public const string RolesChanged = "roles-changed";
    public const string AccountDeactivated = "account-deactivated";
    public const string AccountReactivated = "account-reactivated";
    public const string ApiKeyCreated = "api-key-created";
    public const string ApiKeyRotated = "api-key-rotated";
    public const string ApiKeyRevoked = "api-key-revoked";
    public const string ApiKeyUsed = "api-key-used";
}
