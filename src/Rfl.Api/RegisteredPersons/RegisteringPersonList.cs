using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Consents;
using Rfl.Domain.DataSubjects;
using Rfl.Domain.RegisteredPersons;

namespace Rfl.Api.RegisteredPersons;

public static class RegisteringPersonList
{
    /// <summary>Rows of one list; longer ones are sent in parts.</summary>
    public const int MostRows = 1000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/registered-person-lists", Post)
            .WithTags("Registered persons")
            .WithName("RegisterPersonList")
            .WithSummary("Registers the persons of a list in CSV, with a result for every row; the same list again changes nothing")
            .WithMetadata(new RequestSizeLimitAttribute(2 * 1024 * 1024), new LongTextAttribute(1_000_000))
            .WithExample(new RegisterPersonListBody(
                new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c10"),
                RegistrationSource.Shelter,
                "night-shelter-nord",
                new DateOnly(2026, 11, 20),
                new RegistrationConsent(ConsentForm.Written, "fr", new DateOnly(2026, 11, 20), ExpiresOn: new DateOnly(2027, 5, 20)),
                "number,name,father_name,sex,birth,calendar,birthplace\n17,Tesfay Gebremariam,Gebremariam Haile,M,1990,Ethiopian,Keren\n"));

    public static async Task<CommandAnswer<PersonListResult>> Post(RegisterPersonListBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RegisterPersonList(body), ct)).ToHttp<PersonListResult>();
}

/// <param name="ListId">Made by the client; with the column <c>number</c>, or else the row's place, it gives each row its person's id.</param>
/// <param name="Consent">Holds for the rows that give no dates of their own.</param>
/// <param name="Csv">
/// With a header. Columns: <c>name</c> or <c>given_name</c>, <c>father_name</c>, <c>family_name</c>; <c>number</c>, <c>mother_name</c>, <c>sex</c>, <c>birth</c>,
/// <c>calendar</c>, <c>birthplace</c>, <c>country</c>, <c>whereabouts</c>, <c>minor</c>, <c>consent_given_on</c>, <c>consent_expires_on</c>.
/// </param>
public sealed record RegisterPersonListBody(
    Guid ListId,
    RegistrationSource Source,
    string Organisation,
    DateOnly RegisteredOn,
    RegistrationConsent Consent,
    string Csv,
    string? Region = null)
{
    public override string ToString() => "personal";
}

/// <param name="UnknownColumns">Columns that nothing was read from, as their header has them: corrected, the same list may be sent again.</param>
/// <param name="KnownColumns">All that can be read, where a column is unknown.</param>
public sealed record PersonListResult(
    int Registered, int Unchanged, int Refused, ValueList<PersonRowResult> Rows, ValueList<string> UnknownColumns, ValueList<string> KnownColumns);

/// <param name="Row">From 1, the header not counted.</param>
/// <param name="Code">Why the row was refused.</param>
/// <param name="Column">The column to change, where one is to blame.</param>
public sealed record PersonRowResult(int Row, PersonId? Id, PersonRowStatus Status, string? Code = null, string? Column = null);

public enum PersonRowStatus
{
    Registered,
    Unchanged,
    Refused,
}

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.Supervisor)]
[ReadsNoPersonalData("Ids, codes and headers for the rows that the caller just sent.")]
public sealed record RegisterPersonList(RegisterPersonListBody Body) : ICommand;

public sealed class RegisterPersonListValidator : AbstractValidator<RegisterPersonList>
{
    public RegisterPersonListValidator()
    {
        RuleFor(command => command.Body.ListId).NotEmpty();
        RuleFor(command => command.Body.RegisteredOn).InTheServicesTime();
        RuleFor(command => command.Body.Organisation).NotEmpty().Code();
        RuleFor(command => command.Body.Consent.Language).LanguageTag();
        RuleFor(command => command.Body.Csv).NotEmpty();
        RuleFor(command => command.Body.Region).Code();
    }
}

/// <summary>Each row is a registration of its own, two round trips each: a bad row keeps no good one out, and a list cut off half-way is sent again.</summary>
public sealed class RegisterPersonListHandler(Desk desk, RequestConditions conditions, Suppression suppression, CurrentViewer viewer) : ICommandHandler<RegisterPersonList>
{
    public async Task<Outcome> Handle(RegisterPersonList command, CancellationToken ct)
    {
        // Rows are known again by their ids; one key cannot stand for a thousand commands.
        conditions.IdempotencyKey = null;
        var body = command.Body;
        var (rows, unknown) = PersonRows.Read(body.Csv, body.RegisteredOn);
        if (rows.Count is 0 or > RegisteringPersonList.MostRows)
            return new Outcome.Invalid([new FieldProblem("csv", "list-size", [RegisteringPersonList.MostRows.ToString(System.Globalization.CultureInfo.InvariantCulture)])]);
        var results = new List<PersonRowResult>(rows.Count);
        foreach (var row in rows)
            results.Add(await RegisterAsync(body, row, ct));
        return new Outcome.Done(Body: new PersonListResult(
            results.Count(row => row.Status == PersonRowStatus.Registered),
            results.Count(row => row.Status == PersonRowStatus.Unchanged),
            results.Count(row => row.Status == PersonRowStatus.Refused),
            results.ToValueList(),
            unknown,
            unknown.Count > 0 ? PersonRows.KnownColumns : []));
    }

    private async Task<PersonRowResult> RegisterAsync(RegisterPersonListBody body, PersonRow row, CancellationToken ct)
    {
        if (row.Problem is { } problem || row.Registration is null)
            return new PersonRowResult(row.Number, null, PersonRowStatus.Refused, row.Problem?.Code ?? "name-missing", row.Problem?.Column);
        var id = IdOf(body.ListId, row.Key);
        var consent = body.Consent with { GivenOn = row.ConsentGivenOn ?? body.Consent.GivenOn, ExpiresOn = row.ConsentExpiresOn ?? body.Consent.ExpiresOn };
        var registration = new RegisterPersonBody(body.Source, body.RegisteredOn, consent, row.Registration, row.IsMinor, body.Organisation, body.Region);
        var changed = false;
        var suppressed = suppression.Look(
            ImportSource.List(viewer.Viewer.Region ?? body.Region ?? Regions.Headquarters, body.Source.ToString(), body.Organisation),
            Suppression.ValuesOf(row.Registration.Person, row.Registration.Contacts));
        var outcome = await desk.CarryOutAsync(new RegisterPerson(id, registration), [(id.Value, StreamKinds.RegisteredPerson.Name)], work =>
        {
            if (suppressed.IsSuppressed && work.State(StreamKinds.RegisteredPerson, id.Value) is RegisteredPerson.NotRegistered)
                return DataSubjectRefusals.ImportSuppressed;
            var before = work.VersionOf(id.Value);
            var registered = RegisterPersonHandler.Register(id, registration, work, erased: null, repeats: true);
            changed = work.VersionOf(id.Value) > before;
            return registered;
        }, ct, along: [suppressed]);
        return outcome switch
        {
            Outcome.Done => new PersonRowResult(row.Number, id, changed ? PersonRowStatus.Registered : PersonRowStatus.Unchanged),
            Outcome.Refused { Refusal: var refusal } => new PersonRowResult(row.Number, id, PersonRowStatus.Refused, refusal.Code, refusal.Field),
            _ => new PersonRowResult(row.Number, id, PersonRowStatus.Refused, "row-not-registered"),
        };
    }

    private static PersonId IdOf(Guid list, string key) =>
        new(DerivedId.OfName([.. list.ToByteArray(), .. Encoding.UTF8.GetBytes(key)]));
}
