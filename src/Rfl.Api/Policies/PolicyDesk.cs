using Rfl.Api.Casework;
using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Policies;

/// <summary>Changes of the policy: decided on the version that the supervisor saw, and followed by open deadlines right after.</summary>
public sealed class PolicyDesk(Desk desk, JobSchedule schedule)
{
    public async Task<Outcome> ChangeAsync(ICommand command, Func<Policy, Decision<IPolicyEvent>> decide, CancellationToken ct)
    {
        var id = PolicyInForce.StreamId;
        var outcome = await desk.CarryOutAsync(
            command,
            [(id, StreamKinds.Policy.Name)],
            work => work.Record(StreamKinds.Policy, id, decide(work.State(StreamKinds.Policy, id)))
                ?? work.Judge(id)
                ?? new Outcome.Done(Version: work.VersionOf(id)),
            ct);
        if (outcome is Outcome.Done)
            await WakeAsync();
        return outcome;
    }

    /// <summary>The change is saved: that it waits a minute for the next run is no reason to answer otherwise.</summary>
    private async Task WakeAsync()
    {
        try
        {
            await schedule.WakeAsync(ReapplyingPolicy.JobName, CancellationToken.None);
        }
        catch (Exception exception) when (exception is Quartz.SchedulerException or System.Data.Common.DbException)
        {
        }
    }
}
