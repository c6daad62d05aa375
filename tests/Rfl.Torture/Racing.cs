using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Rfl.Domain.Common;
using Rfl.Domain.Policies;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Torture.Checks;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture;

/// <summary>Many clients quarrel over few cases through two nodes; what each was told has to fit one order of all.</summary>
internal sealed class Racing(Report report, House house, int seed)
{
    private const int ClientCount = 12;
    private const int CaseCount = 3;
    private const int ThingCount = 6;

    public async Task RunAsync(int commands)
    {
        var nodes = house.Nodes.Select(node => node.Address).ToList();
        var today = WorkingCalendar.DayOf(DateTimeOffset.UtcNow);
        var first = await Casework.ForAsync(nodes[0], new Random(seed));
        var cases = Enumerable.Range(0, CaseCount).Select(_ => first.NewCase()).ToList();
        var things = Enumerable.Range(0, ThingCount).Select(_ => first.NewId()).ToList();
        var journal = new Journal();
        var replays = new ConcurrentQueue<(Entry First, Entry Again)>();
        using (var preparing = new Client(nodes, new Journal()))
        {
            foreach (var one in cases)
                await preparing.CarryOutAsync(first.Interview(one), CancellationToken.None);
        }

        // What a client decides on: the version that anybody saw last, sometimes an older one.
        var seen = new ConcurrentDictionary<Guid, long>();
        await Task.WhenAll(Enumerable.Range(0, ClientCount).Select(number => Task.Run(async () =>
        {
            var chance = new Random(seed + 1 + number);
            var quarrel = new Quarrel(await Casework.ForAsync(nodes[0], chance), chance, cases, things);
            using var client = new Client(nodes, journal);
            Entry? before = null;
            for (var turn = 0; turn < commands / ClientCount; turn++)
            {
                if (before is { Acknowledged: true } && chance.Next(8) == 0)
                    replays.Enqueue((before, await ReplayAsync(nodes, before)));
                var command = quarrel.Next();
                long? version = command.DecidesOn is null ? null
                    : chance.Next(5) == 0 ? Math.Max(1, seen.GetValueOrDefault(command.Stream, 1) - chance.Next(3))
                    : (await client.ReadAsync(command.DecidesOn, DemoAccounts.Supervisor.Email, CancellationToken.None)).Version;
                before = await client.TryOnceAsync(command, version, CancellationToken.None);
                if (before.Version is { } told)
                    seen[command.Stream] = told;
            }
        })));

        await JudgeAsync(cases, journal, replays, today);
    }

    /// <summary>The same request again, under the same key, on the same version.</summary>
    private static async Task<Entry> ReplayAsync(IReadOnlyList<Uri> nodes, Entry before)
    {
        using var client = new Client(nodes, new Journal());
        return await client.TryOnceAsync(before.Command, before.Seen, CancellationToken.None);
    }

    private async Task JudgeAsync(IReadOnlyList<Case> cases, Journal journal, ConcurrentQueue<(Entry First, Entry Again)> replays, DateOnly today)
    {
        var store = house.Inside.GetRequiredService<EventStore>();
        var all = journal.Entries.ToDictionary(entry => entry.Command.Id);
        var wrong = new List<string>();
        var modelled = 0;
        var effects = new List<Guid>();
        foreach (var one in cases)
        {
            var history = await store.LoadAsync(one.Id, StreamKinds.TracingRequest.Name, CancellationToken.None);
            var (found, count) = Linearizability.Check(history, [.. journal.Entries.Where(entry => entry.Command.Stream == one.Id)], all, Policy.Default, today);
            wrong.AddRange(found);
            modelled += count;
            effects.AddRange(history.Events.Select(one => one.Metadata.CorrelationId));
        }

        wrong.AddRange(replays.Where(pair => pair.Again.Status != pair.First.Status || pair.Again.Version != pair.First.Version)
            .Select(pair => $"{pair.First.Command.Kind} {pair.First.Command.Id} was told {(int?)pair.First.Status} v{pair.First.Version} and, sent again, {(int?)pair.Again.Status} v{pair.Again.Version}"));
        await using (var database = house.Ask())
            wrong.AddRange(await Truth.DenseAsync(database));
        var entries = journal.Entries;
        report.Add(
            "race on few cases", entries.Count, entries.Count,
            $"{entries.Count(entry => entry.Acknowledged)} done, {Answered(409)} refused, {Answered(412)} stale, {replays.Count} keys replayed, {effects.Count} events; {modelled} answers compared with the model",
            wrong);

        int Answered(int status) => entries.Count(entry => (int?)entry.Status == status);
    }
}
