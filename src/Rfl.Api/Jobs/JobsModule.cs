using Rfl.Api.Deadlines;
using Rfl.Api.Operations;
using Rfl.Api.Policies;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Jobs;

/// <summary>What the service does by itself (handbook §6). Each part of it brings its jobs with <see cref="JobServices.AddScheduledJob"/>.</summary>
public static class JobsModule
{
    /// <summary>False where other nodes alone wake the jobs, and in tests, which run them when they want.</summary>
    public const string EnabledKey = "Jobs:Enabled";

    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddJobRunner()
            .AddScheduledJob<ChasingDeadlines>()
            .AddScheduledJob<ChasingCircleDeadlines>()
            .AddScheduledJob<ReapplyingPolicy>()
            .AddScheduledJob<ForgettingIdempotencyRecords>()
            .AddScheduledJob<ForgettingJobRecords>()
            .AddScheduledJob<RewrappingKeys>();
        return configuration.GetValue(EnabledKey, true) ? services.AddJobScheduler(OperationsSetup.Ready) : services;
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        ListingJobs.Map(jobs);
        RunningJob.Map(jobs);
        return api;
    }
}
