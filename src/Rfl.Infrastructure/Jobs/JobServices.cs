using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Rfl.Infrastructure.Jobs;

public static class JobServices
{
    /// <summary>Runs jobs and logs their runs. Nothing wakes them without <see cref="AddJobScheduler"/>.</summary>
    public static IServiceCollection AddJobRunner(this IServiceCollection services) => services
        .AddSingleton<JobRunLog>()
        .AddSingleton<JobRunner>()
        .AddSingleton(provider => new JobSchedule(provider.GetKeyedService<ISchedulerFactory>(JobSchedule.SchedulerName)));

    public static IServiceCollection AddScheduledJob<TJob>(this IServiceCollection services)
        where TJob : class, IScheduledJob => services.AddSingleton<IScheduledJob, TJob>();

    /// <summary>Quartz on the service's own database: any number of nodes share one schedule, which survives all of them (docs/adr/0061).</summary>
    /// <param name="healthTags">Tags of the scheduler's health check.</param>
    public static IServiceCollection AddJobScheduler(this IServiceCollection services, params string[] healthTags)
    {
        services.AddQuartz(JobSchedule.SchedulerName, quartz =>
        {
            // The schedule lives in real time even where a test moves the service's clock. Only a named scheduler keeps a clock of its own: the unnamed
            // one takes whatever clock the container has.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UseDefaultThreadPool(4);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ProvisionSchema();
            });
        });
        services.AddTransient<WakingJob>();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<SchedulingJobs>();
        services.AddHealthChecks().AddQuartz(JobSchedule.SchedulerName, options =>
        {
            options.Name = "scheduler";
            foreach (var tag in healthTags)
                options.Tags.Add(tag);
        });
        return services;
    }
}
