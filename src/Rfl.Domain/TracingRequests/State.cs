using Rfl.Domain.Common;
using Rfl.Domain.Transfers;

namespace Rfl.Domain.TracingRequests;

/// <summary>Where a tracing request stands in its life (handbook §4). Ended requests can always be reopened.</summary>
public abstract record TracingRequest
{
    private TracingRequest()
    {
    }

    public static TracingRequest Initial { get; } = new NotStarted();

    public sealed record NotStarted : TracingRequest;

    /// <summary>Every request that exists has a file.</summary>
    public abstract record Started(CaseFile File) : TracingRequest;

    public sealed record Interview(CaseFile File) : Started(File);

    public sealed record Submitted(CaseFile File) : Started(File);

    public sealed record Open(CaseFile File, Activity Activity) : Started(File);

    public sealed record Declined(CaseFile File) : Started(File);

    public sealed record Closed(CaseFile File, ClosureOutcome Outcome) : Started(File);

    public sealed record Withdrawn(CaseFile File) : Started(File);

    /// <summary>The request with what its people forbade us to pass on, which follows from their own streams and not from the request's.</summary>
    public TracingRequest Restricting(IReadOnlyCollection<PersonId> restricted) => this is Started started && restricted.Count > 0
        ? started with { File = started.File with { Restrictions = [.. restricted.Select(person => new TransferRestriction(person))] } }
        : this;

    /// <summary>Nobody's any more: nothing can happen to it, and nobody reaches it.</summary>
    public sealed record Anonymised(RequestStatistics Statistics) : TracingRequest;

    /// <summary>The state after one more fact.</summary>
    /// <param name="at">When the fact happened.</param>
    /// <exception cref="InvalidOperationException">The fact is impossible in this state: the stream is corrupt or the code older than its data.</exception>
    public static TracingRequest Evolve(TracingRequest state, ITracingRequestEvent happened, DateTimeOffset at) => (state, happened) switch
    {
        (NotStarted, TracingInterviewStarted started) => new Interview(CaseFile.Begin(started)),
        (NotStarted, IncomingTracingRequestReceived received) => new Interview(CaseFile.Begin(received)),
        (Interview interview, TracingRequestSubmitted) => new Submitted(interview.File with { SubmittedAt = at, LastActivityAt = at }),
        (Submitted submitted, TracingRequestAccepted) => new Open(submitted.File.AcceptedOn(at), Activity.Accepted.Instance),
        (Submitted submitted, TracingRequestDeclined) => new Declined(submitted.File.Ended(at)),
        (Open open, CaseSuspended suspended) => open with { Activity = new Activity.Suspended(suspended.Reason) },
        (Open open, CaseMadeDormant) => open with { Activity = new Activity.Dormant(at) },
        (Open { Activity: Activity.Dormant dormant } open, DormantCaseReviewed reviewed) =>
            open with { Activity = dormant with { LastReviewedAt = at, LastReview = reviewed }, File = open.File with { LastActivityAt = at } },
        (Open open, CaseClosed closed) => new Closed(open.File.Ended(at), closed.Outcome),
        (Submitted submitted, CaseClosed closed) => new Closed(submitted.File.Ended(at), closed.Outcome),
        (Interview or Submitted or Open, TracingRequestWithdrawn) => new Withdrawn(((Started)state).File.Ended(at)),
        (Open { Activity: Activity.Suspended or Activity.Dormant } open, CaseReopened) =>
            new Open(open.File.ReopenedOn(at), Activity.Searching.Instance),
        (Declined or Closed or Withdrawn, TracingRequestAnonymised anonymised) => new Anonymised(anonymised.Statistics),
        (Declined or Closed or Withdrawn, CaseReopened) => Reopen(((Started)state).File, at),
        (Open { Activity: Activity.Accepted } open, SearchActionPlanned or AuthorityInquirySent) =>
            new Open(open.File.Record(happened, at), Activity.Searching.Instance),
        (Started started, _) => started with { File = started.File.Record(happened, at) },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a request that is {state.GetType().Name}."),
    };

    /// <summary>A request that ended before acceptance goes back to where it was.</summary>
    private static Started Reopen(CaseFile file, DateTimeOffset at) => file switch
    {
        { AcceptedAt: not null } => new Open(file.ReopenedOn(at), Activity.Searching.Instance),
        { SubmittedAt: not null } => new Submitted(file.ReopenedOn(at)),
        _ => new Interview(file.ReopenedOn(at)),
    };
}

/// <summary>What is going on in an open case.</summary>
public abstract record Activity
{
    private Activity()
    {
    }

    public sealed record Accepted : Activity
    {
        public static Accepted Instance { get; } = new();
    }

    public sealed record Searching : Activity
    {
        public static Searching Instance { get; } = new();
    }

    public sealed record Suspended(SuspensionReason Reason) : Activity;

    /// <summary>Never closed for lack of success: reviewed every year instead.</summary>
    public sealed record Dormant(DateTimeOffset Since, DateTimeOffset? LastReviewedAt = null, DormantCaseReviewed? LastReview = null) : Activity;
}
