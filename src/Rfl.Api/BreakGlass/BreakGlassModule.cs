using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.BreakGlass;

/// <summary>Looking beyond one's own cases (handbook §8.4, §9): opened with a reason, told to the supervisors, reviewed by one of them.</summary>
public static class BreakGlassModule
{
    public static IServiceCollection AddBreakGlass(this IServiceCollection services) => services
        .AddInlineView<BreakGlassRows>()
        .AddInlineView<BreakGlassDeadlineRows>();

    public static IEndpointRouteBuilder MapBreakGlass(this IEndpointRouteBuilder api)
    {
        var breakGlass = api.MapGroup("/break-glass").WithTags("Break-glass");
        OpeningBreakGlass.Map(breakGlass);
        ListingBreakGlass.Map(breakGlass);
        GettingBreakGlass.Map(breakGlass);
        ReviewingBreakGlass.Map(breakGlass);
        return api;
    }
}
