namespace Rfl.Api.Deadlines;

/// <summary>What is waited for (handbook §6): its rows, its chasing, its worklist.</summary>
public static class DeadlinesModule
{
    public static IServiceCollection AddDeadlines(this IServiceCollection services) => services
        .AddSingleton<DueDeadlines>()
        .AddScoped<DeadlineDesk>();

    public static IEndpointRouteBuilder MapDeadlines(this IEndpointRouteBuilder api)
    {
        ListingDeadlines.Map(api);
        return api;
    }
}
