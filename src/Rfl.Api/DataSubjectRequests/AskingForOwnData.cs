using FluentValidation;
using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.DataSubjectRequests;

/// <summary>What an enquirer asks about their own data, through their own account (handbook §8.3, §9).</summary>
public static class AskingForOwnData
{
    public static void Map(IEndpointRouteBuilder own)
    {
        own.MapGet("/data-subject-requests", List)
            .WithName("ListOwnDataSubjectRequests")
            .WithSummary("Shows an enquirer what they asked about their own data, and by when they are to be answered");
        own.MapPut("/data-subject-requests/{id:guid}", Put)
            .WithName("AskForOwnData")
            .WithSummary("An enquirer asks for their own data, or for it to be corrected, erased or used no more")
            .Creates()
            .TakesIdempotencyKey()
            .WithExample(new AskForOwnDataBody(DataSubjectRight.Access, "ti", "I want to see what you wrote down about me."))
            .MayRefuse("data-subject-request-recorded-differently", "person-erased");
        own.MapPost("/data-subject-requests/{id:guid}/withdrawal", Withdraw)
            .WithName("WithdrawOwnDataSubjectRequest")
            .WithSummary("An enquirer asks for it no more")
            .TakesIdempotencyKey()
            .MayRefuse("data-subject-request-ended");
    }

    public static async Task<QueryAnswer<ValueList<OwnDataSubjectRequest>>> List(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListOwnDataSubjectRequests(), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, AskForOwnDataBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AskForOwnData(new DataSubjectRequestId(id), body), ct)).ToHttp();

    public static async Task<CommandAnswer<CarriedOut>> Withdraw(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new WithdrawOwnDataSubjectRequest(new DataSubjectRequestId(id)), ct)).ToHttp();
}

/// <param name="Language">BCP 47 tag of the language in which the answer is wanted.</param>
public sealed record AskForOwnDataBody(DataSubjectRight Right, string Language, string Words, string? Contact = null);

/// <param name="IsUnreadable">A value of the row is damaged and left out.</param>
public sealed record OwnDataSubjectRequest(
    DataSubjectRequestId Id, DataSubjectRight? Right, DataSubjectRequestStatus? Status, DateTimeOffset ReceivedAt, DateTimeOffset? DueAt, bool IsUnreadable);

[AllowedFor(Role.Enquirer)]
[ReadsPersonalData("own-data-subject-request-list")]
public sealed record ListOwnDataSubjectRequests : IQuery<ValueList<OwnDataSubjectRequest>>;

[AllowedFor(Role.Enquirer)]
public sealed record AskForOwnData(DataSubjectRequestId DataSubjectRequestId, AskForOwnDataBody Body) : ICommand;

[AllowedFor(Role.Enquirer)]
public sealed record WithdrawOwnDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId) : ICommand;

public sealed class AskForOwnDataValidator : AbstractValidator<AskForOwnData>
{
    public AskForOwnDataValidator()
    {
        RuleFor(command => command.DataSubjectRequestId.Value).NotEmpty().OverridePropertyName("id");
        RuleFor(command => command.Body.Language).LanguageTag();
        RuleFor(command => command.Body.Words).NotEmpty();
    }
}

