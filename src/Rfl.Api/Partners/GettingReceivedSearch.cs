using MediatR;
using Rfl.Api.Access;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Transfers;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;
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

/// <param name="Sent">Absent once the search was recalled: delete what you hold. What may not be passed on any longer is left out.</param>
/// <param name="Answers">Your own answers. Findings are handled by the disclosure officers; speak of them to nobody else.</param>
public sealed record ReceivedSearchView(
    PartnerSearchId Id,
    ReceivedSearchStatus Status,
    bool Urgent,
    Released<SentExtract>? Sent,
    ValueList<ReceivedAnswerView> Answers);

/// <param name="Answer">Absent where it cannot be read.</param>
/// <param name="Message">Your own words.</param>
/// <param name="Details">Ours, to your question.</param>
public sealed record ReceivedAnswerView(Guid Id, PartnerAnswer? Answer, string? Message, Released<string>? Details);

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

public sealed class GetReceivedSearchHandler(PartnerInbox inbox, TransferRegister register, TimeProvider clock) : IQueryHandler<GetReceivedSearch, ReceivedSearchView>
{
    public async Task<QueryOutcome<ReceivedSearchView>> Handle(GetReceivedSearch query, CancellationToken ct)
    {
        if (await inbox.ReadAsync(query, query.PartnerSearchId, ct) is not { } item)
            return new QueryOutcome<ReceivedSearchView>.NotFound();
        var (search, file) = (item.Search, item.Search.File);
        var (sent, details) = ReadableNow(item);
        var answers = file.Responses.Values
            .Select(response => new ReceivedAnswerView(
                response.ResponseId, response.Answer, response.Message?.Value, details.GetValueOrDefault(response.ResponseId)))
            .Concat(item.OwnFindings.Select(finding => new ReceivedAnswerView(finding.Id, finding.Answer, null, null)))
            .OrderBy(answer => answer.Id)
            .ToValueList();
        await register.NoteReadingAsync(
            item.Noted,
            file.Preparation.TracingRequestId.Value,
            item.History,
            [.. sent is null ? [] : new[] { sent.Transfer }, .. details.Values.Select(words => words.Transfer)],
            ct);
        return new ReceivedSearchView(
            query.PartnerSearchId,
            StatusOf(search, answers.Any(answer => answer.Answer != PartnerAnswer.AsksForDetails)),
            file.Preparation.Urgent,
            sent,
            search is PartnerSearch.Recalled ? [] : answers);
    }

    /// <summary>Permission is asked at every reading: a consent may have run out since the transmission.</summary>
    private (Released<SentExtract>? Sent, Dictionary<Guid, Released<string>> Details) ReadableNow(PartnerItem item)
    {
        var (prepared, details) = (item.Search.File.Preparation, new Dictionary<Guid, Released<string>>());
        if (item.Search is PartnerSearch.Recalled
            || item.Request is not TracingRequest.Started { File: var file }
            || !item.Policy.Partners.TryGetValue(prepared.Society, out var partner))
        {
            return (null, details);
        }

        var (route, today) = (PartnerSearchDecider.RouteTo(partner), WorkingCalendar.DayOf(clock.GetUtcNow()));
        foreach (var (response, provided) in item.Search.File.Provided)
        {
            if (TransferPermission.WordsBefore(provided, prepared.SoughtPerson, route, file, today, item.Policy) is { } words)
                details.Add(response, words);
        }

        return (
            item.Search.File.Sent is { } sent ? TransferPermission.SentBefore(sent, prepared.SoughtPerson, route, file, today, item.Policy) : null,
            details);
    }

    private static ReceivedSearchStatus StatusOf(PartnerSearch search, bool answered) => search switch
    {
        PartnerSearch.Recalled => ReceivedSearchStatus.Recalled,
        _ when answered => ReceivedSearchStatus.Answered,
        PartnerSearch.Transmitted { Acknowledged: true } => ReceivedSearchStatus.Acknowledged,
        _ => ReceivedSearchStatus.Received,
    };
}
