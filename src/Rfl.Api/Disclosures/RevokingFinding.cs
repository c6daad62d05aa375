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

public static class RevokingFinding
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPost("/{tracingRequestId:guid}/{personId:guid}/revocation", Post)
            .WithName("RevokeFinding")
            .WithSummary("Takes a finding back that was wrong, before anything was released")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(new RevokeFindingBody(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c0f"), "Another person of the same name: the mother's name differs."))
            .MayRefuse("already-released");

    public static async Task<CommandAnswer<CarriedOut>> Post(
        Guid tracingRequestId, Guid personId, RevokeFindingBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RevokeFinding(new TracingRequestId(tracingRequestId), new PersonId(personId), body), ct)).ToHttp();
}

public sealed record RevokeFindingBody(Guid FindingId, string Reason);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record RevokeFinding(TracingRequestId TracingRequestId, PersonId PersonId, RevokeFindingBody Body) : ICircleCommand;

public sealed class RevokeFindingValidator : AbstractValidator<RevokeFinding>
{
    public RevokeFindingValidator()
    {
        RuleFor(command => command.Body.Reason).NotEmpty();
    }
}

public sealed class RevokeFindingHandler(DisclosureDesk desk) : ICommandHandler<RevokeFinding>
{
    public Task<Outcome> Handle(RevokeFinding command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.Required, (disclosure, work) =>
            DisclosureDecider.RevokeFinding(disclosure, command.Body.FindingId, work.Viewer.Id, command.Body.Reason), ct);
}