public sealed partial class AskingForOwnDataHandler(
    Desk desk, NpgsqlDataSource database, CurrentViewer viewer, ReadLog reads, UnreadableRows unreadable, ILogger<AskingForOwnDataHandler> log)
    : IQueryHandler<ListOwnDataSubjectRequests, ValueList<OwnDataSubjectRequest>>, ICommandHandler<AskForOwnData>, ICommandHandler<WithdrawOwnDataSubjectRequest>
{
    private const int MostOwn = 200; // stands in the list too

    private const string OwnList =
        """
        select r.id, r.asked_right, r.status, r.received_at, (select min(d.due_at) from deadline d where d.stream_id = r.id) as due_at,
            r.id as log_record, 'OwnRequest' as log_ground, array[r.person_id] as log_persons
        from data_subject_request_row r where r.through = @request and r.recorded_by = @account order by r.received_at, r.id limit 200
        """;

    /// <summary>Those that the account itself recorded: what somebody else asked about the same request is nothing to show here.</summary>
    public async Task<QueryOutcome<ValueList<OwnDataSubjectRequest>>> Handle(ListOwnDataSubjectRequests query, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"with page as ({OwnList}), {ReadLogSql.PageLogged} select * from page");
        command.Parameters.AddWithValue("request", viewer.Viewer.TracingRequestId ?? Guid.Empty);
        command.Parameters.AddWithValue("account", viewer.Viewer.Id);
        reads.AddTo(command.Parameters, query, MostOwn);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var own = new List<OwnDataSubjectRequest>();
        while (await reader.ReadAsync(ct))
        {
            var words = unreadable.Row(reader, "data_subject_request_row", reader.GetGuid(0));
            own.Add(new OwnDataSubjectRequest(
                new DataSubjectRequestId(reader.GetGuid(0)),
                words.Word<DataSubjectRight>("asked_right", 1),
                words.Word<DataSubjectRequestStatus>("status", 2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
                words.IsUnreadable));
        }

        return own.ToValueList();
    }

    /// <summary>The legal month runs from the receipt, whatever is wrong with the enquirer's request: then its rows say who they are.</summary>
    public async Task<Outcome> Handle(AskForOwnData command, CancellationToken ct)
    {
        var id = command.DataSubjectRequestId.Value;
        if (viewer.Viewer.TracingRequestId is not { } request || request == id)
            return new Outcome.NotFound();
        try
        {
            return await desk.CarryOutAsync(
                command,
                [(id, StreamKinds.DataSubjectRequest.Name), (request, StreamKinds.TracingRequest.Name)],
                work => work.State(StreamKinds.TracingRequest, request) is TracingRequest.Started { File.Enquirer.Enquirer: var person }
                    ? Receive(command, request, person, work)
                    : new Outcome.NotFound(),
                ct);
        }
        catch (UnreadableEventException damaged) when (damaged.IsKnown && damaged.StreamId == request)
        {
            LogDamaged(damaged.Version, damaged.StreamId);
            return await EnquirerByRowAsync(request, ct) is { } person
                ? await desk.CarryOutAsync(
                    command, [(id, StreamKinds.DataSubjectRequest.Name)], work => Receive(command, request, person, work), ct, persons: [person])
                : new Outcome.NotFound();
        }
    }

    private static Outcome Receive(AskForOwnData command, Guid request, PersonId person, Work work)
    {
        var (id, body, kind) = (command.DataSubjectRequestId.Value, command.Body, StreamKinds.DataSubjectRequest);
        var state = work.State(kind, id);
        var received = new DataSubjectRequestReceived(
            person,
            body.Right,
            Requester.Self,
            // Sent again the next day, it is still the request of the first.
            (state as DataSubjectRequest.Existing)?.File.Received.ReceivedOn ?? work.Today,
            body.Language,
            new TracingRequestId(request),
            work.Viewer.Id,
            Personal.Of(person, new RequestAccount(body.Words, Contact: body.Contact)));
        return work.Record(kind, id, DataSubjectRequestDecider.Receive(state, received, IdentityProof.OwnAccount, soughtByOthers: false, work.Today))
            ?? new Outcome.Done(id, Location: "/api/v1/my-tracing-request/data-subject-requests", Created: true);
    }

    private async Task<PersonId?> EnquirerByRowAsync(Guid request, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select person_id from case_person where case_id = $1 and role = 'enquirer'");
        command.Parameters.AddWithValue(request);
        return await command.ExecuteScalarAsync(ct) is Guid person ? new PersonId(person) : null;
    }

    [LoggerMessage(LogLevel.Error, "Record {Version} of stream {StreamId} is damaged; what its enquirer asks about their own data was received by what its rows say.")]
    private partial void LogDamaged(long version, Guid streamId);

    public Task<Outcome> Handle(WithdrawOwnDataSubjectRequest command, CancellationToken ct)
    {
        var (id, kind) = (command.DataSubjectRequestId.Value, StreamKinds.DataSubjectRequest);
        return desk.CarryOutAsync(command, [(id, kind.Name)], work =>
        {
            var state = work.State(kind, id);
            return state is not DataSubjectRequest.Existing { File.Received: var received } || received.RecordedBy != work.Viewer.Id
                ? new Outcome.NotFound()
                : work.Record(kind, id, DataSubjectRequestDecider.Withdraw(state, work.Today)) ?? new Outcome.Done(id);
        }, ct);
    }
}
