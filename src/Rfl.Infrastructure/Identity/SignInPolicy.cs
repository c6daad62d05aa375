using Rfl.Domain.Access;

namespace Rfl.Infrastructure.Identity;

/// <summary>How people sign in; the section <c>Identity</c> of the configuration.</summary>
public sealed class SignInPolicy
{
    public const string Section = "Identity";

    /// <summary>The issuer written into, and demanded of, the service's own access tokens.</summary>
    public string Issuer { get; set; } = "rfl";

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After this, the person signs in again whatever happened in between.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A session that is not refreshed for this long ends.</summary>
    public TimeSpan SessionIdleLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long a refresh may be repeated because its answer was lost on the way.</summary>
    public TimeSpan RefreshRetryWindow { get; set; } = TimeSpan.FromSeconds(10);

    public int FailuresBeforeLockout { get; set; } = 5;

    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan OneTimePasswordLifetime { get; set; } = TimeSpan.FromDays(3);

    public int MinimumPasswordLength { get; set; } = 12;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 per password (OWASP's figure of 2023).</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Where Production says nothing else: those who see sealed decisions, everything, or the logs, or give roles.</summary>
    public static readonly IReadOnlyList<Role> SecondFactorInProduction =
        [Role.DisclosureOfficer, Role.Supervisor, Role.DataProtectionOfficer, Role.SystemAdministrator];

    /// <summary>Holders of any of these roles can do nothing before they have enrolled an authenticator app.</summary>
    public List<Role> SecondFactorRequiredFor { get; set; } = [];

    /// <summary>Sign-ins and refreshes per minute from one address. A camp's volunteers share one address, so it is generous.</summary>
    public int AttemptsPerMinutePerAddress { get; set; } = 60;

    /// <summary>Sign-ins per minute that name one account, whether it exists or not.</summary>
    public int AttemptsPerMinutePerAccount { get; set; } = 10;

    /// <summary>Requests per minute with one API key, and from one address with any.</summary>
    public int RequestsPerMinutePerApiKey { get; set; } = 600;

    public FirstAdministratorPolicy FirstAdministrator { get; set; } = new();

    public sealed class FirstAdministratorPolicy
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
