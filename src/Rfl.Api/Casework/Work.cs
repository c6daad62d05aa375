using Npgsql;
using Rfl.Api.Pipeline;
using Rfl.Domain.Access;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;

namespace Rfl.Api.Casework;

/// <summary>One command at work: the streams it loaded, the events it decided on so far, and what decisions may know of the world.</summary>
public sealed class Work
{
    private readonly Dictionary<Guid, (StreamHistory Loaded, List<IDomainEvent> Events)> streams;
    private readonly Dictionary<Guid, object> states = [];
    private readonly List<NpgsqlBatchCommand> also = [];
    private readonly IReadOnlyCollection<PersonId> restricted;
    private readonly Dictionary<Guid, PersonId> without = [];
    private DateTimeOffset? occurredAt;

    /// <param name="restricted">People of the loaded requests about whom nothing leaves.</param>
    internal Work(
        IReadOnlyDictionary<Guid, StreamHistory> loaded,
        Policy policy,
        Viewer viewer,
        RequestConditions conditions,
        DateTimeOffset now,
        IReadOnlyCollection<PersonId> restricted)
    {
        streams = loaded.ToDictionary(stream => stream.Key, stream => (stream.Value, new List<IDomainEvent>()));
        Policy = policy;
        Viewer = viewer;
        Conditions = conditions;
        Now = now;
        this.restricted = restricted;
    }

    public Policy Policy { get; }

    public Viewer Viewer { get; }

    public RequestConditions Conditions { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Today, at the Society.</summary>
    public DateOnly Today => WorkingCalendar.DayOf(Now);

    internal bool HasEvents => streams.Values.Any(stream => stream.Events.Count > 0);

    /// <summary>Every stream that this command moves, with what happened in it and the state after it.</summary>
    internal IEnumerable<(StreamHistory Loaded, IReadOnlyList<IDomainEvent> Events, object State)> Changes =>
        streams.Where(stream => stream.Value.Events.Count > 0)
            .Select(stream => (stream.Value.Loaded, (IReadOnlyList<IDomainEvent>)stream.Value.Events, states[stream.Key]));

    internal IReadOnlyList<StreamAppend> Appends => [
        .. streams.Values.Select(stream => new StreamAppend(
            stream.Loaded, stream.Events, without.TryGetValue(stream.Loaded.Id, out var erased) ? erased : null)),
    ];

    internal DateTimeOffset? OccurredAt => occurredAt;

    internal IReadOnlyList<NpgsqlBatchCommand> Also => also;

    /// <summary>Further rows to be written in the transaction of this command, such as a notice to be sent.</summary>
    public void AlsoSave(NpgsqlBatchCommand command) => also.Add(command);

    /// <summary>The rows of a loaded stream's views are made anew as they are without a person whom this command erases.</summary>
    public void ShowWithout(Guid id, PersonId erased) => without[id] = erased;

    /// <summary>The facts of this command happened on an earlier day; recorded next to the moment of recording.</summary>
    public void HappenedOn(DateOnly day) => occurredAt = WorkingCalendar.MomentOn(day, Now);

    /// <summary>A stream as it was before this command.</summary>
    public StreamHistory Loaded(Guid id) => streams[id].Loaded;

    public bool Has(Guid id) => streams.ContainsKey(id);

    /// <summary>The state of a loaded stream, decisions of this command included.</summary>
    public TState State<TState, TEvent>(StreamKind<TState, TEvent> kind, Guid id)
        where TEvent : IDomainEvent
    {
        if (!states.TryGetValue(id, out var state))
        {
            state = kind.Fold(streams[id].Loaded)!;
            states[id] = state = state is TracingRequest request ? request.Restricting(restricted) : state;
        }

        return (TState)state;
    }

    /// <summary>The version that the stream will have once this command is saved.</summary>
    public long VersionOf(Guid id) => streams[id].Loaded.Version + streams[id].Events.Count;

    /// <summary>Takes a decision into the work; answers the refusal where it is one.</summary>
    public Outcome? Record<TState, TEvent>(StreamKind<TState, TEvent> kind, Guid id, Decision<TEvent> decision)
        where TEvent : IDomainEvent
    {
        if (decision is Decision<TEvent>.Refused refused)
            return refused.Refusal;
        if (decision is Decision<TEvent>.Accepted accepted)
        {
            var state = State(kind, id);
            foreach (var happened in accepted.Events)
            {
                state = kind.Evolve(state, happened, occurredAt ?? Now);
                streams[id].Events.Add(happened);
            }

            states[id] = state!;
        }

        return null;
    }

    /// <summary>The answer to a caller who decided on an older version of the stream; null where nothing changes or the version fits.</summary>
    public Outcome? Judge(Guid id) => streams[id].Events.Count == 0 ? null : Conditions.Judge(streams[id].Loaded.Version);
}
