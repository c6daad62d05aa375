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

public static class RecordingSoughtPerson
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/sought-persons/{personId:guid}", Put)
            .WithName("RecordSoughtPerson")
            .WithSummary("Adds a sought person or corrects what is known of them")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(Examples.SoughtPerson)
            .MayRefuse("person-id-already-used", "nobody-erased-here", "interview-finished", "person-erased");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid personId, RecordSoughtPersonBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecordSoughtPerson(new TracingRequestId(id), new PersonId(personId), body), ct)).ToHttp();
}

/// <param name="Relation">What the sought person is to the enquirer.</param>
/// <param name="Provenance">Who told it; what an authority told never leaves before the sought person consents (rule 10).</param>
public sealed record RecordSoughtPersonBody(
    FamilyRelation Relation,
    SoughtPersonCircumstances Circumstances,
    PersonDetails Details,
    Provenance Provenance = Provenance.Enquirer);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RecordSoughtPerson(TracingRequestId TracingRequestId, PersonId PersonId, RecordSoughtPersonBody Body) : ICommand;

public sealed class RecordSoughtPersonValidator : AbstractValidator<RecordSoughtPerson>
{
    public RecordSoughtPersonValidator()
    {
        RuleFor(command => command.PersonId.Value).NotEmpty().OverridePropertyName("personId");
        RuleFor(command => command.Body.Details).SetValidator(new PersonDetailsValidator());
        RuleFor(command => command).Custom((command, context) => context.CheckOthers("Body.Details", command.Body.Details, [command.PersonId]));
    }
}

public sealed class RecordSoughtPersonHandler(TracingRequestDesk desk) : ICommandHandler<RecordSoughtPerson>
{
    public Task<Outcome> Handle(RecordSoughtPerson command, CancellationToken ct)
    {
        var (person, body) = (command.PersonId, command.Body);
        return desk.DecideOnSheetAsync(
            command,
            command.TracingRequestId,
            person,
            body.Details,
            file => file.Find(person)?.Details.Value,
            (request, work, details) => InterviewDecider.PutSoughtPerson(request, person, body.Relation, body.Circumstances, details, body.Provenance, work.Policy),
            ct);
    }
}
