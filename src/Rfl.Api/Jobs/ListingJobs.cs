using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Jobs;

public static class ListingJobs
{
    public static void Map(IEndpointRouteBuilder jobs) =>
        jobs.MapGet("/", Get)
            .WithName("ListJobs")
            .WithSummary("Shows what the service does by itself: what ran, when, how many, what failed, and when it runs next");

    public static async Task<QueryAnswer<ValueList<JobView>>> Get(IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListJobs(), ct)).ToHttp();
}

/// <param name="EverySeconds">How often the schedule wakes it.</param>
/// <param name="NextRunAt">Absent on a node without a scheduler.</param>
/// <param name="Runs">The latest ones, newest first.</param>
public sealed record JobView(string Name, int EverySeconds, DateTimeOffset? NextRunAt, ValueList<JobRunView> Runs);

/// <param name="AskedBy">The account that asked for the run; absent where the schedule did.</param>
/// <param name="EndedAt">Absent while it runs, and where its node died.</param>
/// <param name="Due">Items found due.</param>
/// <param name="Failed">Items that failed and are tried again, later each time.</param>
/// <param name="Error">The code of the last failure.</param>
public sealed record JobRunView(
    Guid Id, string Node, Guid? AskedBy, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Due, int Done, int Failed, string? Error)
{
    public static JobRunView Of(JobRun run) =>
        new(run.Id, run.Node, run.AskedBy, run.StartedAt, run.EndedAt, run.Due, run.Done, run.Failed, run.Error);
}

/// <summary>Which jobs a viewer may see and start. The circle's runs would betray by their counts what is sealed (rule 12).</summary>
internal static class JobAccess
{
    public static bool Shows(this Viewer viewer, IScheduledJob job) =>
        job.IsOfCircle ? viewer.Is(Role.DisclosureOfficer) : viewer.IsAny(Role.Supervisor, Role.SystemAdministrator);
}

[AllowedFor(Role.Supervisor, Role.SystemAdministrator, Role.DisclosureOfficer)]
[ReadsNoPersonalData("Names and counts of jobs.")]
public sealed record ListJobs : IQuery<ValueList<JobView>>;

public sealed class ListJobsHandler(JobRunner runner, JobRunLog runs, JobSchedule schedule, CurrentViewer viewer) : IQueryHandler<ListJobs, ValueList<JobView>>
{
    private const int RunsShown = 10;

    public async Task<QueryOutcome<ValueList<JobView>>> Handle(ListJobs query, CancellationToken ct)
    {
        var jobs = runner.Jobs.Where(viewer.Viewer.Shows).ToList();
        var latest = (await runs.LatestAsync(jobs.Select(job => job.Name), RunsShown, ct)).ToLookup(run => run.Job);
        var views = new List<JobView>();
        foreach (var job in jobs)
        {
            views.Add(new JobView(
                job.Name,
                (int)job.Every.TotalSeconds,
                await schedule.NextRunAsync(job.Name, ct),
                latest[job.Name].Select(JobRunView.Of).ToValueList()));
        }

        return views.ToValueList();
    }
}
