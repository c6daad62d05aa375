using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Watch;

/// <summary>What the data-protection officer is told of the read log by itself (handbook §8.4): alarms, and the cases that are watched for the curious.</summary>
public static class WatchModule
{
    public static IServiceCollection AddWatch(this IServiceCollection services) => services
        .AddSingleton<ReadLogWatch>()
        .AddScheduledJob<WatchingAccess>()
        .AddInlineView<WatchedCaseRows>()
        .AddInlineView<AccessAlarmRows>();

    public static IEndpointRouteBuilder MapWatch(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/watched-cases").WithTags("Data protection");
        WatchingCase.Map(cases);
        ListingWatchedCases.Map(cases);
        var alarms = api.MapGroup("/access-alarms").WithTags("Data protection");
        ListingAccessAlarms.Map(alarms);
        GettingAccessAlarm.Map(alarms);
        HandlingAccessAlarm.Map(alarms);
        return api;
    }
}
