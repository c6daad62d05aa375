using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjects;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.DataSubjects;

public static class GettingDataSubject
{
    public static void Map(IEndpointRouteBuilder subjects) =>
        subjects.MapGet("/{personId:guid}", Get)
            .WithName("GetDataSubject")
            .WithSummary("Shows what holds for a person's data: restriction, legal holds, erasure");

    public static async Task<QueryAnswer<DataSubjectView>> Get(Guid personId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetDataSubject(new PersonId(personId)), ct)).ToHttp();
}

/// <param name="Sought">Whether an open request seeks the person: then they are neither erased nor restricted.</param>
public sealed record DataSubjectView(
    PersonId Person, RestrictionGround? Restricted, ValueList<LegalHoldView> Holds, bool Sought, ErasureGround? Erased, DateTimeOffset? ErasedAt);

public sealed record LegalHoldView(Guid Id, LegalHoldReason Reason, string? Explanation);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("data-subject")]
public sealed record GetDataSubject(PersonId PersonId) : IQuery<DataSubjectView>;

public sealed class GetDataSubjectHandler(EventStore store, ReadLog reads) : IQueryHandler<GetDataSubject, DataSubjectView>
{
    public async Task<QueryOutcome<DataSubjectView>> Handle(GetDataSubject query, CancellationToken ct)
    {
        var (id, standing) = (DataSubject.StreamOf(query.PersonId), new PersonStanding(query.PersonId));
        var log = reads.Along(query, ReadSubjects.OfDataSubject(query.PersonId), query.PersonId.Value);
        var history = (await store.LoadAsync([(id, StreamKinds.DataSubject.Name)], [standing, log], ct))[id];
        ReadLog.Agree(log, query.PersonId.Value, 0, standing.IsKnown ? ReadGround.DataProtection : null);
        if (!standing.IsKnown)
            return new QueryOutcome<DataSubjectView>.NotFound();
        var subject = StreamKinds.DataSubject.Fold(history);
        return new QueryOutcome<DataSubjectView>.Found(
            new DataSubjectView(
                query.PersonId,
                subject.Restriction?.Ground,
                subject.Holds.Values.OrderBy(hold => hold.HoldId).Select(hold => new LegalHoldView(hold.HoldId, hold.Reason, hold.Explanation?.Value)).ToValueList(),
                standing.IsSought,
                subject.Erasure?.Ground,
                history.Events.FirstOrDefault(recorded => recorded.Event is PersonErased)?.Metadata.RecordedAt),
            history.Version);
    }
}
