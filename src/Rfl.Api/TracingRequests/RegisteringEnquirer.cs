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

public static class RegisteringEnquirer
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/enquirer", Put)
            .WithName("RegisterEnquirer")
            .WithSummary("Registers or corrects the enquirer")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(Examples.Enquirer)
            .MayRefuse("person-id-already-used", "nobody-erased-here", "interview-finished", "person-erased");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, RegisterEnquirerBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RegisterEnquirer(new TracingRequestId(id), body), ct)).ToHttp();
}

/// <param name="Enquirer">Made by the client; names this person from now on.</param>
public sealed record RegisterEnquirerBody(PersonId Enquirer, CountryCode CountryOfStay, bool IsMinor, EnquirerDetails Details);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RegisterEnquirer(TracingRequestId TracingRequestId, RegisterEnquirerBody Body) : ICommand;

public sealed class RegisterEnquirerValidator : AbstractValidator<RegisterEnquirer>
{
    public RegisterEnquirerValidator()
    {
        RuleFor(command => command.Body.Enquirer.Value).NotEmpty().OverridePropertyName("Body.Enquirer");
        RuleFor(command => command.Body.Details.Person).SetValidator(new PersonDetailsValidator());
        RuleFor(command => command.Body.Details.Language).LanguageTag();
        RuleFor(command => command.Body.Details.OwnAttempts).NotEmpty();
        RuleFor(command => command.Body).Custom((body, context) => context.CheckOthers("Body.Details", body.Details, [body.Enquirer]));
    }
}

public sealed class RegisterEnquirerHandler(TracingRequestDesk desk) : ICommandHandler<RegisterEnquirer>
{
    public Task<Outcome> Handle(RegisterEnquirer command, CancellationToken ct)
    {
        var body = command.Body;
        return desk.DecideOnSheetAsync(
            command,
            command.TracingRequestId,
            body.Enquirer,
            body.Details,
            file => file.Enquirer?.Details.Value,
            (request, _, details) => InterviewDecider.RegisterEnquirer(request, (body with { Details = details }).ToEvent()),
            ct);
    }
}
