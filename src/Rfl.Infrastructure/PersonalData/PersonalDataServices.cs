using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rfl.Infrastructure.PersonalData;

public static class PersonalDataServices
{
    /// <summary>
    /// The persons' keys. An <see cref="IKeyEncryptionKeys"/> registered before wins (a key service); otherwise the keys come from the configuration, see
    /// <see cref="ConfiguredKeys"/>.
    /// </summary>
    /// <param name="dataFolder">Where a run without a configured key makes its key file.</param>
    public static IServiceCollection AddPersonalData(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string dataFolder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IKeyEncryptionKeys>(provider => ConfiguredKeys.Read(
            configuration.GetSection("PersonalData"), environment, dataFolder, provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ConfiguredKeys))));
        services.AddSingleton<KeyEncryptionStatus>();
        services.AddSingleton<LookupHash>();
        services.AddSingleton<PersonKeyVault>();
        services.AddSingleton<PersonalDataStart>();
        services.AddSingleton<PersonalDataReader>();
        services.AddSingleton<PersonErasure>();
        services.AddSingleton<ErasureLedger>();
        services.AddSingleton(ErasureFile.Of(configuration, dataFolder));
        services.AddSingleton<ErasureWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ErasureWatch>());
        services.AddSingleton<KeyInUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyInUse>());
        services.AddSingleton<KeyRotation>();
        return services;
    }
}
