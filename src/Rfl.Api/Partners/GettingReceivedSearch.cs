using MediatR;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Api.PartnerSearches;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Infrastructure.Identity;

namespace Rfl.Api.Partners;

public static class GettingReceivedSearch
{
    public static void Map(IEndpointRouteBuilder partner) =>
        partner.MapGet("/searches/{id:guid}", Get)
            .RequireScope(ApiKeyScopes.ReadTransmissions)
            .WithName("GetReceivedSearch")
            .WithSummary("Shows a search that your society was asked to make, and what you answered");

    public static async Task<QueryAnswer<ReceivedSearchView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetReceivedSearch(new PartnerSearchId(id)), ct)).ToHttp();
}

/// <param name="Sent">Absent once the search was recalled: delete what you hold.</param>
/// <param name="Answers">Your own answers. Findings are handled by the disclosure officers; speak of them to nobody else.</param>
public sealed record ReceivedSearchView(
    PartnerSearchId Id,
    ReceivedSearchStatus Status,
    bool Urgent,
    SentView? Sent,
    ValueList<PartnerResponseView> Answers);

public enum ReceivedSearchStatus
{
    Received,
    Acknowledged,
    Answered,
    Recalled,
}

[AllowedFor(Role.PartnerSociety)]
[ReadsPersonalData("received-search")]
public sealed record GetReceivedSearch(PartnerSearchId PartnerSearchId) : IQuery<ReceivedSearchView>;

public sealed class GetReceivedSearchHandler(PartnerInbox inbox) : IQueryHandler<GetReceivedSearch, ReceivedSearchView>
{
    public async Task<QueryOutcome<ReceivedSearchView>> Handle(GetReceivedSearch query, CancellationToken ct)
    {
        if (await inbox.ReadAsync(query, query.PartnerSearchId, ct) is not { } item)
            return new QueryOutcome<ReceivedSearchView>.NotFound();
        var (search, file) = (item.Search, item.Search.File);
        var answers = file.Responses.Values
            .Select(response => new PartnerResponseView(
                response.ResponseId,
                response.Answer,
                response.Message?.Value,
                file.Provided.TryGetValue(response.ResponseId, out var provided) ? provided.Message.Value : null))
            .Concat(item.OwnFindings.Select(finding => new PartnerResponseView(finding.Id, finding.Answer, null, null)))
            .OrderBy(answer => answer.Id)
            .ToValueList();
        var isRecalled = search is PartnerSearch.Recalled;
        return new ReceivedSearchView(
            query.PartnerSearchId,
            StatusOf(search, answers.Any(answer => answer.Answer != PartnerAnswer.AsksForDetails)),
            file.Preparation.Urgent,
            !isRecalled && file.Sent is { } sent ? new SentView(sent.OurReference, sent.Enquirer?.Value, sent.SoughtPerson.Value) : null,
            isRecalled ? [] : answers);
    }

    private static ReceivedSearchStatus StatusOf(PartnerSearch search, bool answered) => search switch
    {
        PartnerSearch.Recalled => ReceivedSearchStatus.Recalled,
        _ when answered => ReceivedSearchStatus.Answered,
        PartnerSearch.Transmitted { Acknowledged: true } => ReceivedSearchStatus.Acknowledged,
        _ => ReceivedSearchStatus.Received,
    };
}
