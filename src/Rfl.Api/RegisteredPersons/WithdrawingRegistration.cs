using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.RegisteredPersons;

namespace Rfl.Api.RegisteredPersons;

public static class WithdrawingRegistration
{
    public static void Map(IEndpointRouteBuilder persons) =>
        persons.MapPost("/{id:guid}/withdrawal", Post)
            .WithName("WithdrawRegistration")
            .WithSummary("Takes back a registered person's consent: they are compared with nobody from now on")
            .TakesIdempotencyKey();

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawRegistration(new PersonId(id)), ct)).ToHttp();
}

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record WithdrawRegistration(PersonId PersonId) : ICommand;

public sealed class WithdrawRegistrationHandler(Desk desk) : ICommandHandler<WithdrawRegistration>
{
    public Task<Outcome> Handle(WithdrawRegistration command, CancellationToken ct)
    {
        var (id, kind) = (command.PersonId.Value, StreamKinds.RegisteredPerson);
        return desk.CarryOutAsync(command, [(id, kind.Name)], work =>
        {
            var state = work.State(kind, id);
            if (state is not RegisteredPerson.Existing existing || !RegisteredPersonAccess.Reaches(work.Viewer, existing))
                return new Outcome.NotFound();
            // A person's own no needs no version: whatever was corrected meanwhile, they withdraw.
            return work.Record(kind, id, RegisteredPersonDecider.Withdraw(state, work.Today)) ?? new Outcome.Done(id, work.VersionOf(id));
        }, ct);
    }
}
