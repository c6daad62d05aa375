using Rfl.Api.Casework;
using Rfl.Api.Deadlines;
using Rfl.Api.Mail;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;

namespace Rfl.Api.Breaches;

/// <summary>Commands on one breach.</summary>
public sealed class BreachDesk(Desk desk)
{
    public Task<Outcome> DecideAsync(ICommand command, Guid id, Func<Breach, Work, Decision<IBreachEvent>> decide, CancellationToken ct) => desk.CarryOutAsync(
        command,
        [(id, StreamKinds.Breach.Name)],
        work => work.Record(StreamKinds.Breach, id, decide(work.State(StreamKinds.Breach, id), work)) ?? new Outcome.Done(id, work.VersionOf(id)),
        ct);
}

/// <summary>The authority has not been told: after 48 hours there is a day left, after 72 there is none.</summary>
[AllowedForSystem]
public sealed record PassBreachDeadline(Guid BreachId, DeadlineKey Deadline) : ICommand;

public sealed class PassBreachDeadlineHandler(DeadlineDesk deadlines) : ICommandHandler<PassBreachDeadline>
{
    public Task<Outcome> Handle(PassBreachDeadline command, CancellationToken ct) => deadlines.PassAsync(
        command,
        StreamKinds.Breach,
        command.BreachId,
        command.Deadline,
        BreachDeadlines.Of,
        BreachDecider.PassDeadline,
        new RoleNotice(Role.DataProtectionOfficer, MailOutbox.BreachNotificationDue),
        ct);
}
