using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Figures;

/// <summary>Counts: for the day's work, and for the Movement's reports (handbook §10).</summary>
public static class FiguresModule
{
    public static IServiceCollection AddFigures(this IServiceCollection services) => services.AddFeedProjection<MonthlyFigures>();

    public static IEndpointRouteBuilder MapFigures(this IEndpointRouteBuilder api)
    {
        ReadingDashboard.Map(api);
        ReadingFigures.Map(api);
        ReadingArchive.Map(api);
        return api;
    }
}
