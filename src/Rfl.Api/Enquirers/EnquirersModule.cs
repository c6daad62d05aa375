using Rfl.Api.Http;

namespace Rfl.Api.Enquirers;

/// <summary>What enquirers can do themselves with their own request.</summary>
public static class EnquirersModule
{
    public static IEndpointRouteBuilder MapEnquirers(this IEndpointRouteBuilder api)
    {
        FollowingOwnRequest.Map(api.MapGroup("/my-tracing-request").WithTags("For enquirers").MayFindNothing());
        return api;
    }
}
