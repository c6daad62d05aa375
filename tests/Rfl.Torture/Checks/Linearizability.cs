using Rfl.Api.Casework;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Domain.TracingRequests;
using Rfl.Infrastructure.EventStore;
using Rfl.Torture.Clients;

namespace Rfl.Torture.Checks;

/// <summary>
/// Whether what the clients of one stream were told could have been told one after the other, in an order that respects what they saw: the stream's versions
/// are that order. Every effect stands once, between its command's beginning and its answer, and is what the model decides there; every refusal, every
/// "nothing to do" and every stale version is what the model decides in some state of that time.
/// </summary>
internal sealed class Linearizability
{
    private readonly List<string> wrong = [];
    private readonly List<TracingRequest> states = [TracingRequest.Initial];
    private readonly StreamHistory history;
    private readonly IReadOnlyList<Block> blocks;
    private readonly Policy policy;
    private readonly DateOnly today;

    private Linearizability(StreamHistory history, IReadOnlyDictionary<Guid, Entry> entries, Policy policy, DateOnly today)
    {
        this.history = history;
        this.policy = policy;
        this.today = today;
        foreach (var (happened, at) in history.Facts<ITracingRequestEvent>())
            states.Add(TracingRequest.Evolve(states[^1], happened, at));
        blocks = [.. BlocksOf(history, entries)];
    }

    /// <param name="entries">All commands of the run that decided on this stream; a replay of a key is not among them.</param>
    /// <param name="all">Every command, by the id under which its events were recorded.</param>
    /// <returns>What is wrong, and how many answers were checked against the model.</returns>
    public static (IReadOnlyList<string> Wrong, int Checked) Check(
        StreamHistory history, IReadOnlyCollection<Entry> entries, IReadOnlyDictionary<Guid, Entry> all, Policy policy, DateOnly today)
    {
        var check = new Linearizability(history, all, policy, today);
        check.CheckOrder();
        var modelled = entries.Count(check.IsRight);
        return (check.wrong, modelled);
    }

    /// <summary>The versions that one command wrote.</summary>
    /// <param name="Entry">Null for what was there before the run.</param>
    private sealed record Block(Entry? Entry, long First, long Last);

    private static IEnumerable<Block> BlocksOf(StreamHistory history, IReadOnlyDictionary<Guid, Entry> entries)
    {
        for (var at = 0; at < history.Events.Count;)
        {
            var correlation = history.Events[at].Metadata.CorrelationId;
            var first = at;
            while (at < history.Events.Count && history.Events[at].Metadata.CorrelationId == correlation)
                at++;
            yield return new Block(entries.GetValueOrDefault(correlation), first + 1, at);
        }
    }

    /// <summary>A command that had been answered before another began stands before it; and none stands twice.</summary>
    private void CheckOrder()
    {
        var latestBeginning = long.MinValue;
        var seen = new HashSet<Guid>();
        foreach (var (entry, first, _) in blocks)
        {
            if (entry is null)
                continue;
            if (!seen.Add(entry.Command.Id))
                wrong.Add($"{Name(entry)} has two effects, the second at version {first}");
            if (entry.Ended < latestBeginning)
                wrong.Add($"{Name(entry)} was answered before a command began whose effect stands before its own, at version {first}");
            latestBeginning = Math.Max(latestBeginning, entry.Began);
        }

        for (var at = 0; at < history.Events.Count; at++)
        {
            if (history.Events[at].Version != at + 1)
                wrong.Add($"version {history.Events[at].Version} stands where {at + 1} should");
        }
    }

    /// <returns>Whether the answer was compared with the model; what does not fit is noted.</returns>
    private bool IsRight(Entry entry)
    {
        var block = blocks.FirstOrDefault(block => block.Entry == entry);
        // The states that the service may have decided on: from the last that was told to anybody before, to the last that anybody had begun.
        var low = blocks.Where(other => other.Entry is null || other.Entry.Ended < entry.Began).Select(other => other.Last).DefaultIfEmpty(0).Max();
        var high = blocks.Where(other => other.Entry is null || other.Entry.Began < entry.Ended).Select(other => other.Last).DefaultIfEmpty(0).Max();
        var possible = Enumerable.Range((int)low, (int)(high - low) + 1).ToList();
        switch (entry)
        {
            case { Acknowledged: true } when block is not null:
                return FitsEffect(entry, block);
            case { Acknowledged: false } when block is not null:
                wrong.Add($"{Name(entry)} was answered {(int?)entry.Status} {entry.Code} and has an effect at version {block.First}");
                return false;
            case { Acknowledged: true }:
                return Demand(entry, possible.Where(at => entry.Version is null || at == entry.Version), decision => decision is Decision<ITracingRequestEvent>.Unchanged, "nothing to do");
            case { Status: System.Net.HttpStatusCode.Conflict }:
                return Demand(entry, possible, decision => decision is Decision<ITracingRequestEvent>.Refused refused && refused.Refusal.Code == entry.Code, $"refused with {entry.Code}");
            case { Status: System.Net.HttpStatusCode.PreconditionFailed }:
                return Demand(
                    entry,
                    possible.Where(at => at != entry.Seen && (entry.Version is null || at == entry.Version)),
                    decision => decision is Decision<ITracingRequestEvent>.Accepted,
                    $"stale against {entry.Seen}");
            default:
                wrong.Add($"{Name(entry)} was answered {(int?)entry.Status} {entry.Code}");
                return false;
        }
    }

    private bool FitsEffect(Entry entry, Block block)
    {
        if (entry.Command.DecidesOn is not null && entry.Seen != block.First - 1)
            wrong.Add($"{Name(entry)} decided on version {entry.Seen} and stands at {block.First}");
        if (entry.Version is not null && entry.Version != block.Last)
            wrong.Add($"{Name(entry)} was told version {entry.Version} and ends at {block.Last}");
        if (Model.Decide(entry.Command, states[(int)block.First - 1], policy, today) is not { } decision)
            return false;
        var recorded = history.Events.Skip((int)block.First - 1).Take((int)(block.Last - block.First) + 1).Select(one => one.Event);
        if (decision is not Decision<ITracingRequestEvent>.Accepted accepted || !accepted.Events.SequenceEqual(recorded.Cast<ITracingRequestEvent>()))
            wrong.Add($"{Name(entry)} at version {block.First}: the model decides {decision.GetType().Name} or other events");
        return true;
    }

    private bool Demand(Entry entry, IEnumerable<int> possible, Func<Decision<ITracingRequestEvent>, bool> fits, string what)
    {
        var decisions = possible.Select(at => Model.Decide(entry.Command, states[at], policy, today)).ToList();
        if (decisions.Any(decision => decision is null))
            return false;
        if (!decisions.Any(decision => fits(decision!)))
            wrong.Add($"{Name(entry)}: no state of its time gives \"{what}\" ({decisions.Count} states)");
        return true;
    }

    private static string Name(Entry entry) => $"{entry.Command.Kind} {entry.Command.Id}";
}
