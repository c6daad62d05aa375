namespace Rfl.Api.AccessReplies;

/// <summary>What people are given who ask what is held about them (handbook §8.3).</summary>
public static class AccessRepliesModule
{
    public static IEndpointRouteBuilder MapAccessReplies(this IEndpointRouteBuilder api)
    {
        MakingAccessReply.Map(api.MapGroup("/data-subject-requests").WithTags("Data subjects"));
        MakingFoundPersonsReply.Map(api.MapGroup("/disclosures").WithTags("Disclosures"));
        return api;
    }
}
