using Rfl.Api.Deadlines;
using Rfl.Api.Http;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjectRequests;

/// <summary>What people ask about their own data, and what the law makes of it (handbook §8.3).</summary>
public static class DataSubjectRequestsModule
{
    public static IServiceCollection AddDataSubjectRequests(this IServiceCollection services) => services
        .AddScoped<DataSubjectRequestDesk>()
        .AddInlineView<DataSubjectRequestRows>()
        .AddInlineView<DataSubjectRequestDeadlineRows>();

    public static IEndpointRouteBuilder MapDataSubjectRequests(this IEndpointRouteBuilder api)
    {
        var requests = api.MapGroup("/data-subject-requests").WithTags("Data subjects");
        ListingDataSubjectRequests.Map(requests);
        GettingDataSubjectRequest.Map(requests);
        ReceivingDataSubjectRequest.Map(requests);
        VerifyingRequester.Map(requests);
        ExtendingDataSubjectRequest.Map(requests);
        NotingRectification.Map(requests);
        AnsweringDataSubjectRequest.Map(requests);
        RefusingDataSubjectRequest.Map(requests);
        WithdrawingDataSubjectRequest.Map(requests);
        AskingForOwnData.Map(api.MapGroup("/my-tracing-request").WithTags("For enquirers").MayFindNothing());
        return api;
    }
}
