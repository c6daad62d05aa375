using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.TracingRequests;

public static class RecordingLossOfContact
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/sought-persons/{personId:guid}/loss-of-contact", Put)
            .WithName("RecordLossOfContact")
            .WithSummary("Records how contact was lost")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(Examples.LossOfContact)
            .MayRefuse("sought-person-unknown", "person-id-already-used", "nobody-erased-here", "person-erased");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid personId, RecordLossOfContactBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecordLossOfContact(new TracingRequestId(id), new PersonId(personId), body), ct)).ToHttp();
}

public sealed record RecordLossOfContactBody(BreakOfContact Cause, CountryCode? Country, LossOfContact Account);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RecordLossOfContact(TracingRequestId TracingRequestId, PersonId PersonId, RecordLossOfContactBody Body) : ICommand;

public sealed class RecordLossOfContactValidator : AbstractValidator<RecordLossOfContact>
{
    public RecordLossOfContactValidator()
    {
        RuleFor(command => command.Body.Account.Circumstances).NotEmpty();
        RuleFor(command => command).Custom((command, context) => context.CheckOthers("Body.Account", command.Body.Account, [command.PersonId]));
    }
}

public sealed class RecordLossOfContactHandler(TracingRequestDesk desk) : ICommandHandler<RecordLossOfContact>
{
    public Task<Outcome> Handle(RecordLossOfContact command, CancellationToken ct)
    {
        var (person, body) = (command.PersonId, command.Body);
        return desk.DecideOnSheetAsync(
            command,
            command.TracingRequestId,
            person,
            body.Account,
            file => file.Find(person)?.Loss?.Account.Value,
            (request, _, account) => InterviewDecider.RecordLossOfContact(request, (body with { Account = account }).ToEvent(person)),
            ct);
    }
}
