using MediatR;
using Npgsql;
using Rfl.Api.Casework;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Deadlines;
using Rfl.Domain.TracingRequests;

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
public sealed record DashboardView(ValueList<StageCount> ByStage, ValueList<PriorityCount> OpenByPriority, int Unassigned, ValueList<DeadlineCount> Overdue);

public sealed record StageCount(Stage Stage, int Count);

public sealed record PriorityCount(Priority Priority, int Count);

public sealed record DeadlineCount(DeadlineKind Kind, int Count);

[AllowedFor(Role.RegionalFocalPoint, Role.Caseworker, Role.ChildProtectionFocalPoint, Role.Supervisor)]
[ReadsNoPersonalData("Counts of the viewer's own worklists.")]
public sealed record ReadDashboard : IQuery<DashboardView>;

public sealed class ReadDashboardHandler(NpgsqlDataSource database, CurrentViewer viewer) : IQueryHandler<ReadDashboard, DashboardView>
{
    private const string Query =
        $"""
        with reached as materialized (
            select c.id, c.stage, c.priority, c.caseworker, c.submitted_at,
                c.stage not in ('Interview', 'Closed', 'Declined', 'Withdrawn') as is_open
            from case_row c where {CaseReachSql.Condition}
        )
        select 'stage', stage, count(*)::int from reached group by stage
        union all
        select 'priority', priority::text, count(*)::int from reached where is_open and priority is not null group by priority
        union all
        select 'unassigned', '', count(*)::int from reached where is_open and caseworker is null and submitted_at is not null
        union all
        select 'overdue', d.kind, count(*)::int
        from deadline d join reached r on r.id = d.case_id
        where d.passed_at is not null and d.stream_type <> 'disclosure' group by d.kind
        """;

    public async Task<QueryOutcome<DashboardView>> Handle(ReadDashboard query, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Query);
        command.AddReach(viewer.Viewer);
        var counts = new List<(string Figure, string Of, int Count)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counts.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        return new DashboardView(
            Of("stage").Select(count => new StageCount(Enum.Parse<Stage>(count.Of), count.Count)).OrderBy(count => count.Stage).ToValueList(),
            Of("priority").Select(count => new PriorityCount(Enum.Parse<Priority>(count.Of), count.Count)).OrderBy(count => count.Priority).ToValueList(),
            Of("unassigned").Sum(count => count.Count),
            Of("overdue").Select(count => new DeadlineCount(Enum.Parse<DeadlineKind>(count.Of), count.Count)).OrderBy(count => count.Kind).ToValueList());

        IEnumerable<(string Figure, string Of, int Count)> Of(string figure) => counts.Where(count => count.Figure == figure);
    }
}
