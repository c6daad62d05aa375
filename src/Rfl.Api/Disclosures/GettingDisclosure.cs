using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Disclosures;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Disclosures;

public static class GettingDisclosure
{
    public static void Map(IEndpointRouteBuilder disclosures) =>
        disclosures.MapGet("/{tracingRequestId:guid}/{personId:guid}", Get)
            .WithName("GetDisclosure")
            .WithSummary("Shows what was found and what the found person wants told; for the disclosure circle only");

    public static async Task<QueryAnswer<DisclosureView>> Get(Guid tracingRequestId, Guid personId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetDisclosure(new TracingRequestId(tracingRequestId), new PersonId(personId)), ct)).ToHttp();
}

/// <param name="Status">Absent where the person was erased or a record cannot be read.</param>
/// <param name="Enquirer">Who searches, so that the found person can be told.</param>
public sealed record DisclosureView(
    TracingRequestId TracingRequestId,
    PersonId SoughtPerson,
    string Reference,
    DisclosureStatus? Status,
    bool ConcernsMinor,
    FindingView Finding,
    FamilyRelation? Relation,
    PersonDetails? SoughtPersonDetails,
    PersonDetails? Enquirer,
    ValueList<ContactAttemptView> Attempts,
    IdentityView? Identity,
    InformationView? Informed,
    ChoiceView? Choice,
    DisclosureChoice? InForce,
    bool DeathSignedOff,
    DateOnly? ContactExchangedOn);

public sealed record FindingView(
    Guid Id, FindingKind Kind, FindingSource Source, string? SourceSociety, string? ConfirmingAuthority, DateOnly FoundOn, FindingAccount? Account);

public sealed record ContactAttemptView(Guid Id, ContactChannel Channel, DateOnly AttemptedOn, string? Note);

public sealed record IdentityView(DateOnly VerifiedOn, string? How);

public sealed record InformationView(DateOnly InformedOn, string Language, bool ThroughInterpreter, string? AccompaniedBy);

/// <param name="Choice">Absent where the person was erased or it cannot be read.</param>
public sealed record ChoiceView(
    Guid Id, DisclosureChoice? Choice, DateOnly SignedOn, Guid RecordedBy, string? Evidence, string? Coordinates, Guid? ApprovedBy, Guid? CountersignedBy);

[AllowedFor(Role.DisclosureOfficer, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[Discreet]
[ReadsPersonalData("disclosure", InCircle = true)]
public sealed record GetDisclosure(TracingRequestId TracingRequestId, PersonId PersonId) : IQuery<DisclosureView>;

public sealed class GetDisclosureHandler(EventStore store, CurrentViewer viewer, ReadLog reads, DisclosureIds ids) : IQueryHandler<GetDisclosure, DisclosureView>
{
    public async Task<QueryOutcome<DisclosureView>> Handle(GetDisclosure query, CancellationToken ct)
    {
        var id = ids.Of(query.TracingRequestId, query.PersonId).Value;
        var log = reads.Along(query, CircleReachSql.SubjectOf(viewer.Viewer, id), query.TracingRequestId.Value);
        var loaded = await store.LoadAsync(DisclosureDesk.Streams(query.TracingRequestId, id), [log], [query.PersonId], ct);
        var disclosure = StreamKinds.Disclosure.Fold(loaded[id]);
        var roles = ((AllowedForAttribute)PermissionAttribute.Of(typeof(GetDisclosure))).Roles;
        var reaches = CircleAccess.Reaches(viewer.Viewer, disclosure, [.. roles]);
        ReadLog.Agree(log, ids.AliasOf(query.TracingRequestId), loaded[id].Version, reaches ? ReadGround.DisclosureCircle : null);
        if (disclosure is not Disclosure.Found found || !reaches)
            return new QueryOutcome<DisclosureView>.NotFound();
        var file = (StreamKinds.TracingRequest.Fold(loaded[query.TracingRequestId.Value]) as TracingRequest.Started)?.File;
        return new QueryOutcome<DisclosureView>.Found(View(query, found, file), loaded[id].Version);
    }

    private static DisclosureView View(GetDisclosure query, Disclosure.Found found, CaseFile? file)
    {
        var (finding, person) = (found.Finding, file?.Find(query.PersonId));
        return new DisclosureView(
            query.TracingRequestId,
            query.PersonId,
            finding.Reference,
            found.IsReadable ? DisclosureRows.StatusOf(found) : null,
            finding.ConcernsMinor,
            new FindingView(
                finding.FindingId, finding.Kind, finding.Source, finding.SourceSociety, finding.ConfirmingAuthority?.Value, finding.FoundOn, finding.Finding.Value),
            person?.Relation,
            person?.Details.Value,
            file?.Enquirer?.Details.Value?.Person,
            found.Attempts.Values.OrderBy(attempt => attempt.AttemptedOn).ThenBy(attempt => attempt.AttemptId)
                .Select(attempt => new ContactAttemptView(attempt.AttemptId, attempt.Channel, attempt.AttemptedOn, attempt.Note?.Value)).ToValueList(),
            found.Identity is { } identity ? new IdentityView(identity.VerifiedOn, identity.How.Value) : null,
            found.Informed is { } informed
                ? new InformationView(informed.InformedOn, informed.Language, informed.ThroughInterpreter, informed.AccompaniedBy?.Value)
                : null,
            found.Choice is { } choice
                ? new ChoiceView(
                    choice.ChoiceId,
                    choice.Kind,
                    choice.SignedOn,
                    choice.RecordedBy,
                    choice.Evidence.Value,
                    choice.Coordinates?.Value,
                    choice.ApprovedBy,
                    choice.CountersignedBy)
                : null,
            found.InForce,
            found.DeathSignedOffBy is not null,
            found.Exchanged?.ExchangedOn);
    }
}
