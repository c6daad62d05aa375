using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.BlindQueries;

/// <summary>What partner societies may ask about our lists without seeing them.</summary>
public static class BlindQueriesModule
{
    public static IServiceCollection AddBlindQueries(this IServiceCollection services) => services
        .AddSingleton<BlindQueryWatch>()
        .AddInlineView<BlindQueryRows>();

    public static IEndpointRouteBuilder MapBlindQueries(this IEndpointRouteBuilder api)
    {
        QueryingBlindly.Map(api.MapGroup("/partner").WithTags("For partner societies"));
        ReviewingBlindQueries.Map(api.MapGroup("/blind-queries").WithTags("Matches"));
        return api;
    }
}
