using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class CountersigningChoice
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPost("/{tracingRequestId:guid}/{personId:guid}/choices/{choiceId:guid}/countersignature", Post)
            .WithName("CountersignChoice")
            .WithSummary("A second officer signs the choice; only now does anything follow from it")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .MayRefuse("choice-unknown", "second-officer-needed", "already-countersigned", "death-reported", "child-protection-approval-missing");

    public static async Task<CommandAnswer<CarriedOut>> Post(
        Guid tracingRequestId, Guid personId, Guid choiceId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new CountersignChoice(new TracingRequestId(tracingRequestId), new PersonId(personId), choiceId), ct)).ToHttp();
}

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record CountersignChoice(TracingRequestId TracingRequestId, PersonId PersonId, Guid ChoiceId) : ICircleCommand;

public sealed class CountersignChoiceHandler(DisclosureDesk desk) : ICommandHandler<CountersignChoice>
{
    public Task<Outcome> Handle(CountersignChoice command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.Required, (disclosure, work) =>
            DisclosureDecider.Countersign(disclosure, command.ChoiceId, work.Viewer.Id), ct);
}
