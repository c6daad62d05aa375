using Rfl.Api.Pipeline;
using Rfl.Domain.Common;
using Rfl.Domain.DataSubjectRequests;
using Rfl.Domain.Deadlines;
using Rfl.Domain.Disclosures;
using Rfl.Domain.PartnerSearches;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.Jobs;

namespace Rfl.Api.Deadlines;

/// <summary>Passes every deadline that is due outside the disclosure circle.</summary>
public sealed class ChasingDeadlines(DueDeadlines due, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ChasingDeadlines> log)
    : Chasing(due, scopes, clock, log), IScheduledJob
{
    public const string JobName = "chasing-deadlines";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public bool IsOfCircle => false;

    public Task RunAsync(JobProgress run, CancellationToken ct) => ChaseAsync(inCircle: false, run, ct);
}

/// <summary>The same inside the circle, apart: how many there are would betray findings.</summary>
public sealed class ChasingCircleDeadlines(DueDeadlines due, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ChasingCircleDeadlines> log)
    : Chasing(due, scopes, clock, log), IScheduledJob
{
    public const string JobName = "chasing-circle-deadlines";

    public string Name => JobName;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public bool IsOfCircle => true;

    public Task RunAsync(JobProgress run, CancellationToken ct) => ChaseAsync(inCircle: true, run, ct);
}

/// <summary>
/// Page by page, one command per deadline in a scope and a transaction of its own. One that fails is noted, tried again later, and stops no other. Some streams
/// are worked on at once, since each waits for the disk; the deadlines of one stream fall one after the other, oldest first.
/// </summary>
public abstract partial class Chasing(DueDeadlines due, IServiceScopeFactory scopes, TimeProvider clock, ILogger log)
{
    private const int StreamsAtOnce = 4;

    private const string RowUnreadable = "row-unreadable";

    protected async Task ChaseAsync(bool inCircle, JobProgress run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        DueDeadline? last = null;
        while (true)
        {
            var page = await due.ReadAsync(inCircle, now, last, ct);
            run.Found(page.Count);
            await Parallel.ForEachAsync(
                page.GroupBy(deadline => deadline.StreamId),
                new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, CancellationToken = ct },
                async (ofStream, stop) =>
                {
                    foreach (var deadline in ofStream)
                        await PassAsync(deadline, inCircle, run, now, stop);
                });

            if (page.Count < DueDeadlines.PageSize)
                return;
            last = page[^1];
        }
    }

    private async Task PassAsync(DueDeadline deadline, bool inCircle, JobProgress run, DateTimeOffset now, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // The row was reported when it was read.
        var error = deadline.Key is { } key ? await scopes.TrySendAsServiceAsync(() => CommandFor(deadline, key), run, ct) : RowUnreadable;
        if (error is not null)
        {
            run.FailedWith(error);
            if (!inCircle && deadline.Key is { Kind: var kind })
                LogFailure(log, kind.ToString(), deadline.StreamId, error);
            await due.NoteFailureAsync(deadline, error, now, ct);
            return;
        }

        run.Succeeded();
        if (deadline.Attempts > 0)
            await due.ForgetFailureAsync(deadline, ct);
    }

    private static ICommand CommandFor(DueDeadline deadline, DeadlineKey key) => deadline.StreamType switch
    {
        _ when deadline.StreamType == StreamKinds.TracingRequest.Name =>
            new PassTracingRequestDeadline(new TracingRequestId(deadline.StreamId), key),
        _ when deadline.StreamType == StreamKinds.PartnerSearch.Name =>
            new PassPartnerSearchDeadline(new PartnerSearchId(deadline.StreamId), key),
        _ when deadline.StreamType == StreamKinds.Disclosure.Name =>
            new PassDisclosureDeadline(new DisclosureId(deadline.StreamId), key),
        _ when deadline.StreamType == StreamKinds.DataSubjectRequest.Name =>
            new PassDataSubjectRequestDeadline(new DataSubjectRequestId(deadline.StreamId), key),
        _ when deadline.StreamType == StreamKinds.BreakGlass.Name => new BreakGlass.PassBreakGlassDeadline(deadline.StreamId, key),
        _ when deadline.StreamType == StreamKinds.Breach.Name => new Breaches.PassBreachDeadline(deadline.StreamId, key),
        _ => throw new InvalidOperationException($"No command passes a deadline of a {deadline.StreamType}."),
    };

    [LoggerMessage(LogLevel.Error, "Deadline {Kind} of stream {StreamId} could not be passed ({Error}); it is tried again later.")]
    private static partial void LogFailure(ILogger log, string kind, Guid streamId, string error);
}
