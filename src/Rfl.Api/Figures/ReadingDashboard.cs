using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Reads;

namespace Rfl.Api.Figures;

public static class ReadingDashboard
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dashboard", Get)
            .WithTags("Figures")
            .WithName("ReadDashboard")
            .WithSummary("Counts of the cases within your reach, for the day's work");

    public static async Task<QueryAnswer<DashboardView>> Get(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReadDashboard(), ct)).ToHttp();
}

/// <param name="Unassigned">Submitted and not ended, without a caseworker.</param>
/// <param name="Overdue">Deadlines that passed without what they waited for, by kind.</param>
/// <param name="Unreadable">Stages, priorities and kinds of deadlines that are damaged, and in none of the other counts.</param>
public sealed record DashboardView(ValueList<StageCount> ByStage, ValueList<PriorityCount> OpenByPriority, int Unassigned, ValueList<DeadlineCount> Overdue, int Unreadable);

public sealed record StageCount(Stage Stage, int Count);

public sealed record PriorityCount(Priority Priority, int Count);

public sealed record DeadlineCount(DeadlineKind Kind, int Count);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsNoPersonalData("Counts of the viewer's own worklists.")]
public sealed record ReadDashboard : IQuery<DashboardView>;

public sealed class ReadDashboardHandler(NpgsqlDataSource database, CurrentViewer viewer, UnreadableRows unreadable) : IQueryHandler<ReadDashboard, DashboardView>
{
    private const string Query =
        $"""
        with reached as materialized (
            select c.id, c.stage, c.priority, c.caseworker, c.submitted_at,
                c.stage not in ('Interview', 'Closed', 'Declined', 'Withdrawn') as is_open
            from case_row c where {CaseReachSql.Condition}
        )
        select 'stage', stage, null::smallint, count(*)::int from reached group by stage
        union all
        select 'priority', '', priority, count(*)::int from reached where is_open and priority is not null group by priority
        union all
        select 'unassigned', '', null, count(*)::int from reached where is_open and caseworker is null and submitted_at is not null
        union all
        select 'overdue', d.kind, null, count(*)::int
        from deadline d join reached r on r.id = d.case_id
        where d.passed_at is not null and d.stream_type <> 'disclosure' group by d.kind
        """;

    public async Task<QueryOutcome<DashboardView>> Handle(ReadDashboard query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Query);
        command.AddReach(viewer.Viewer);
        var (stages, priorities, kinds) = (new List<StageCount>(), new List<PriorityCount>(), new List<DeadlineCount>());
        var (unassigned, unread) = (0, 0);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // A count names no row.
            var count = reader.GetInt32(3);
            switch (reader.GetString(0))
            {
                case "stage" when unreadable.Row(reader, "case_row", null).Word<Stage>("stage", 1) is { } stage:
                    stages.Add(new StageCount(stage, count));
                    break;
                case "priority" when unreadable.Row(reader, "case_row", null).Number<Priority>("priority", 2) is { } priority:
                    priorities.Add(new PriorityCount(priority, count));
                    break;
                case "overdue" when unreadable.Row(reader, "deadline", null).Word<DeadlineKind>("kind", 1) is { } kind:
                    kinds.Add(new DeadlineCount(kind, count));
                    break;
                case "unassigned":
                    unassigned = count;
                    break;
                default:
                    unread += count;
                    break;
            }
        }

        return new DashboardView(
            stages.OrderBy(count => count.Stage).ToValueList(),
            priorities.OrderBy(count => count.Priority).ToValueList(),
            unassigned,
            kinds.OrderBy(count => count.Kind).ToValueList(),
            unread);
    }
}
