using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.People;
using Rfl.Domain.RegisteredPersons;

namespace Rfl.Api.RegisteredPersons;

public static class RegisteringPerson
{
    public static void Map(IEndpointRouteBuilder persons) =>
        persons.MapPut("/{id:guid}", Put)
            .WithName("RegisterPerson")
            .WithSummary("Registers somebody who is safe and well or on a partner's list, or corrects what is known of them")
            .RequiresVersion()
            .TakesIdempotencyKey()
            .WithExample(Example)
            .MayRefuse(
                "registration-in-future", "registration-consent-expired", "registration-source-changed", "registration-organisation-missing", "nobody-erased-here", "person-erased");

    internal static RegisterPersonBody Example { get; } = new(
        RegistrationSource.SafeAndWell,
        new DateOnly(2026, 11, 20),
        new RegistrationConsent(ConsentForm.Written, "ti", new DateOnly(2026, 11, 20), ExpiresOn: new DateOnly(2027, 11, 20)),
        new Registration(
            new PersonDetails([PersonName.Of(new NameComponent(NameComponentKind.Given, "Tesfay"), new NameComponent(NameComponentKind.Father, "Gebremariam"))], Sex: Sex.Male),
            "Reception centre, Calais"));

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, RegisterPersonBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RegisterPerson(new PersonId(id), body), ct)).ToHttp();
}

/// <param name="Organisation">Code of the organisation whose list it is; left out for a self-registration.</param>
/// <param name="Evidence">Where the consent is proven: where the signed form is kept.</param>
/// <param name="Region">Of a registration made at headquarters; a volunteer's or focal point's own region otherwise.</param>
public sealed record RegisterPersonBody(
    RegistrationSource Source,
    DateOnly RegisteredOn,
    RegistrationConsent Consent,
    Registration Registration,
    bool IsMinor = false,
    string? Organisation = null,
    string? Region = null,
    string? Evidence = null);

[AllowedFor(Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
public sealed record RegisterPerson(PersonId PersonId, RegisterPersonBody Body) : ICommand;

public sealed class RegisterPersonValidator : AbstractValidator<RegisterPerson>
{
    public RegisterPersonValidator()
    {
        RuleFor(command => command.PersonId.Value).NotEmpty().OverridePropertyName("id");
        RuleFor(command => command.Body.RegisteredOn).InTheServicesTime();
        RuleFor(command => command.Body.Registration.Person).SetValidator(new PersonDetailsValidator());
        RuleFor(command => command).Custom((command, context) => context.CheckOthers("Body.Registration", command.Body.Registration, [command.PersonId]));
        RuleFor(command => command.Body.Consent.Language).LanguageTag();
        RuleFor(command => command.Body.Organisation).Code();
        RuleFor(command => command.Body.Region).Code();
    }
}

public sealed class RegisterPersonHandler(Desk desk, Suppression suppression) : ICommandHandler<RegisterPerson>
{
    public Task<Outcome> Handle(RegisterPerson command, CancellationToken ct)
    {
        var erased = suppression.LookOnSheet(command.PersonId, command.Body.Registration);
        return desk.CarryOutAsync(
            command,
            [(command.PersonId.Value, StreamKinds.RegisteredPerson.Name)],
            work => Register(command.PersonId, command.Body, work, erased),
            ct,
            along: erased is null ? [] : [erased]);
    }

    /// <param name="erased">Whether somebody was erased from the sheet; null where it names nobody else.</param>
    /// <param name="repeats">Whether it comes with a list, whose rows know no versions.</param>
    internal static Outcome Register(PersonId id, RegisterPersonBody body, Work work, SuppressionLookup? erased, bool repeats = false)
    {
        var kind = StreamKinds.RegisteredPerson;
        var state = work.State(kind, id.Value);
        var isNew = state is RegisteredPerson.NotRegistered;
        if (state is RegisteredPerson.Existing existing && !RegisteredPersonAccess.Reaches(work.Viewer, existing))
            return new Outcome.NotFound();
        if (OthersNamed.On(body.Registration, (state as RegisteredPerson.Existing)?.Registration.Value, erased, out var told) is { } refusal)
            return refusal;
        var registration = new PersonRegistered(
            id,
            body.Source,
            body.Organisation,
            work.Viewer.Region ?? body.Region ?? Regions.Headquarters,
            work.Viewer.Id,
            body.RegisteredOn,
            body.IsMinor,
            body.Consent,
            Personal.Of(id, told),
            body.Evidence is null ? null : Personal.Of(id, body.Evidence));
        return work.Record(kind, id.Value, RegisteredPersonDecider.Put(state, registration, work.Today))
            ?? (isNew || repeats ? null : work.Judge(id.Value))
            ?? new Outcome.Done(id.Value, work.VersionOf(id.Value), Location: $"/api/v1/registered-persons/{id}", Created: isNew);
    }
}
