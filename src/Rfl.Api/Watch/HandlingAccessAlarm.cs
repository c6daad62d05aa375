using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Watch;

namespace Rfl.Api.Watch;

public static class HandlingAccessAlarm
{
    public static void Map(IEndpointRouteBuilder alarms) =>
        alarms.MapPut("/{id:guid}/handling", Put)
            .WithName("HandleAccessAlarm")
            .WithSummary("Writes down what came of an alarm")
            .TakesIdempotencyKey()
            .WithExample(new HandleAccessAlarmBody(AccessAlarmOutcome.Explained, "She took over the cases of a colleague who fell ill."))
            .MayRefuse("access-alarm-not-raised", "access-alarm-handled-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, HandleAccessAlarmBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new HandleAccessAlarm(id, body), ct)).ToHttp();
}

public sealed record HandleAccessAlarmBody(AccessAlarmOutcome Outcome, string Note)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record HandleAccessAlarm(Guid Id, HandleAccessAlarmBody Body) : ICommand;

public sealed class HandleAccessAlarmValidator : AbstractValidator<HandleAccessAlarm>
{
    public HandleAccessAlarmValidator()
    {
        RuleFor(command => command.Body.Outcome).IsInEnum();
        RuleFor(command => command.Body.Note).NotEmpty().MaximumLength(2000);
    }
}

/// <summary>Found by the watch: an alarm is raised once, however often it is found.</summary>
[AllowedForSystem]
public sealed record RaiseAccessAlarm(AccessAlarmRaised Alarm) : ICommand;

public sealed class HandleAccessAlarmHandler(Desk desk, Mail.MailOutbox outbox) : ICommandHandler<HandleAccessAlarm>, ICommandHandler<RaiseAccessAlarm>
{
    public Task<Outcome> Handle(HandleAccessAlarm command, CancellationToken ct) => desk.CarryOutAsync(
        command,
        [(command.Id, StreamKinds.AccessAlarm.Name)],
        work => work.Record(
                StreamKinds.AccessAlarm,
                command.Id,
                AccessAlarmDecider.Handle(
                    work.State(StreamKinds.AccessAlarm, command.Id), command.Body.Outcome, new PersonId(command.Id), command.Body.Note, work.Viewer.Id))
            ?? new Outcome.Done(command.Id, work.VersionOf(command.Id)),
        ct);

    public Task<Outcome> Handle(RaiseAccessAlarm command, CancellationToken ct)
    {
        var id = AccessAlarm.IdOf(command.Alarm);
        return desk.CarryOutAsync(command, [(id, StreamKinds.AccessAlarm.Name)], work =>
        {
            if (outbox.Notice(id, Mail.MailOutbox.AccessAlarmRaised, Role.DataProtectionOfficer, work.Now) is { } notice)
                work.AlsoSave(notice);
            return work.Record(StreamKinds.AccessAlarm, id, AccessAlarmDecider.Raise(work.State(StreamKinds.AccessAlarm, id), command.Alarm))
                ?? new Outcome.Done(id);
        }, ct);
    }
}
