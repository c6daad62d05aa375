using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Rfl.Infrastructure.Reads;

namespace Rfl.Infrastructure.Identity;

public static class IdentityRegistration
{
    /// <summary>Accounts, sessions, API keys and their audit on the application's database. Needs an <see cref="NpgsqlDataSource"/>.</summary>
    public static IServiceCollection AddIdentityMechanisms(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddOptions<SignInPolicy>().Bind(configuration.GetSection(SignInPolicy.Section))
            .PostConfigure<IHostEnvironment>((policy, environment) =>
            {
                if (environment.IsProduction() && !configuration.GetSection($"{SignInPolicy.Section}:{nameof(SignInPolicy.SecondFactorRequiredFor)}").Exists())
                    policy.SecondFactorRequiredFor = [.. SignInPolicy.SecondFactorInProduction];
            })
            .Validate(policy => policy.AccessTokenLifetime > TimeSpan.Zero && policy.AccessTokenLifetime <= TimeSpan.FromHours(1), "Identity:AccessTokenLifetime must be at most one hour.")
            .Validate(policy => policy.MinimumPasswordLength >= 8, "Identity:MinimumPasswordLength must be at least 8.")
            .ValidateOnStart();
        services.AddDbContext<IdentityDatabase>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .ReplaceService<IModelCacheKeyFactory, IdentityDatabase.ModelPerInstallation>());
        services.AddIdentityCore<StaffAccount>().AddEntityFrameworkStores<IdentityDatabase>().AddPasswordValidator<NoObviousPassword>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<SignInPolicy>>((identity, policy) =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.Password.RequiredLength = policy.Value.MinimumPasswordLength;
            identity.Password.RequiredUniqueChars = 5;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
        });
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<SignInPolicy>>((hashing, policy) => hashing.IterationCount = policy.Value.PasswordIterations);

        services.AddSingleton(provider => IdentityKeys.Load(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<IdentitySecrets>();
        services.AddSingleton<AccountTexts>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<OpenSessions>();
        services.TryAddSingleton<UnreadableRows>();
        services.AddSingleton<ApiKeyDirectory>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignInAttempts>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<SignInAudit>();
        services.AddScoped<Passwords>();
        services.AddHostedService<PreparingAccounts>();
        return services;
    }
}
