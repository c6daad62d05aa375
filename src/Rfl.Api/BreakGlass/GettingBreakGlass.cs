using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.BreakGlass;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Glass = Rfl.Domain.BreakGlass.BreakGlass;

namespace Rfl.Api.BreakGlass;

public static class GettingBreakGlass
{
    public static void Map(IEndpointRouteBuilder breakGlass) =>
        breakGlass.MapGet("/{id:guid}", Get)
            .WithName("GetBreakGlass")
            .WithSummary("Shows why somebody looked beyond their cases, and what the review said");

    public static async Task<QueryAnswer<BreakGlassView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetBreakGlass(id), ct)).ToHttp();
}

/// <param name="Explanation">Absent where the person was erased.</param>
public sealed record BreakGlassView(
    Guid Id,
    TracingRequestId TracingRequestId,
    Guid OpenedBy,
    BreakGlassReason Reason,
    string? Explanation,
    DateTimeOffset OpenedAt,
    DateTimeOffset EndsAt,
    BreakGlassJudgement? Judgement,
    Guid? ReviewedBy,
    string? Note);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor, Role.DataProtectionOfficer)]
[ReadsPersonalData("break-glass")]
public sealed record GetBreakGlass(Guid Id) : IQuery<BreakGlassView>;

public sealed class GetBreakGlassHandler(EventStore store, CurrentViewer viewer, ReadLog reads) : IQueryHandler<GetBreakGlass, BreakGlassView>
{
    public async Task<QueryOutcome<BreakGlassView>> Handle(GetBreakGlass query, CancellationToken ct)
    {
        var log = reads.Along(query, ReadSubjects.OfBreakGlass(viewer.Viewer, query.Id), query.Id);
        var history = (await store.LoadAsync([(query.Id, StreamKinds.BreakGlass.Name)], [log], ct))[query.Id];
        var glass = StreamKinds.BreakGlass.Fold(history) as Glass.Existing;
        var ground = glass is null ? null : BreakGlassAccess.Ground(viewer.Viewer, glass.Opening.OpenedBy);
        if (glass is not null)
            ReadLog.Agree(log, glass.Opening.TracingRequestId.Value, history.Version, ground);
        if (glass is null || ground is null)
            return new QueryOutcome<BreakGlassView>.NotFound();
        var review = (glass as Glass.Reviewed)?.Review;
        return new QueryOutcome<BreakGlassView>.Found(
            new BreakGlassView(
                query.Id,
                glass.Opening.TracingRequestId,
                glass.Opening.OpenedBy,
                glass.Opening.Reason,
                glass.Opening.Explanation.Value,
                glass.OpenedAt,
                glass.EndsAt,
                review?.Judgement,
                review?.ReviewedBy,
                review?.Note.Value),
            history.Version);
    }
}
