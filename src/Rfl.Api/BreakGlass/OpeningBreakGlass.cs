using FluentValidation;
using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Mail;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.BreakGlass;
using Rfl.Domain.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.BreakGlass;

public static class OpeningBreakGlass
{
    public static void Map(IEndpointRouteBuilder breakGlass) =>
        breakGlass.MapPost("/", Post)
            .WithName("OpenBreakGlass")
            .WithSummary("Opens a case that is not yours for a few hours of reading, for a reason; the supervisors are told and review it")
            .Creates()
            .TakesIdempotencyKey()
            .WithExample(new OpenBreakGlassBody(
                new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c31"),
                "0000-0001-97",
                BreakGlassReason.PersonPresent,
                "The enquirer stands at the counter in Calais and asks whether the interview arrived."))
            .MayRefuse("break-glass-not-needed", "break-glass-opened-differently");

    public static async Task<CommandAnswer<CarriedOut>> Post(OpenBreakGlassBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new OpenBreakGlass(body), ct)).ToHttp();
}

/// <param name="BreakGlassId">Made by the client.</param>
/// <param name="Reference">The case's number, as people read it out.</param>
/// <param name="Explanation">In words, for whoever reviews it.</param>
public sealed record OpenBreakGlassBody(Guid BreakGlassId, string Reference, BreakGlassReason Reason, string Explanation)
{
    public override string ToString() => "personal";
}

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint)]
public sealed record OpenBreakGlass(OpenBreakGlassBody Body) : ICommand;

public sealed class OpenBreakGlassValidator : AbstractValidator<OpenBreakGlass>
{
    public OpenBreakGlassValidator()
    {
        RuleFor(command => command.Body.BreakGlassId).NotEmpty();
        RuleFor(command => command.Body.Reason).IsInEnum();
        RuleFor(command => command.Body.Explanation).NotEmpty().MaximumLength(2000);
    }
}

/// <summary>One round trip more than other commands: the caller knows the case by its number only. Glass is seldom broken.</summary>
public sealed class OpenBreakGlassHandler(Desk desk, NpgsqlDataSource database, MailOutbox outbox) : ICommandHandler<OpenBreakGlass>
{
    private static readonly Role[] whoReadsCases =
        [Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor];

    public async Task<Outcome> Handle(OpenBreakGlass command, CancellationToken ct)
    {
        if (ReferenceNumber.Parse(command.Body.Reference) is not { } reference)
            return new Outcome.Invalid("reference", "reference-number-invalid");
        if (await FindAsync(reference, ct) is not { } request)
            return new Outcome.NotFound();
        var id = command.Body.BreakGlassId;
        // The id of the case itself is another thing's.
        if (id == request)
            return new Outcome.DifferentContent();
        return await desk.CarryOutAsync(
            command, [(id, StreamKinds.BreakGlass.Name), (request, StreamKinds.TracingRequest.Name)], work => Decide(command.Body, request, work), ct);
    }

    private Outcome Decide(OpenBreakGlassBody body, Guid request, Work work)
    {
        var (id, state) = (body.BreakGlassId, work.State(StreamKinds.TracingRequest, request));
        // What nobody has submitted yet is a conversation, not a case.
        if (state is not TracingRequest.Started { File: { SubmittedAt: not null } file })
            return new Outcome.NotFound();
        var subject = SubjectOf(file, id);
        var opened = new BreakGlassOpened(
            new TracingRequestId(request),
            work.Viewer.Id,
            body.Reason,
            subject,
            Personal.Of(subject, body.Explanation),
            work.Now.AddHours(work.Policy.Watch.BreakGlassHours));
        var reaches = CaseAccess.Reaches(work.Viewer, state, whoReadsCases);
        if (work.Record(StreamKinds.BreakGlass, id, BreakGlassDecider.Open(work.State(StreamKinds.BreakGlass, id), opened, reaches)) is { } refused)
            return refused;
        if (outbox.Notice(id, MailOutbox.BreakGlassOpened, Role.Supervisor, work.Now) is { } notice)
            work.AlsoSave(notice);
        return new Outcome.Done(id, work.VersionOf(id), Location: $"/api/v1/break-glass/{id}", Created: true);
    }

    /// <summary>Whose key seals the explanation: somebody of the case, so that it goes with them; where all of them were erased, a key of its own.</summary>
    private static PersonId SubjectOf(CaseFile file, Guid id)
    {
        if (file.Enquirer is { Details.IsReadable: true } enquirer)
            return enquirer.Enquirer;
        return file.SoughtPersons.FirstOrDefault(person => person.Details.IsReadable)?.Id ?? new PersonId(id);
    }

    private async Task<Guid?> FindAsync(string reference, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id from case_row where reference = $1");
        command.Parameters.AddWithValue(reference);
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }
}
