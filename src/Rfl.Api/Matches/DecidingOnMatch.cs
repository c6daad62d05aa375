using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Mail;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.Matches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Matches;

/// <summary>What people decide on a match (rule 8): one confirms, another reviews, either rejects, and each of it can be undone.</summary>
public static class DecidingOnMatch
{
    public static void Map(IEndpointRouteBuilder matches)
    {
        matches.MapPost("/{id:guid}/confirmation", Confirm)
            .WithName("ConfirmMatch")
            .WithSummary("Holds both to be the same person; a second person has to review it")
            .RequiresVersion().TakesIdempotencyKey().MayRefuse("match-not-proposed", "processing-restricted");
        matches.MapPost("/{id:guid}/review", Review)
            .WithName("ReviewMatch")
            .WithSummary("Reviews what somebody else confirmed; two requests for the same sought person are then linked. Nothing is merged, closed or disclosed")
            .RequiresVersion().TakesIdempotencyKey().MayRefuse("match-not-confirmed", "match-second-person-needed", "processing-restricted");
        matches.MapPost("/{id:guid}/rejection", Reject)
            .WithName("RejectMatch")
            .WithSummary("Rejects the match, which is remembered until the evidence changes")
            .RequiresVersion().TakesIdempotencyKey().WithExample(new RejectMatchBody(MatchRejectionReason.Sibling))
            .MayRefuse("match-not-proposed", "match-already-reviewed", "processing-restricted");
        matches.MapPost("/{id:guid}/undoing", Undo)
            .WithName("UndoMatchDecision")
            .WithSummary("Takes a confirmation, review or rejection back: the match is a proposal again")
            .RequiresVersion().TakesIdempotencyKey().MayRefuse("match-not-proposed", "processing-restricted");
    }

    public static Task<CommandAnswer<CarriedOut>> Confirm(Guid id, IMediator mediator, CancellationToken ct) => Send(new ConfirmMatch(new MatchId(id)), mediator, ct);

    public static Task<CommandAnswer<CarriedOut>> Review(Guid id, IMediator mediator, CancellationToken ct) => Send(new ReviewMatch(new MatchId(id)), mediator, ct);

    public static Task<CommandAnswer<CarriedOut>> Reject(Guid id, RejectMatchBody body, IMediator mediator, CancellationToken ct) =>
        Send(new RejectMatch(new MatchId(id), body), mediator, ct);

    public static Task<CommandAnswer<CarriedOut>> Undo(Guid id, IMediator mediator, CancellationToken ct) => Send(new UndoMatchDecision(new MatchId(id)), mediator, ct);

    private static async Task<CommandAnswer<CarriedOut>> Send(ICommand command, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(command, ct)).ToHttp();
}

public sealed record RejectMatchBody(MatchRejectionReason Reason);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ConfirmMatch(MatchId MatchId) : ICommand;

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record ReviewMatch(MatchId MatchId) : ICommand;

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RejectMatch(MatchId MatchId, RejectMatchBody Body) : ICommand;

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record UndoMatchDecision(MatchId MatchId) : ICommand;

public sealed class MatchDecisionHandlers(Desk desk, EventStore store, MailOutbox outbox)
    : ICommandHandler<ConfirmMatch>, ICommandHandler<ReviewMatch>, ICommandHandler<RejectMatch>, ICommandHandler<UndoMatchDecision>
{
    public Task<Outcome> Handle(ConfirmMatch command, CancellationToken ct) =>
        DecideAsync(command, command.MatchId, (match, work) => MatchDecider.Confirm(match, work.Viewer.Id), ct, (match, work) => Tell(match, MatchNotice.MatchConfirmed, work));

    public Task<Outcome> Handle(ReviewMatch command, CancellationToken ct) =>
        DecideAsync(command, command.MatchId, (match, work) => MatchDecider.Review(match, work.Viewer.Id), ct, (match, work) => Link(match, work) ?? Tell(match, MatchNotice.MatchReviewed, work));

    public Task<Outcome> Handle(RejectMatch command, CancellationToken ct) =>
        DecideAsync(command, command.MatchId, (match, work) => MatchDecider.Reject(match, work.Viewer.Id, command.Body.Reason), ct);

    public Task<Outcome> Handle(UndoMatchDecision command, CancellationToken ct) =>
        DecideAsync(command, command.MatchId, (match, work) => MatchDecider.Undo(match, work.Viewer.Id), ct);

    /// <summary>
    /// A round trip more than other commands: which records a match is about stands in the match. Whoever decides has to be able to see both of them.
    /// </summary>
    private async Task<Outcome> DecideAsync(
        ICommand command, MatchId id, Func<Match, Work, Decision<IMatchEvent>> decide, CancellationToken ct, Func<Match.Existing, Work, Outcome?>? afterwards = null)
    {
        if (StreamKinds.Match.Fold(await store.LoadAsync(id.Value, StreamKinds.Match.Name, ct)) is not Match.Existing known || known is Match.Closed)
            return new Outcome.NotFound();
        var restricted = RestrictedPersons.Among(known.First.Person, known.Second.Person);
        return await desk.CarryOutAsync(
            command,
            [(id.Value, StreamKinds.Match.Name), MatchReach.StreamOf(known.First), MatchReach.StreamOf(known.Second)],
            work =>
            {
                if (!MatchReach.Covers(work, known.First) || !MatchReach.Covers(work, known.Second))
                    return new Outcome.NotFound();
                if (restricted.Persons.Count > 0)
                    return DataSubjectRefusals.Restricted;
                if (work.Record(StreamKinds.Match, id.Value, decide(work.State(StreamKinds.Match, id.Value), work)) is { } refused)
                    return refused;
                if (work.Judge(id.Value) is { } stale)
                    return stale;
                if (!work.HasEvents)
                    return new Outcome.Done(id.Value, work.VersionOf(id.Value));
                return afterwards?.Invoke(known, work) ?? new Outcome.Done(id.Value, work.VersionOf(id.Value));
            },
            ct,
            along: [restricted]);
    }

    /// <summary>Tells those who work on the requests. Always the same words, whoever they are and whatever the disclosure circle knows.</summary>
    private Outcome? Tell(Match.Existing match, MatchNotice told, Work work)
    {
        foreach (var request in new[] { match.First, match.Second }.Where(side => side.Role != MatchRole.Registered).Select(side => side.Record).Distinct())
        {
            if (outbox.Notice(request, told, work.Now) is { } notice)
                work.AlsoSave(notice);
        }

        return null;
    }

    /// <summary>
    /// Two requests that seek the same person are linked (rule 5). Any other match may mean that somebody was found; that is for staff to report inside the
    /// disclosure circle, and nothing of it goes into a request (rule 12).
    /// </summary>
    private static Outcome? Link(Match.Existing match, Work work)
    {
        if (match.First.Role != MatchRole.Sought || match.Second.Role != MatchRole.Sought)
            return null;
        var kind = StreamKinds.TracingRequest;
        var (first, second) = (new TracingRequestId(match.First.Record), new TracingRequestId(match.Second.Record));
        return work.Record(kind, first.Value, AssessmentDecider.Link(work.State(kind, first.Value), first, second, LinkReason.SameSoughtPerson))
            ?? work.Record(kind, second.Value, AssessmentDecider.Link(work.State(kind, second.Value), second, first, LinkReason.SameSoughtPerson));
    }
}
