using MediatR;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Api.Reads;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Watch;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Watch;

public static class GettingAccessAlarm
{
    public static void Map(IEndpointRouteBuilder alarms) =>
        alarms.MapGet("/{id:guid}", Get).WithName("GetAccessAlarm").WithSummary("Shows an alarm and what came of it");

    public static async Task<QueryAnswer<AccessAlarmView>> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetAccessAlarm(id), ct)).ToHttp();
}

public sealed record AccessAlarmView(
    Guid Id,
    AccessAlarmKind Kind,
    Guid? Viewer,
    string? Society,
    Guid? Record,
    DateTimeOffset From,
    DateTimeOffset Until,
    int Count,
    AccessAlarmOutcome? Outcome,
    string? Note,
    Guid? HandledBy);

[AllowedFor(Role.DataProtectionOfficer)]
[ReadsPersonalData("access-alarm")]
public sealed record GetAccessAlarm(Guid Id) : IQuery<AccessAlarmView>;

public sealed class GetAccessAlarmHandler(EventStore store, ReadLog reads) : IQueryHandler<GetAccessAlarm, AccessAlarmView>
{
    public async Task<QueryOutcome<AccessAlarmView>> Handle(GetAccessAlarm query, CancellationToken ct)
    {
        var log = reads.Along(query, ReadSubjects.OfAccessAlarm(query.Id), query.Id);
        var history = (await store.LoadAsync([(query.Id, StreamKinds.AccessAlarm.Name)], [log], ct))[query.Id];
        var alarm = StreamKinds.AccessAlarm.Fold(history);
        var raised = alarm switch
        {
            AccessAlarm.Open open => open.Raised,
            AccessAlarm.Handled handled => handled.Raised,
            _ => null,
        };
        ReadLog.Agree(log, query.Id, history.Version, raised is null ? null : ReadGround.DataProtection);
        if (raised is null)
            return new QueryOutcome<AccessAlarmView>.NotFound();
        var handling = (alarm as AccessAlarm.Handled)?.Handling;
        return new QueryOutcome<AccessAlarmView>.Found(
            new AccessAlarmView(
                query.Id,
                raised.Kind,
                raised.Viewer,
                raised.Society,
                raised.Record,
                raised.From,
                raised.Until,
                raised.Count,
                handling?.Outcome,
                handling?.Note.Value,
                handling?.By),
            history.Version);
    }
}
