using MediatR;
using Rfl.Api.Http;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Jobs;

public static class RunningJob
{
    public static void Map(IEndpointRouteBuilder jobs) =>
        jobs.MapPost("/{job}/runs", Post)
            .WithName("RunJob")
            .WithSummary("Runs a job now, on this node, and shows what it did");

    public static async Task<CommandAnswer<JobRunView>> Post(string job, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RunJob(job), ct)).ToHttp<JobRunView>();
}

/// <summary>Harmless beside a run of the schedule: every item is done once, whoever comes first.</summary>
[AllowedFor(Role.Supervisor, Role.SystemAdministrator, Role.DisclosureOfficer)]
[ReadsNoPersonalData("Counts of one run.")]
public sealed record RunJob(string Job) : ICommand;

public sealed class RunJobHandler(JobRunner runner, CurrentViewer viewer) : ICommandHandler<RunJob>
{
    public async Task<Outcome> Handle(RunJob command, CancellationToken ct) =>
        runner.Find(command.Job) is { } job && viewer.Viewer.Shows(job)
            ? new Outcome.Done(Body: JobRunView.Of(await runner.RunAsync(job.Name, viewer.Viewer.Id, ct)))
            : new Outcome.NotFound();
}
