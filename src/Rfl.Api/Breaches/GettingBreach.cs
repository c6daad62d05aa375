using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Breaches;
using Rfl.Domain.Common;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Breaches;

public static class GettingBreach
{
    public static void Map(IEndpointRouteBuilder breaches) =>
        breaches.MapGet("/{id:guid}", Get).WithName("GetBreach").WithSummary("Shows a breach with all that was written of it");

    public static async Task<QueryAnswer<BreachView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetBreach(id), ct)).ToHttp();
}

public sealed record BreachView(
    Guid Id,
    DateTimeOffset AwareAt,
    DateTimeOffset RecordedAt,
    ValueList<BreachNature> Natures,
    int? Affected,
    string? Description,
    BreachAssessmentView? Assessment,
    AuthorityNotificationView? AuthorityNotification,
    SubjectInformationView? SubjectInformation,
    string? Measures,
    bool Closed);

public sealed record BreachAssessmentView(BreachRisk Risk, string? Assessment, Guid By);

public sealed record AuthorityNotificationView(DateTimeOffset NotifiedAt, string? Reference, string? Delay, Guid By);

public sealed record SubjectInformationView(DateOnly InformedOn, int Informed, string? How, Guid By);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("breach")]
public sealed record GetBreach(Guid Id) : IQuery<BreachView>;

public sealed class GetBreachHandler(EventStore store, ReadLog reads) : IQueryHandler<GetBreach, BreachView>
{
    public async Task<QueryOutcome<BreachView>> Handle(GetBreach query, CancellationToken ct)
    {
        var log = reads.Along(query, ReadSubjects.OfBreach(query.Id), query.Id);
        var history = (await store.LoadAsync([(query.Id, StreamKinds.Breach.Name)], [log], ct))[query.Id];
        var breach = StreamKinds.Breach.Fold(history) as Breach.Existing;
        ReadLog.Agree(log, query.Id, history.Version, breach is null ? null : ReadGround.DataProtection);
        if (breach is null)
            return new QueryOutcome<BreachView>.NotFound();
        return new QueryOutcome<BreachView>.Found(
            new BreachView(
                query.Id,
                breach.Recording.AwareAt,
                breach.RecordedAt,
                breach.Recording.Natures,
                breach.Assessment?.Affected ?? breach.Recording.Affected,
                breach.Recording.Description.Value,
                breach.Assessment is { } assessed ? new BreachAssessmentView(assessed.Risk, assessed.Assessment.Value, assessed.By) : null,
                breach.Notification is { } told ? new AuthorityNotificationView(told.NotifiedAt, told.Reference, told.Delay?.Value, told.By) : null,
                breach.Information is { } informed
                    ? new SubjectInformationView(informed.InformedOn, informed.Informed, informed.How.Value, informed.By)
                    : null,
                (breach as Breach.Closed)?.Closing.Measures.Value,
                breach is Breach.Closed),
            history.Version);
    }
}
