using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Watch;

namespace Rfl.Api.Watch;

/// <summary>Whoever looks at such a case without having it is told of. Nobody sees on the case itself that it is watched.</summary>
public static class WatchingCase
{
    public static void Map(IEndpointRouteBuilder cases)
    {
        cases.MapPut("/{tracingRequestId:guid}", Put)
            .WithName("WatchCase")
            .WithSummary("Puts a case under watch: a colleague is in it, or somebody whom everybody knows")
            .TakesIdempotencyKey()
            .WithExample(new WatchCaseBody(WatchReason.WellKnown));
        cases.MapDelete("/{tracingRequestId:guid}", Delete)
            .WithName("EndCaseWatch")
            .WithSummary("Ends the watch over a case")
            .TakesIdempotencyKey();
    }

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid tracingRequestId, WatchCaseBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WatchCase(new TracingRequestId(tracingRequestId), body), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Delete(Guid tracingRequestId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new EndCaseWatch(new TracingRequestId(tracingRequestId)), ct)).ToHttp();
}

/// <param name="AccountId">The colleague's account, where the person has one here.</param>
public sealed record WatchCaseBody(WatchReason Reason, Guid? AccountId = null);

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer)]
public sealed record WatchCase(TracingRequestId TracingRequestId, WatchCaseBody Body) : ICommand;

[AllowedFor(Role.Supervisor, Role.DataProtectionOfficer)]
public sealed record EndCaseWatch(TracingRequestId TracingRequestId) : ICommand;

public sealed class WatchCaseValidator : AbstractValidator<WatchCase>
{
    public WatchCaseValidator() => RuleFor(command => command.Body.Reason).IsInEnum();
}

public sealed class WatchingCaseHandler(Desk desk) : ICommandHandler<WatchCase>, ICommandHandler<EndCaseWatch>
{
    public Task<Outcome> Handle(WatchCase command, CancellationToken ct) => DecideAsync(
        command,
        command.TracingRequestId,
        (state, by) => WatchedCaseDecider.PutUnderWatch(
            state, new CasePutUnderWatch(command.TracingRequestId, command.Body.Reason, command.Body.AccountId, by)),
        ct);

    public Task<Outcome> Handle(EndCaseWatch command, CancellationToken ct) =>
        DecideAsync(command, command.TracingRequestId, WatchedCaseDecider.EndWatch, ct);

    private Task<Outcome> DecideAsync(
        ICommand command, TracingRequestId request, Func<WatchedCase, Guid, Decision<IWatchedCaseEvent>> decide, CancellationToken ct)
    {
        var (id, kind) = (WatchedCase.IdOf(request), StreamKinds.WatchedCase);
        return desk.CarryOutAsync(command, [(id, kind.Name), (request.Value, StreamKinds.TracingRequest.Name)], work =>
        {
            if (work.State(StreamKinds.TracingRequest, request.Value) is not TracingRequest.Started)
                return new Outcome.NotFound();
            return work.Record(kind, id, decide(work.State(kind, id), work.Viewer.Id)) ?? new Outcome.Done(request.Value, work.VersionOf(id));
        }, ct);
    }
}
