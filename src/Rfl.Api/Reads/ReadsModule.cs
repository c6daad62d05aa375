namespace Rfl.Api.Reads;

/// <summary>Who looked at whom (handbook §8.4): the log that every read writes, and whoever may read it.</summary>
public static class ReadsModule
{
    public static IEndpointRouteBuilder MapReads(this IEndpointRouteBuilder api)
    {
        ListingReads.Map(api);
        ListingCircleReads.Map(api);
        return api;
    }
}
