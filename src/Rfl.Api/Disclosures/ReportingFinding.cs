using FluentValidation;
using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.TracingRequests;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.TracingRequests;

namespace Rfl.Api.Disclosures;

public static class ReportingFinding
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapPut("/{id:guid}/sought-persons/{personId:guid}/findings/{findingId:guid}", Put)
            .WithName("ReportFinding")
            .WithSummary("Reports that the person, or a death, was found; it goes to the disclosure officers and shows nowhere else")
            .TakesIdempotencyKey()
            .WithExample(new ReportFindingBody(
                FindingKind.Located,
                FindingSource.OwnSearch,
                new DateOnly(2026, 11, 18),
                new FindingAccount("Met at the day centre; gave his name and his father's.", Whereabouts: "Day centre, Grande-Synthe")))
            .MayRefuse("not-submitted", "sought-person-unknown", "confirming-authority-missing", "date-in-future");

    public static async Task<CommandAnswer<CarriedOut>> Put(
        Guid id, Guid personId, Guid findingId, ReportFindingBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReportFinding(new TracingRequestId(id), new PersonId(personId), findingId, body), ct)).ToHttp();
}

/// <param name="SourceId">The search action, inquiry or match that found the person.</param>
/// <param name="ConfirmingAuthority">For a death: who confirms it.</param>
public sealed record ReportFindingBody(
    FindingKind Kind, FindingSource Source, DateOnly FoundOn, FindingAccount Account, Guid? SourceId = null, string? ConfirmingAuthority = null);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[Discreet]
public sealed record ReportFinding(TracingRequestId TracingRequestId, PersonId PersonId, Guid FindingId, ReportFindingBody Body) : ICommand;

public sealed class ReportFindingValidator : AbstractValidator<ReportFinding>
{
    public ReportFindingValidator()
    {
        RuleFor(command => command.FindingId).NotEmpty();
        RuleFor(command => command.Body.Account.Account).NotEmpty();
    }
}

public sealed class ReportFindingHandler(Desk desk, DisclosureIds ids) : ICommandHandler<ReportFinding>
{
    public Task<Outcome> Handle(ReportFinding command, CancellationToken ct)
    {
        var disclosure = ids.Of(command.TracingRequestId, command.PersonId).Value;
        return desk.CarryOutAsync(command, DisclosureDesk.Streams(command.TracingRequestId, disclosure), work =>
        {
            var request = work.State(StreamKinds.TracingRequest, command.TracingRequestId.Value);
            if (!Reach.Covers(command, work.Viewer, request))
                return new Outcome.NotFound();
            work.HappenedOn(command.Body.FoundOn);
            return Findings.Record(work, disclosure, command.TracingRequestId, command.PersonId, command.FindingId, command.Body, null);
        }, ct, persons: [command.PersonId]);
    }
}

public static class Findings
{
    /// <summary>
    /// Records a finding in the circle. The answer has no version and is the same whatever is known there already: the reporter learns nothing from it.
    /// </summary>
    /// <param name="id">Of the disclosure.</param>
    /// <param name="society">The partner that found the person; null for our own.</param>
    public static Outcome Record(
        Work work, Guid id, TracingRequestId requestId, PersonId soughtPerson, Guid findingId, ReportFindingBody body, string? society)
    {
        var request = work.State(StreamKinds.TracingRequest, requestId.Value);
        if (request is not TracingRequest.Started { File: var file })
            return new Outcome.NotFound();
        var finding = new FindingRecorded(
            findingId,
            requestId,
            soughtPerson,
            file.Reference,
            file.ConcernsMinor,
            body.Kind,
            body.Source,
            body.SourceId,
            society,
            body.ConfirmingAuthority is { } authority ? Personal.Of(soughtPerson, authority) : null,
            work.Viewer.Id,
            body.FoundOn,
            Personal.Of(soughtPerson, body.Account));
        var decision = DisclosureDecider.RecordFinding(work.State(StreamKinds.Disclosure, id), request, finding, work.Today);
        return work.Record(StreamKinds.Disclosure, id, decision) ?? new Outcome.Done(findingId);
    }
}
