using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjectRequests;

public static class GettingDataSubjectRequest
{
    public static void Map(IEndpointRouteBuilder requests) =>
        requests.MapGet("/{id:guid}", Get).WithName("GetDataSubjectRequest").WithSummary("Shows what was asked, and what became of it");

    public static async Task<QueryAnswer<DataSubjectRequestView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetDataSubjectRequest(new DataSubjectRequestId(id)), ct)).ToHttp();
}

/// <param name="Account">Absent where the person was erased.</param>
/// <param name="Identity">What the data-protection officer found and decided, from here to the refusal but for the deadline, is theirs to see: whoever recorded the request reads
/// what they recorded, and where it stands.</param>
/// <param name="DueAt">The legal deadline; absent once the request has ended.</param>
public sealed record DataSubjectRequestView(
    DataSubjectRequestId Id,
    PersonId Person,
    DataSubjectRight Right,
    Requester Requester,
    DataSubjectRequestStatus Status,
    DateTimeOffset ReceivedAt,
    string Language,
    TracingRequestId? Through,
    RequestAccount? Account,
    RequesterIdentityView? Identity,
    ExtensionReason? Extended,
    DateTimeOffset? DueAt,
    bool Overdue,
    ValueList<RectificationView> Rectifications,
    DataSubjectAnswer? Answer,
    DataSubjectRefusalView? Refusal,
    DateTimeOffset? EndedAt);

public sealed record RequesterIdentityView(IdentityProof Proof, DateOnly VerifiedOn);

public sealed record RectificationView(Guid Record, long Version);

/// <param name="Explanation">Absent where the person was erased.</param>
public sealed record DataSubjectRefusalView(RequestRefusalReason Reason, string? Explanation);

[AllowedFor(
    Role.FieldVolunteer, Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor, Role.DataProtectionOfficer)]
[ReadsPersonalData("data-subject-request")]
public sealed record GetDataSubjectRequest(DataSubjectRequestId DataSubjectRequestId) : IQuery<DataSubjectRequestView>;

public sealed class GetDataSubjectRequestHandler(EventStore store, PolicyReader policies, CurrentViewer viewer, ReadLog reads)
    : IQueryHandler<GetDataSubjectRequest, DataSubjectRequestView>
{
    public async Task<QueryOutcome<DataSubjectRequestView>> Handle(GetDataSubjectRequest query, CancellationToken ct)
    {
        var version = new PolicyVersionAlong();
        var id = query.DataSubjectRequestId.Value;
        var log = reads.Along(query, ReadSubjects.OfDataSubjectRequest(viewer.Viewer, id), id);
        var history = (await store.LoadAsync([(id, StreamKinds.DataSubjectRequest.Name)], [version, log], ct))[id];
        var request = StreamKinds.DataSubjectRequest.Fold(history) as DataSubjectRequest.Existing;
        var ground = request is null ? null : GroundOf(request.File.Received);
        ReadLog.Agree(log, id, history.Version, ground);
        if (ground is null || request is not { File: var file })
            return new QueryOutcome<DataSubjectRequestView>.NotFound();
        var policy = await policies.CatchUpAsync(version, ct);
        var received = file.Received;
        var shown = new DataSubjectRequestView(
            query.DataSubjectRequestId,
            received.Person,
            received.Right,
            received.Requester,
            DataSubjectRequestRows.StatusOf(request),
            file.ReceivedAt,
            received.Language,
            received.Through,
            received.Account.Value,
            file.Identity is { } identity ? new RequesterIdentityView(identity.Proof, identity.VerifiedOn) : null,
            file.Extension?.Reason,
            DataSubjectRequestDeadlines.Of(request).Select(policy.DueAt).FirstOrDefault(),
            file.IsOverdue,
            file.Rectifications.Select(rectified => new RectificationView(rectified.Record, rectified.Version)).ToValueList(),
            (request as DataSubjectRequest.Answered)?.Answer.Answer,
            request is DataSubjectRequest.Refused { Refusal: var refusal } ? new DataSubjectRefusalView(refusal.Reason, refusal.Explanation.Value) : null,
            file.EndedAt);
        return new QueryOutcome<DataSubjectRequestView>.Found(
            ground == ReadGround.DataProtection ? shown : shown with { Identity = null, Extended = null, Rectifications = [], Answer = null, Refusal = null },
            history.Version);
    }

    private ReadGround? GroundOf(DataSubjectRequestReceived received) =>
        viewer.Viewer.Is(Role.DataProtectionOfficer) ? ReadGround.DataProtection
        : received.RecordedBy == viewer.Viewer.Id ? ReadGround.Recorder
        : null;
}
