using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Retentions;

namespace Rfl.Api.Retentions;

/// <summary>The data-protection officer approves the end of a record, or keeps it for longer.</summary>
public static class DecidingOnRetention
{
    public static void Map(IEndpointRouteBuilder retention)
    {
        retention.MapPost("/proposals/{recordId:guid}/approval", Approve)
            .WithName("ApproveRetention")
            .WithSummary("Approves that a record goes, also one that was postponed; it is carried out by the next run of the job, and cannot be taken back then")
            .TakesIdempotencyKey()
            .MayRefuse("retention-not-proposed");
        retention.MapPost("/proposals/{recordId:guid}/postponement", Postpone)
            .WithName("PostponeRetention")
            .WithSummary("Keeps a record until a day, after which it is proposed again; takes the place of an earlier postponement, and takes an approval back that was not yet carried out")
            .TakesIdempotencyKey()
            .WithExample(new PostponeRetentionBody(new DateOnly(2027, 11, 30), PostponementReason.LegalClaim))
            .MayRefuse("retention-not-proposed", "retention-postponement-too-short", "retention-postponement-too-long");
    }

    public static async Task<CommandAnswer<CarriedOut>> Approve(Guid recordId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ApproveRetention(recordId), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Postpone(Guid recordId, PostponeRetentionBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new PostponeRetention(recordId, body), ct)).ToHttp();
}

public sealed record PostponeRetentionBody(DateOnly Until, PostponementReason Reason);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record ApproveRetention(Guid RecordId) : ICommand;

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record PostponeRetention(Guid RecordId, PostponeRetentionBody Body) : ICommand;

public sealed class DecidingOnRetentionHandler(Desk desk) : ICommandHandler<ApproveRetention>, ICommandHandler<PostponeRetention>
{
    public Task<Outcome> Handle(ApproveRetention command, CancellationToken ct) =>
        DecideAsync(command, command.RecordId, (state, work) => RetentionDecider.Approve(state, work.Viewer.Id), ct);

    public Task<Outcome> Handle(PostponeRetention command, CancellationToken ct) => DecideAsync(command, command.RecordId, (state, work) =>
        RetentionDecider.Postpone(state, command.Body.Until, command.Body.Reason, work.Viewer.Id, work.Today), ct);

    private Task<Outcome> DecideAsync(ICommand command, Guid record, Func<Retention, Work, Decision<IRetentionEvent>> decide, CancellationToken ct)
    {
        var (id, kind) = (Retention.StreamOf(record), StreamKinds.Retention);
        return desk.CarryOutAsync(
            command,
            [(id, kind.Name)],
            work => work.State(kind, id) is Retention.NothingProposed
                ? new Outcome.NotFound()
                : work.Record(kind, id, decide(work.State(kind, id), work)) ?? new Outcome.Done(record, work.VersionOf(id)),
            ct);
    }
}
