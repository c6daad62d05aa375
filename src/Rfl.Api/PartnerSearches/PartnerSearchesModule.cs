using Rfl.Api.Deadlines;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.PartnerSearches;

/// <summary>Searches that partner societies are asked to make (rules 8, 10; handbook §6): the table of contents.</summary>
public static class PartnerSearchesModule
{
    public static IServiceCollection AddPartnerSearches(this IServiceCollection services) => services
        .AddScoped<PartnerSearchDesk>()
        .AddInlineView<PartnerSearchRows>()
        .AddInlineView<PartnerFindingRows>()
        .AddInlineView<PartnerSearchDeadlineRows>();

    public static IEndpointRouteBuilder MapPartnerSearches(this IEndpointRouteBuilder api)
    {
        ListingPartnerSearches.Map(api);
        var searches = api.MapGroup("/tracing-requests/{id:guid}/partner-searches").WithTags("Partner searches");
        PreparingTransmission.Map(searches);
        TransmittingToPartner.Map(searches);
        ProvidingDetailsToPartner.Map(searches);
        RecallingTransmission.Map(searches);
        GettingPartnerSearch.Map(searches);
        return api;
    }
}
