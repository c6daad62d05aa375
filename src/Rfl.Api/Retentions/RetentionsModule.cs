using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Retentions;

/// <summary>How long records are kept after their end, and how they go (handbook §8.6).</summary>
public static class RetentionsModule
{
    public static IServiceCollection AddRetentions(this IServiceCollection services) => services
        .AddSingleton<RetentionRecords>()
        .AddInlineView<RequestRetentionRows>()
        .AddInlineView<RegistrationRetentionRows>()
        .AddInlineView<BlindQueryRetentionRows>()
        .AddInlineView<RetentionProposalRows>()
        .AddInlineView<ArchivedRequestRows>()
        .AddScheduledJob<CarryingOutRetention>();

    public static IEndpointRouteBuilder MapRetentions(this IEndpointRouteBuilder api)
    {
        var retention = api.MapGroup("/retention").WithTags("Data protection");
        ReadingRetention.Map(retention);
        DecidingOnRetention.Map(retention);
        return api;
    }
}
