namespace Rfl.Api.Views;

/// <summary>Keeping views: rebuild and progress, for administrators.</summary>
public static class ViewsModule
{
    public static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddSingleton<ViewRebuilds>()
        .AddHostedService(provider => provider.GetRequiredService<ViewRebuilds>());

    public static IEndpointRouteBuilder MapViews(this IEndpointRouteBuilder api)
    {
        RebuildingViews.Map(api);
        return api;
    }
}
