using System.Collections.Immutable;
using Rfl.Domain.Deadlines;

namespace Rfl.Domain.DataSubjectRequests;

/// <summary>Where a request of a data subject stands.</summary>
public abstract record DataSubjectRequest
{
    private DataSubjectRequest()
    {
    }

    public static DataSubjectRequest Initial { get; } = new NotReceived();

    public sealed record NotReceived : DataSubjectRequest;

    public abstract record Existing(DataSubjectRequestFile File) : DataSubjectRequest;

    public sealed record Open(DataSubjectRequestFile File) : Existing(File);

    public sealed record Answered(DataSubjectRequestFile File, DataSubjectRequestAnswered Answer) : Existing(File);

    public sealed record Refused(DataSubjectRequestFile File, DataSubjectRequestRefused Refusal) : Existing(File);

    public sealed record Withdrawn(DataSubjectRequestFile File) : Existing(File);

    /// <exception cref="InvalidOperationException">The fact is impossible in this state.</exception>
    public static DataSubjectRequest Evolve(DataSubjectRequest state, IDataSubjectRequestEvent happened, DateTimeOffset at) => (state, happened) switch
    {
        (NotReceived, DataSubjectRequestReceived received) => new Open(new DataSubjectRequestFile(received, at)),
        (Open { File: var file }, RequesterIdentityVerified verified) => new Open(file with { Identity = verified }),
        (Open { File: var file }, DataSubjectRequestExtended extended) => new Open(file with { Extension = extended }),
        (Open { File: var file }, RectificationCarriedOut rectified) => new Open(file with { Rectifications = file.Rectifications.Add(rectified) }),
        (Open { File: var file }, DataSubjectRequestOverdue overdue) => new Open(file with { PassedDeadlines = file.PassedDeadlines.SetItem(overdue.Deadline, new PassedDeadline(overdue.Deadline, overdue.DueAt, at)) }),
        (Open { File: var file }, DataSubjectRequestAnswered answered) => new Answered(file with { EndedAt = at }, answered),
        (Open { File: var file }, DataSubjectRequestRefused refused) => new Refused(file with { EndedAt = at }, refused),
        (Open { File: var file }, DataSubjectRequestWithdrawn) => new Withdrawn(file with { EndedAt = at }),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to a data subject's request that is {state.GetType().Name}."),
    };
}

/// <param name="ReceivedAt">From when the legal deadline runs.</param>
public sealed record DataSubjectRequestFile(DataSubjectRequestReceived Received, DateTimeOffset ReceivedAt)
{
    public RequesterIdentityVerified? Identity { get; init; }

    public DataSubjectRequestExtended? Extension { get; init; }

    public ImmutableList<RectificationCarriedOut> Rectifications { get; init; } = [];

    public ImmutableDictionary<DeadlineKey, PassedDeadline> PassedDeadlines { get; init; } = ImmutableDictionary<DeadlineKey, PassedDeadline>.Empty;

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsOverdue => !PassedDeadlines.IsEmpty;
}
