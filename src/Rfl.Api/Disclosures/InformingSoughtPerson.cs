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

public static class InformingSoughtPerson
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapPut("/{tracingRequestId:guid}/{personId:guid}/information", Put)
            .WithName("InformSoughtPerson")
            .WithSummary("Records that the found person was told who searches for them")
            .TakesIdempotencyKey()
            .WithExample(new InformSoughtPersonBody(new DateOnly(2026, 11, 18), "prs", true, "The home's educator"))
            .MayRefuse("identity-not-verified", "child-not-accompanied");

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid tracingRequestId, Guid personId, InformSoughtPersonBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new InformSoughtPerson(new TracingRequestId(tracingRequestId), new PersonId(personId), body), ct)).ToHttp();
}

/// <param name="AccompaniedBy">Who was with a child; a child is never told alone (rule 14).</param>
public sealed record InformSoughtPersonBody(DateOnly InformedOn, string Language, bool ThroughInterpreter, string? AccompaniedBy = null);

[AllowedFor(Role.DisclosureOfficer)]
[Discreet]
public sealed record InformSoughtPerson(TracingRequestId TracingRequestId, PersonId PersonId, InformSoughtPersonBody Body) : ICircleCommand;

public sealed class InformSoughtPersonValidator : AbstractValidator<InformSoughtPerson>
{
    public InformSoughtPersonValidator()
    {
        RuleFor(command => command.Body.Language).LanguageTag();
    }
}

public sealed class InformSoughtPersonHandler(DisclosureDesk desk) : ICommandHandler<InformSoughtPerson>
{
    public Task<Outcome> Handle(InformSoughtPerson command, CancellationToken ct) =>
        desk.DecideAsync(command, VersionRule.NotNeeded, (disclosure, work) =>
        {
            work.HappenedOn(command.Body.InformedOn);
            return DisclosureDecider.Inform(
                disclosure, command.Body.InformedOn, command.Body.Language, command.Body.ThroughInterpreter, command.Body.AccompaniedBy, work.Today);
        }, ct);
}
