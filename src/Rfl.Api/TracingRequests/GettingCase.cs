using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class GettingCase
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapGet("/{id:guid}", Get)
            .WithName("GetCase")
            .WithSummary("Shows a case, as it is or as it was known at a past moment");

    /// <param name="asOf">A past instant; the answer then has no ETag, since nothing can be decided on the past.</param>
    public static async Task<QueryAnswer<CaseView>> Get(Guid id, DateTimeOffset? asOf, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetCase(new TracingRequestId(id), asOf), ct)).ToHttp();
}

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("case")]
[OpenToBreakGlass]
public sealed record GetCase(TracingRequestId TracingRequestId, DateTimeOffset? AsOf) : IQuery<CaseView>;

public sealed class GetCaseHandler(CaseReader cases) : IQueryHandler<GetCase, CaseView>
{
    public async Task<QueryOutcome<CaseView>> Handle(GetCase query, CancellationToken ct)
    {
        if (await cases.ReadAsync(query, query.TracingRequestId, ct) is not { } read)
            return new QueryOutcome<CaseView>.NotFound();
        if (query.AsOf is not { } moment)
            return new QueryOutcome<CaseView>.Found(CaseViews.Of(query.TracingRequestId, read.Request, read.Unreadable, read.Policy, read.Today), read.History.Version);
        return KnownHistory.AsOf(read.History, moment) is (TracingRequest.Started past, var unreadable)
            ? CaseViews.Of(query.TracingRequestId, past, unreadable, read.Policy, read.Today)
            : new QueryOutcome<CaseView>.NotFound();
    }
}
