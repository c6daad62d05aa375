using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Access;

/// <summary>
/// How often one address, account or key may ask. Counted per node: the limits keep a flood from the database and slow guessing down; what finally stops guessing
/// is the lockout, which is counted in the database.
/// </summary>
public static class RateLimits
{
    public const string SignIn = "sign-in";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<AccountRate>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SignInPolicy>>((options, policy) =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (rejected, _) => await TooMany(rejected.HttpContext, rejected.Lease).ExecuteAsync(rejected.HttpContext);
            options.AddPolicy(SignIn, context => PerMinute(AddressOf(context), policy.Value.AttemptsPerMinutePerAddress));
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(context => KeyOf(context) is { } key
                    ? PerMinute($"{key}@{AddressOf(context)}", policy.Value.RequestsPerMinutePerApiKey)
                    : RateLimitPartition.GetNoLimiter("")),
                PartitionedRateLimiter.Create<HttpContext, string>(context => KeyOf(context) is not null
                    ? PerMinute(AddressOf(context), 4 * policy.Value.RequestsPerMinutePerApiKey)
                    : RateLimitPartition.GetNoLimiter("")));
        });
        return services;
    }

    /// <summary>429 with the time to wait.</summary>
    internal static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult TooMany(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Answer.Problem(context, StatusCodes.Status429TooManyRequests, "too-many-requests");
    }

    internal static RateLimitPartition<string> PerMinute(string partition, int requests) =>
        RateLimitPartition.GetFixedWindowLimiter(partition, _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, Window = TimeSpan.FromMinutes(1) });

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>The key's id as presented, or a common name for whatever is no key.</summary>
    private static string? KeyOf(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(ApiKeyAuthentication.Header, out var presented))
            return null;
        return ApiKeyText.TryParse(presented, out var key) ? key.ToString() : "no key";
    }
}

/// <summary>Limits sign-ins that name the same account, whether it exists or not, so that the limit tells nothing.</summary>
public sealed class AccountRate(IOptions<SignInPolicy> policy) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        account => RateLimits.PerMinute(account, policy.Value.AttemptsPerMinutePerAccount), StringComparer.Ordinal);

    public RateLimitLease Acquire(string normalizedEmail) => limiter.AttemptAcquire(normalizedEmail);

    public void Dispose() => limiter.Dispose();
}
