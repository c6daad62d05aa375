using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class RecordingChoice
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPut("/{tracingRequestId:guid}/{personId:guid}/choices/{choiceId:guid}", Put)
            .WithName("RecordChoice")
            .WithSummary("Records the found person's written choice; a second officer signs it")
            .TakesIdempotencyKey()
            .WithExample(new RecordChoiceBody(DisclosureChoice.AliveOnly, new DateOnly(2026, 11, 18), "Signed form 11, kept in the safe of the tracing service."))
            .MayRefuse("identity-not-verified", "person-not-informed", "coordinates-missing");

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid tracingRequestId, Guid personId, Guid choiceId, RecordChoiceBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecordChoice(new TracingRequestId(tracingRequestId), new PersonId(personId), choiceId, body), ct)).ToHttp();
}

/// <param name="Evidence">Where the signed form is kept.</param>
/// <param name="Coordinates">What may be passed on, under choice (a).</param>
public sealed record RecordChoiceBody(DisclosureChoice Choice, DateOnly SignedOn, string Evidence, string? Coordinates = null);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record RecordChoice(TracingRequestId TracingRequestId, PersonId PersonId, Guid ChoiceId, RecordChoiceBody Body) : ICircleCommand;

public sealed class RecordChoiceValidator : AbstractValidator<RecordChoice>
{
    public RecordChoiceValidator()
    {
        RuleFor(command => command.ChoiceId).NotEmpty();
        // Bounded, so that what is stored of every choice is equally long (docs/adr/0079).
        RuleFor(command => command.Body.Evidence).NotEmpty().MaximumLength(300);
        RuleFor(command => command.Body.Coordinates).MaximumLength(500);
    }
}

public sealed class RecordChoiceHandler(DisclosureDesk desk) : ICommandHandler<RecordChoice>
{
    public Task<Outcome> Handle(RecordChoice command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.NotNeeded, (disclosure, work) =>
        {
            work.HappenedOn(command.Body.SignedOn);
            return DisclosureDecider.RecordChoice(
                disclosure,
                command.ChoiceId,
                command.Body.Choice,
                command.Body.SignedOn,
                work.Viewer.Id,
                command.Body.Coordinates,
                command.Body.Evidence,
                work.Today);
        }, ct);
}
