using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.DataSubjects;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.RegisteredPersons;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjectRequests;

public static class NotingRectification
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/rectifications/{recordId:guid}", Put)
            .WithName("NoteRectification")
            .WithSummary("Links a correction made in a record with the request that led to it. What was corrected stays in the record's history")
            .TakesIdempotencyKey()
            .WithExample(new NoteRectificationBody(RectifiedRecord.TracingRequest, 7))
            .MayRefuse("no-correction-there", "data-subject-request-other-right", "data-subject-request-ended");

    public static async Task<CommandAnswer<CarriedOut>> Put(Guid id, Guid recordId, NoteRectificationBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new NoteRectification(new DataSubjectRequestId(id), recordId, body), ct)).ToHttp();
}

public enum RectifiedRecord
{
    TracingRequest,
    RegisteredPerson,
}

/// <param name="Version">Of the record, right after the correction: the ETag that the correction was answered with.</param>
public sealed record NoteRectificationBody(RectifiedRecord Record, long Version);

[AllowedFor(Role.DataProtectionOfficer)]
public sealed record NoteRectification(DataSubjectRequestId DataSubjectRequestId, Guid RecordId, NoteRectificationBody Body) : ICommand;

public sealed class NoteRectificationValidator : AbstractValidator<NoteRectification>
{
    public NoteRectificationValidator()
    {
        RuleFor(command => command.Body.Version).GreaterThanOrEqualTo(1);
        RuleFor(command => command.RecordId).Must((command, record) => record != command.DataSubjectRequestId.Value).WithErrorCode("ids-must-differ");
    }
}

public sealed class NoteRectificationHandler(DataSubjectRequestDesk desk) : ICommandHandler<NoteRectification>
{
    public Task<Outcome> Handle(NoteRectification command, CancellationToken ct)
    {
        var (record, version) = (command.RecordId, command.Body.Version);
        var kind = command.Body.Record == RectifiedRecord.RegisteredPerson ? StreamKinds.RegisteredPerson.Name : StreamKinds.TracingRequest.Name;
        return desk.DecideAsync(command, command.DataSubjectRequestId, VersionRule.NotNeeded, (request, work) =>
            DataSubjectRequestDecider.NoteRectification(request, record, version, request is DataSubjectRequest.Existing { File: var file } && IsCorrection(file, work)), ct,
            (record, kind));

        bool IsCorrection(DataSubjectRequestFile file, Work work) =>
            work.Loaded(record).Events.FirstOrDefault(recorded => recorded.Version == version) is { } corrected
            && corrected.Metadata.RecordedAt >= file.ReceivedAt
            && (IsAbout(corrected.Event, file.Received.Person, isFirst: version == 1) || IsOfSheetNaming(file.Received.Person, corrected, work.Loaded(record)));
    }

    /// <summary>The sheet of somebody else, on which the person stands or stood.</summary>
    private static bool IsOfSheetNaming(PersonId person, RecordedEvent corrected, StreamHistory history) => corrected.Version > 1 && NamedOnSheets.IsSheet(corrected.Event)
        && NamedOnSheets.Names(history with { Events = [.. history.Events.TakeWhile(recorded => recorded.Version <= corrected.Version)] }, person);

    private static bool IsAbout(IDomainEvent happened, PersonId person, bool isFirst) => !isFirst && happened switch
    {
        EnquirerRegistered registered => registered.Enquirer == person,
        SoughtPersonDetailsCorrected corrected => corrected.SoughtPerson == person,
        LossOfContactRecorded recorded => recorded.SoughtPerson == person,
        RegisteredPersonCorrected corrected => corrected.Person == person,
        _ => false,
    };
}
