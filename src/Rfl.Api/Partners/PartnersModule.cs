namespace Rfl.Api.Partners;

/// <summary>What a partner society does here itself, through the API: its inbox, its answers, its own requests. It sees nothing else.</summary>
public static class PartnersModule
{
    public static IServiceCollection AddPartners(this IServiceCollection services) => services.AddScoped<PartnerInbox>();

    public static IEndpointRouteBuilder MapPartners(this IEndpointRouteBuilder api)
    {
        var partner = api.MapGroup("/partner").WithTags("For partner societies");
        ListingReceivedSearches.Map(partner);
        GettingReceivedSearch.Map(partner);
        AcknowledgingReceipt.Map(partner);
        AnsweringSearch.Map(partner);
        SendingTracingRequest.Map(partner);
        FollowingSentRequests.Map(partner);
        return api;
    }
}
