using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.PartnerSearches;

public static class GettingPartnerSearch
{
    public static void Map(IEndpointRouteBuilder searches) =>
        searches.MapGet("/{searchId:guid}", Get)
            .WithName("GetPartnerSearch")
            .WithSummary("Shows a search asked of a partner: what was sent, what came back, what is waited for");

    public static async Task<QueryAnswer<PartnerSearchView>> Get(Guid id, Guid searchId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetPartnerSearch(new TracingRequestId(id), new PartnerSearchId(searchId)), ct)).ToHttp();
}

public enum PartnerSearchStatus
{
    Prepared,
    Transmitted,
    Acknowledged,
    DetailsAsked,
    Negative,
    CannotSearch,
    Recalled,
}

/// <param name="Sent">Exactly what left the house.</param>
public sealed record PartnerSearchView(
    PartnerSearchId Id,
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string Society,
    PartnerSearchStatus Status,
    bool Escalated,
    ValueList<TransferField> Fields,
    ValueList<Guid> Grounds,
    SentView? Sent,
    ValueList<PartnerResponseView> Responses,
    ValueList<DeadlineView> Deadlines);

public sealed record SentView(string OurReference, EnquirerExtract? Enquirer, SoughtPersonExtract? SoughtPerson);

public sealed record PartnerResponseView(Guid Id, PartnerAnswer Answer, string? Message, string? Details);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("partner-search")]
public sealed record GetPartnerSearch(TracingRequestId TracingRequestId, PartnerSearchId PartnerSearchId) : IQuery<PartnerSearchView>;

public sealed class GetPartnerSearchHandler(EventStore store, PolicyReader policies, CurrentViewer viewer, ReadLog reads, TimeProvider clock)
    : IQueryHandler<GetPartnerSearch, PartnerSearchView>
{
    public async Task<QueryOutcome<PartnerSearchView>> Handle(GetPartnerSearch query, CancellationToken ct)
    {
        var version = new PolicyVersionAlong();
        var log = reads.Along(
            query,
            ReadSubjects.OfPartnerSearch(query, viewer.Viewer, clock.GetUtcNow(), query.TracingRequestId, query.PartnerSearchId),
            query.TracingRequestId.Value);
        var loaded = await store.LoadAsync(
            [(query.PartnerSearchId.Value, StreamKinds.PartnerSearch.Name), (query.TracingRequestId.Value, StreamKinds.TracingRequest.Name)], [version, log], ct);
        var request = loaded[query.TracingRequestId.Value];
        var history = loaded[query.PartnerSearchId.Value];
        var search = StreamKinds.PartnerSearch.Fold(history) as PartnerSearch.Existing;
        var ground = search?.File.Preparation.TracingRequestId == query.TracingRequestId
            ? Reach.Ground(query, viewer.Viewer, StreamKinds.TracingRequest.Fold(request), ReadLog.BrokeGlass(log))
            : null;
        ReadLog.Agree(log, request.Id, request.Version, ground);
        if (ground is null || search is null)
            return new QueryOutcome<PartnerSearchView>.NotFound();

        var policy = await policies.CatchUpAsync(version, ct);
        return new QueryOutcome<PartnerSearchView>.Found(PartnerSearchViews.Of(query.PartnerSearchId, search, policy), history.Version);
    }
}

public static class PartnerSearchViews
{
    public static PartnerSearchView Of(PartnerSearchId id, PartnerSearch.Existing search, Policy policy)
    {
        var file = search.File;
        return new PartnerSearchView(
            id,
            file.Preparation.TracingRequestId,
            file.Preparation.SoughtPerson,
            file.Preparation.Society,
            StatusOf(search),
            search is PartnerSearch.Transmitted { Escalated: true },
            file.Preparation.Fields,
            file.Sent?.Grounds ?? file.Preparation.Grounds,
            file.Sent is { } sent ? new SentView(sent.OurReference, sent.Enquirer?.Value, sent.SoughtPerson.Value) : null,
            file.Responses.Values.OrderBy(response => response.ResponseId)
                .Select(response => new PartnerResponseView(
                    response.ResponseId,
                    response.Answer,
                    response.Message?.Value,
                    file.Provided.TryGetValue(response.ResponseId, out var provided) ? provided.Message.Value : null))
                .ToValueList(),
            PartnerSearchDeadlines.Of(search).Select(open => (open, DueAt: policy.DueAt(open))).Where(row => row.DueAt is not null)
                .OrderBy(row => row.DueAt)
                .Select(row => new DeadlineView(row.open.Key, row.DueAt!.Value, row.open.PassedAt)).ToValueList());
    }

    public static PartnerSearchStatus StatusOf(PartnerSearch.Existing search) => search switch
    {
        PartnerSearch.Prepared => PartnerSearchStatus.Prepared,
        PartnerSearch.Recalled => PartnerSearchStatus.Recalled,
        PartnerSearch.Transmitted { Answer: PartnerAnswer.AsksForDetails } => PartnerSearchStatus.DetailsAsked,
        PartnerSearch.Transmitted { Answer: PartnerAnswer.Negative } => PartnerSearchStatus.Negative,
        PartnerSearch.Transmitted { Answer: PartnerAnswer.CannotSearch } => PartnerSearchStatus.CannotSearch,
        PartnerSearch.Transmitted { Acknowledged: true } => PartnerSearchStatus.Acknowledged,
        PartnerSearch.Transmitted => PartnerSearchStatus.Transmitted,
        _ => throw new InvalidOperationException($"No status for {search.GetType().Name}."),
    };
}
