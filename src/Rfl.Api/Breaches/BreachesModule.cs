using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Breaches;

/// <summary>The register of breaches and its clock of 72 hours (handbook §8.7); kept by the data-protection officer.</summary>
public static class BreachesModule
{
    public static IServiceCollection AddBreaches(this IServiceCollection services) => services
        .AddScoped<BreachDesk>()
        .AddInlineView<BreachRows>()
        .AddInlineView<BreachDeadlineRows>();

    public static IEndpointRouteBuilder MapBreaches(this IEndpointRouteBuilder api)
    {
        var breaches = api.MapGroup("/breaches").WithTags("Data protection");
        RecordingBreach.Map(breaches);
        AssessingBreach.Map(breaches);
        NotifyingAuthority.Map(breaches);
        InformingSubjects.Map(breaches);
        ClosingBreach.Map(breaches);
        ListingBreaches.Map(breaches);
        GettingBreach.Map(breaches);
        return api;
    }
}
