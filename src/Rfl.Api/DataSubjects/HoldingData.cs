using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;

namespace Rfl.Api.DataSubjects;

/// <summary>A legal hold: while it lasts nobody erases the person, whatever is asked or due.</summary>
public static class HoldingData
{
    public static void Map(IEndpointRouteBuilder subjects)
    {
        subjects.MapPut("/{personId:guid}/legal-holds/{holdId:guid}", Put)
            .WithName("PlaceLegalHold")
            .WithSummary("Keeps a person's data from being erased, for a reason")
            .TakesIdempotencyKey()
            .WithExample(new PlaceLegalHoldBody(LegalHoldReason.LegalClaim, "The family has asked a court to establish guardianship."))
            .MayRefuse("legal-hold-recorded-differently", "person-erased");
        subjects.MapPost("/{personId:guid}/legal-holds/{holdId:guid}/lifting", Post)
            .WithName("LiftLegalHold")
            .WithSummary("Lifts a legal hold")
            .TakesIdempotencyKey()
            .MayRefuse("legal-hold-unknown");
    }

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid personId, Guid holdId, PlaceLegalHoldBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new PlaceLegalHold(new PersonId(personId), holdId, body), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Post(Guid personId, Guid holdId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new LiftLegalHold(new PersonId(personId), holdId), ct)).ToHttp();
}

public sealed record PlaceLegalHoldBody(LegalHoldReason Reason, string? Explanation = null);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record PlaceLegalHold(PersonId PersonId, Guid HoldId, PlaceLegalHoldBody Body) : ICommand;

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record LiftLegalHold(PersonId PersonId, Guid HoldId) : ICommand;

public sealed class PlaceLegalHoldValidator : AbstractValidator<PlaceLegalHold>
{
    public PlaceLegalHoldValidator()
    {
        RuleFor(command => command.HoldId).NotEmpty();
        RuleFor(command => command.Body.Explanation).MaximumLength(2000);
    }
}

public sealed class HoldingDataHandler(DataSubjectDesk desk) : ICommandHandler<PlaceLegalHold>, ICommandHandler<LiftLegalHold>
{
    public Task<Outcome> Handle(PlaceLegalHold command, CancellationToken ct) => desk.DecideAsync(command, command.PersonId, (subject, work) =>
        DataSubjectDecider.PlaceHold(subject, command.PersonId, command.HoldId, command.Body.Reason, command.Body.Explanation, work.Viewer.Id), ct);

    public Task<Outcome> Handle(LiftLegalHold command, CancellationToken ct) => desk.DecideAsync(command, command.PersonId, (subject, work) =>
        DataSubjectDecider.LiftHold(subject, command.HoldId, work.Viewer.Id), ct);
}
