using FluentValidation;
using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjectRequests;

public static class ReceivingDataSubjectRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}", Put)
            .WithName("ReceiveDataSubjectRequest")
            .WithSummary("Records what a person asks about their own data; the legal deadline runs from its receipt")
            .Creates()
            .TakesIdempotencyKey()
            .WithExample(new ReceiveDataSubjectRequestBody(
                TracingRequests.Examples.Mother,
                DataSubjectRight.Access,
                Requester.Self,
                new DateOnly(2026, 11, 20),
                "prs",
                new RequestAccount("She wants to see everything that is written about her.", Contact: "At the day centre, Tuesdays"),
                new TracingRequestId(new Guid("5b8d3c52-6f6e-4d0b-9a39-0b9a5f4d1c31"))))
            .MayRefuse("data-subject-request-recorded-differently", "data-subject-request-in-future", "sought-person-heard-by-officers", "person-erased");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, ReceiveDataSubjectRequestBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReceiveDataSubjectRequest(new DataSubjectRequestId(id), body), ct)).ToHttp();
}

/// <param name="Person">Whose data it is about.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Language">BCP 47 tag of the language in which the answer is wanted.</param>
/// <param name="Through">The tracing request in which the person stands, or is named on somebody's sheet; left out for a registered person.</param>
public sealed record ReceiveDataSubjectRequestBody(
    PersonId Person,
    DataSubjectRight Right,
    Requester Requester,
    DateOnly ReceivedOn,
    string Language,
    RequestAccount Account,
    TracingRequestId? Through = null);

[AllowedFor(
    Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor, Role.DataProtectionOfficer)]
public sealed record ReceiveDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId, ReceiveDataSubjectRequestBody Body) : ICommand;

public sealed class ReceiveDataSubjectRequestValidator : AbstractValidator<ReceiveDataSubjectRequest>
{
    public ReceiveDataSubjectRequestValidator()
    {
        RuleFor(command => command.DataSubjectRequestId.Value).NotEmpty().OverridePropertyName("id");
        RuleFor(command => command.Body.Person.Value).NotEmpty().OverridePropertyName("Body.Person");
        RuleFor(command => command.Body.ReceivedOn).InTheServicesTime();
        RuleFor(command => command.Body.Language).LanguageTag();
        RuleFor(command => command.Body.Account.Words).NotEmpty();
        // Each of them names a record.
        RuleFor(command => command.DataSubjectRequestId.Value)
            .Must((command, id) => id != command.Body.Person.Value && id != command.Body.Through?.Value && command.Body.Through?.Value != command.Body.Person.Value)
            .WithErrorCode("ids-must-differ")
            .OverridePropertyName("id");
    }
}

