using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Matches;

/// <summary>Finding the same person in the own lists (handbook §5 rules 7 and 8).</summary>
public static class MatchesModule
{
    public static IServiceCollection AddMatches(this IServiceCollection services) => services
        .AddSingleton<KeyShares>()
        .AddSingleton<MatchIndex>()
        .AddScoped<SearchRecord>()
        .AddSingleton<MatchProposing>()
        .AddSingleton<MatchIndexForm>()
        .AddHostedService<MatchProposer>()
        .AddScheduledJob<ComparingOverNight>()
        .AddScheduledJob<RescoringMatches>()
        .AddInlineView<RequestMatchRecords>()
        .AddInlineView<MatchRows>();

    public static IEndpointRouteBuilder MapMatches(this IEndpointRouteBuilder api)
    {
        SearchingPersons.Map(api);
        ProposingOnRequest.Map(api);
        var matches = api.MapGroup("/matches").WithTags("Matches");
        ListingMatches.Map(matches);
        GettingMatch.Map(matches);
        DecidingOnMatch.Map(matches);
        return api;
    }
}
