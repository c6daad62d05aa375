namespace Rfl.Api.Transfers;

/// <summary>The register of what left the house (handbook §8.5).</summary>
public static class TransfersModule
{
    public static IServiceCollection AddTransfers(this IServiceCollection services) => services.AddScoped<TransferRegister>();

    public static IEndpointRouteBuilder MapTransfers(this IEndpointRouteBuilder api)
    {
        ReadingTransfers.Map(api);
        return api;
    }
}
