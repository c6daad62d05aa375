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

public static class VerifyingIdentity
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPut("/{tracingRequestId:guid}/{personId:guid}/identity", Put)
            .WithName("VerifyIdentity")
            .WithSummary("Records how the found person's identity was verified")
            .TakesIdempotencyKey()
            .WithExample(new VerifyIdentityBody(new DateOnly(2026, 11, 18), "Named both parents and the village; knew the scar."))
            .MayRefuse("nothing-found");

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid tracingRequestId, Guid personId, VerifyIdentityBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new VerifyIdentity(new TracingRequestId(tracingRequestId), new PersonId(personId), body), ct)).ToHttp();
}

public sealed record VerifyIdentityBody(DateOnly VerifiedOn, string How);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record VerifyIdentity(TracingRequestId TracingRequestId, PersonId PersonId, VerifyIdentityBody Body) : ICircleCommand;

public sealed class VerifyIdentityValidator : AbstractValidator<VerifyIdentity>
{
    public VerifyIdentityValidator()
    {
        RuleFor(command => command.Body.How).NotEmpty();
    }
}

public sealed class VerifyIdentityHandler(DisclosureDesk desk) : ICommandHandler<VerifyIdentity>
{
    public Task<Outcome> Handle(VerifyIdentity command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.NotNeeded, (disclosure, work) =>
        {
            work.HappenedOn(command.Body.VerifiedOn);
            return DisclosureDecider.VerifyIdentity(disclosure, command.Body.VerifiedOn, command.Body.How, work.Today);
        }, ct);
}
