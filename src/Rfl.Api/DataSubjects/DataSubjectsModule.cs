using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjects;

/// <summary>What holds for a person in every record: restriction, legal hold, erasure (handbook §8.2, §8.3).</summary>
public static class DataSubjectsModule
{
    public static IServiceCollection AddDataSubjects(this IServiceCollection services) => services
        .AddScoped<DataSubjectDesk>()
        .AddScoped<PersonErasing>()
        .AddSingleton<PersonStreams>()
        .AddSingleton<Suppression>()
        .AddSingleton<ErasedAgain>()
        .AddInlineView<DataSubjectRows>();

    public static IEndpointRouteBuilder MapDataSubjects(this IEndpointRouteBuilder api)
    {
        var subjects = api.MapGroup("/data-subjects").WithTags("Data subjects");
        GettingDataSubject.Map(subjects);
        RestrictingProcessing.Map(subjects);
        HoldingData.Map(subjects);
        ErasingPerson.Map(subjects);
        ListingErasures.Map(api);
        return api;
    }
}
