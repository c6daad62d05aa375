using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Mail;

/// <summary>E-mail about passed deadlines, where a server is configured.</summary>
public static class MailModule
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailSettings>().Bind(configuration.GetSection(MailSettings.Section));
        services.AddSingleton<MailOutbox>();
        if (configuration[$"{MailSettings.Section}:{nameof(MailSettings.Host)}"] is not null)
            services.AddScheduledJob<SendingMail>();
        return services;
    }
}