public sealed partial class ReceiveDataSubjectRequestHandler(Desk desk, CurrentViewer viewer, ILogger<ReceiveDataSubjectRequestHandler> log)
    : ICommandHandler<ReceiveDataSubjectRequest>
{
    private static readonly Role[] casework =
        [Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor];

    /// <summary>The legal month runs from the receipt, whatever is wrong with the record through which somebody asks: then its rows say who stands in it, and whose it is.</summary>
    public async Task<Outcome> Handle(ReceiveDataSubjectRequest command, CancellationToken ct)
    {
        var (id, body) = (command.DataSubjectRequestId.Value, command.Body);
        try
        {
            return await ReceiveAsync(command, ct);
        }
        catch (UnreadableEventException damaged) when (
            damaged is { IsKnown: true } && damaged.StreamId != id && (body.Through is not null || viewer.Viewer.Is(Role.DataProtectionOfficer)))
        {
            LogDamaged(damaged.Version, damaged.StreamId);
            var (standing, byRows) = (new PersonStanding(body.Person), body.Through is { } through ? new StandingByRows(viewer.Viewer, through, body.Person) : null);
            IReadAlong[] along = byRows is null ? [standing] : [standing, byRows];
            return await desk.CarryOutAsync(
                command,
                [(id, StreamKinds.DataSubjectRequest.Name)],
                work => (byRows?.IsReached ?? standing.IsKnown) ? Record(id, body, standing, work) : new Outcome.NotFound(),
                ct,
                along: along,
                persons: [body.Person]);
        }
    }

    private Task<Outcome> ReceiveAsync(ReceiveDataSubjectRequest command, CancellationToken ct)
    {
        var body = command.Body;
        var standing = new PersonStanding(body.Person);
        List<(Guid Id, string Type)> streams =
            [(command.DataSubjectRequestId.Value, StreamKinds.DataSubjectRequest.Name), (body.Person.Value, StreamKinds.RegisteredPerson.Name)];
        if (body.Through is { } through)
            streams.Add((through.Value, StreamKinds.TracingRequest.Name));
        return desk.CarryOutAsync(
            command, streams, work => Receive(command.DataSubjectRequestId.Value, body, standing, work), ct, along: [standing], persons: [body.Person]);
    }

    private static Outcome Receive(Guid id, ReceiveDataSubjectRequestBody body, PersonStanding standing, Work work) =>
        Reaches(body, standing, work) ? Record(id, body, standing, work) : new Outcome.NotFound();

    private static Outcome Record(Guid id, ReceiveDataSubjectRequestBody body, PersonStanding standing, Work work)
    {
        var (kind, state) = (StreamKinds.DataSubjectRequest, work.State(StreamKinds.DataSubjectRequest, id));
        var received = new DataSubjectRequestReceived(
            body.Person,
            body.Right,
            body.Requester,
            body.ReceivedOn,
            body.Language,
            body.Through,
            // Who sends it again, after a colleague did, records nothing new.
            (state as DataSubjectRequest.Existing)?.File.Received.RecordedBy ?? work.Viewer.Id,
            Personal.Of(body.Person, body.Account));
        var decision = DataSubjectRequestDecider.Receive(state, received, proof: null, standing.IsSought, work.Today);
        work.HappenedOn(body.ReceivedOn < work.Today ? body.ReceivedOn : work.Today);
        return work.Record(kind, id, decision) ?? new Outcome.Done(id, work.VersionOf(id), Location: $"/api/v1/data-subject-requests/{id}", Created: true);
    }

    /// <summary>Staff record for people in their own reach; the data-protection officer for everybody about whom anything is held.</summary>
    private static bool Reaches(ReceiveDataSubjectRequestBody body, PersonStanding standing, Work work)
    {
        if (body.Through is { } through)
        {
            var request = work.State(StreamKinds.TracingRequest, through.Value);
            return request is TracingRequest.Started { File: var file }
                && (file.Enquirer?.Enquirer == body.Person || file.Find(body.Person) is not null || NamedOnSheets.Names(work.Loaded(through.Value), body.Person))
                && (work.Viewer.Is(Role.DataProtectionOfficer) || CaseAccess.KnowsStage(work.Viewer, request) || CaseAccess.Reaches(work.Viewer, request, casework));
        }

        return work.Viewer.Is(Role.DataProtectionOfficer)
            ? standing.IsKnown
            : work.State(StreamKinds.RegisteredPerson, body.Person.Value) is RegisteredPerson.Existing person && RegisteredPersonAccess.Reaches(work.Viewer, person);
    }

    [LoggerMessage(LogLevel.Error, "Record {Version} of stream {StreamId} is damaged; a data subject's request was received by what its rows say.")]
    private partial void LogDamaged(long version, Guid streamId);
}

/// <summary>Whether a person stands in a request within the viewer's reach, by the rows, which were made when all of it could be read.</summary>
internal sealed class StandingByRows(Viewer viewer, TracingRequestId through, PersonId person) : IReadAlong
{
    public bool IsReached { get; private set; }

    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(
            $"""
            select exists (
                select from case_row c join mt_streams s on s.id = c.id
                where c.id = @through and @person = any(s.persons) and (@is_privacy or {CaseReachSql.Condition}))
            """);
        command.Parameters.AddReach(viewer, asVolunteer: true);
        command.Parameters.AddWithValue("through", through.Value);
        command.Parameters.AddWithValue("person", person.Value);
        command.Parameters.AddWithValue("is_privacy", viewer.Is(Role.DataProtectionOfficer));
        return command;
    }

    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken ct) => IsReached = await reader.ReadAsync(ct) && reader.GetBoolean(0);
}
