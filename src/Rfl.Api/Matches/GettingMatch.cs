using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Matches;
using Rfl.Domain.Matching;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Matches;

public static class GettingMatch
{
    public static void Map(IEndpointRouteBuilder matches) =>
        matches.MapGet("/{id:guid}", Get).WithName("GetMatch").WithSummary("Shows why two people may be the same, field by field");

    public static async Task<QueryAnswer<MatchView>> Get(Guid id, HttpContext context, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetMatch(new MatchId(id), Language.Of(context)), ct)).ToHttp();
}

/// <param name="Reasons">Values of a side that the viewer may not see are left out.</param>
public sealed record MatchView(
    MatchId Id, MatchStateView State, double Probability, bool ProbablySibling, MatchSide First, MatchSide Second, ValueList<ReasonView> Reasons);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsPersonalData("match")]
public sealed record GetMatch(MatchId MatchId, string Language) : IQuery<MatchView>;

public sealed class GetMatchHandler(EventStore store, CurrentViewer viewer, ReadLog reads) : IQueryHandler<GetMatch, MatchView>
{
    public async Task<QueryOutcome<MatchView>> Handle(GetMatch query, CancellationToken ct)
    {
        var history = await store.LoadAsync(query.MatchId.Value, StreamKinds.Match.Name, ct);
        if (StreamKinds.Match.Fold(history) is not Match.Existing match || match is Match.Closed)
            return new QueryOutcome<MatchView>.NotFound();
        var log = reads.Along(query, ReadSubjects.OfMatch(viewer.Viewer, match.First, match.Second), match.First.Record, match.Second.Record);
        var records = await store.LoadAsync([MatchReach.StreamOf(match.First), MatchReach.StreamOf(match.Second)], [log], ct);
        var (firstRecord, secondRecord) = (records[match.First.Record], records[match.Second.Record]);
        var groundOfFirst = MatchReach.Ground(viewer.Viewer, match.First, firstRecord, out var first);
        var groundOfSecond = MatchReach.Ground(viewer.Viewer, match.Second, secondRecord, out var second);
        ReadLog.Agree(log, firstRecord.Id, firstRecord.Version, groundOfFirst);
        ReadLog.Agree(log, secondRecord.Id, secondRecord.Version, groundOfSecond);
        var (seesFirst, seesSecond) = (groundOfFirst is not null, groundOfSecond is not null);
        if (!seesFirst && !seesSecond)
            return new QueryOutcome<MatchView>.NotFound();
        return new QueryOutcome<MatchView>.Found(
            new MatchView(
                query.MatchId,
                MatchStates.Of(match),
                Math.Round(match.Evidence.Probability, 4),
                match.Evidence.ProbablySibling,
                match.First,
                match.Second,
                match.Evidence.Reasons.Select(reason => MatchReasons.View(
                    new Reason(reason.Field, reason.Agreement, (float)reason.LogOdds),
                    seesFirst ? first : null,
                    seesSecond ? second : null,
                    query.Language)).ToValueList()),
            history.Version);
    }
}
