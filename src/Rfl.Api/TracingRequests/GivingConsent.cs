using FluentValidation;
using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.TracingRequests;
using Rfl.Domain.Transfers;

namespace Rfl.Api.TracingRequests;

public static class GivingConsent
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/consents/{consentId:guid}", Put)
            .WithName("GiveConsent")
            .WithSummary("Records a consent")
            .TakesIdempotencyKey()
            .WithExample(Examples.Consent)
            .MayRefuse("consent-of-unknown-person", "already-recorded-differently");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid consentId, GiveConsentBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GiveConsent(new TracingRequestId(id), consentId, body), ct)).ToHttp();
}

/// <param name="Channel">The one channel that it is for; left out for all.</param>
/// <param name="Evidence">Where the signed form or the recording is kept.</param>
/// <param name="Interpreter">Who interpreted.</param>
public sealed record GiveConsentBody(
    PersonId Person,
    ConsentPurpose Purpose,
    ConsentForm Form,
    string Language,
    bool ThroughInterpreter,
    DateOnly GivenOn,
    string? Recipient = null,
    DateOnly? ExpiresOn = null,
    TransferChannel? Channel = null,
    string? Evidence = null,
    string? Interpreter = null);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record GiveConsent(TracingRequestId TracingRequestId, Guid ConsentId, GiveConsentBody Body) : ICommand;

public sealed class GiveConsentValidator : AbstractValidator<GiveConsent>
{
    public GiveConsentValidator()
    {
        RuleFor(command => command.ConsentId).NotEmpty();
        RuleFor(command => command.Body.Language).LanguageTag();
        RuleFor(command => command.Body.Recipient).Code();
        RuleFor(command => command.Body.ExpiresOn).GreaterThanOrEqualTo(command => command.Body.GivenOn).When(command => command.Body.ExpiresOn is not null);
    }
}

public sealed class GiveConsentHandler(TracingRequestDesk desk) : ICommandHandler<GiveConsent>
{
    public Task<Outcome> Handle(GiveConsent command, CancellationToken ct) =>
        desk.DecideAsync(command, command.TracingRequestId, VersionRule.NotNeeded, (request, work) =>
            InterviewDecider.GiveConsent(request, command.Body.ToConsent(command.ConsentId), command.Body.Evidence, command.Body.Interpreter), ct);
}
