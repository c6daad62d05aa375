using Microsoft.Extensions.DependencyInjection;
using Rfl.Infrastructure.EventStore;
using Rfl.Infrastructure.Identity;
using Rfl.Torture.Checks;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture;

/// <summary>Two nodes on one database: restarted one after the other under load, and one of them older than the other.</summary>
internal sealed class TwoNodes(Report report, House house, int seed)
{
    private const int ClientCount = 6;

    /// <summary>An event that no build of today knows.</summary>
    private const string FromTheFuture = "lantern-lit.v1";

    public async Task RunAsync(int restarts)
    {
        await RestartAsync(restarts);
        await ReadEachOtherAsync();
    }

    /// <summary>SIGTERM, wait for the end, start, wait until ready; then the other node.</summary>
    private async Task RestartAsync(int restarts)
    {
        await using var load = await Load.StartAsync([.. house.Nodes.Select(node => node.Address)], seed, ClientCount);
        for (var time = 0; time < restarts; time++)
        {
            var node = house.Nodes[time % house.Nodes.Count];
            await node.StopAsync();
            await node.StartAsync();
            await node.WaitUntilReadyAsync();
        }

        await load.StopAsync();
        await house.RestAsync();
        await using var database = house.Ask();
        var found = (await Truth.FindAsync(house, load.Journal)).ToList();
        if (load.BrokenInHand > restarts * ClientCount)
            found.Add($"{load.BrokenInHand} requests were broken off, more than can have been in hand");
        report.Add(
            "rolling restart (SIGTERM)", restarts, restarts,
            $"{load.Journal.Entries.Count(entry => entry.Acknowledged)} commands acknowledged, {load.LostAnswers - load.BrokenInHand} connections refused by the absent node, "
            + $"{load.BrokenInHand} requests broken off, {await Truth.FallenAsync(database)} deadlines fell, none twice",
            found);
        await house.WakeAsync();
    }

    /// <summary>
    /// An older build serves, this one starts beside it and brings the schema up to date, both work on the same cases, jobs included; then the older one is
    /// replaced, as in a rolling update.
    /// </summary>
    /// <param name="older">The service's assembly of the older build.</param>
    public static async Task MixAsync(string older, TimeSpan duration, Report report, int seed)
    {
        await using var house = await House.BuildAsync();
        var first = await house.AddNodeAsync(assembly: Path.GetFullPath(older));
        await using var load = await Load.StartAsync([first.Address], seed, ClientCount / 2);
        var second = await house.AddNodeAsync();
        await using var both = await Load.StartAsync([first.Address, second.Address], seed + 100, ClientCount / 2, load.Journal);
        await Task.Delay(duration);
        await first.StopAsync();
        first.Assembly = second.Assembly;
        await first.StartAsync();
        await first.WaitUntilReadyAsync();
        await Task.WhenAll(load.StopAsync(), both.StopAsync());
        await house.RestAsync();
        await using var database = house.Ask();
        report.Add(
            "old build beside new, then replaced", 1, 1,
            $"{load.Journal.Entries.Count(entry => entry.Acknowledged)} commands acknowledged, {await Truth.FallenAsync(database)} deadlines fell",
            await Truth.FindAsync(house, load.Journal));
    }

    /// <summary>
    /// What a newer build would leave behind, written past the service: a known event with members that this build does not know, and an event that it does
    /// not know at all. The older node serves the first as if nothing were new, says of the second that it cannot now, and goes on with everything else.
    /// </summary>
    private async Task ReadEachOtherAsync()
    {
        // A house of its own: what is written past the service stays there.
        await using var other = await House.BuildAsync();
        var node = await other.AddNodeAsync();
        var journal = new Journal();
        var found = new List<string>();
        using var client = new Client([node.Address], journal);
        var casework = await Casework.ForAsync(node.Address, new Random(seed));
        var (extended, unknown, untouched) = (casework.NewCase(), casework.NewCase(), casework.NewCase());
        foreach (var one in new[] { extended, unknown, untouched })
        {
            await client.CarryOutAsync(casework.Interview(one), CancellationToken.None);
            await client.CarryOutAsync(casework.Lead(one), CancellationToken.None);
        }

        await other.Postgres.ExecuteInServiceAsync(
            Append(extended.Id, "type", """data || '{"leadId": "11111111-2222-4333-8444-555555555555", "weather": {"wind": "north"}, "companions": [1, 2]}'"""),
            Append(unknown.Id, $"'{FromTheFuture}'", """'{"lamp": "oil"}'"""));

        var supervisor = DemoAccounts.Supervisor.Email;
        var (read, version) = await client.ReadAsync(extended.Path(), supervisor, CancellationToken.None);
        if (read?["leads"]?.AsArray().Count != 2)
            found.Add("a known event with unknown members is not read");
        var next = await client.TryOnceAsync(casework.Prioritise(extended), version, CancellationToken.None);
        if (!next.Acknowledged)
            found.Add($"a command after an event with unknown members was answered {(int?)next.Status} {next.Code}");
        var shut = await client.TryOnceAsync(casework.Lead(unknown), null, CancellationToken.None);
        if (shut.Status != System.Net.HttpStatusCode.ServiceUnavailable)
            found.Add($"a command on a stream with an unknown event was answered {(int?)shut.Status} {shut.Code}");
        var open = await client.TryOnceAsync(casework.Lead(untouched), null, CancellationToken.None);
        if (!open.Acknowledged)
            found.Add($"a command on another stream was answered {(int?)open.Status} {open.Code}");
        if ((await client.ReadAsync("/api/v1/tracing-requests", supervisor, CancellationToken.None)).Body is null)
            found.Add("the list cannot be read");

        // The node with the new build reads what both wrote. The feed of the old one waits before the event until that node has been replaced.
        await using (var newer = other.NewInside(furtherEvents: typeof(LanternLit).Assembly))
        {
            var history = await newer.Services.GetRequiredService<EventStore>().LoadAsync(unknown.Id, "tracing-request", CancellationToken.None);
            if (history.Events[^1].Event is not LanternLit)
                found.Add("the newer build does not read its own event");
        }

        report.Add("old build beside new (simulated)", 2, 2, "unknown members: served; unknown event: 503 for its stream only; the newer build reads both", found);
    }

    /// <summary>Appends a copy of the stream's last lead as the store would, with another type or content.</summary>
    private static string Append(Guid stream, string type, string data) =>
        $"""
        with moved as (update mt_streams set version = version + 1 where id = '{stream}' returning version)
        insert into mt_events (id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, headers, persons)
        select gen_random_uuid(), stream_id, (select version from moved), {data}, {type}, now(), mt_dotnet_type, gen_random_uuid()::text, headers, persons
        from mt_events where stream_id = '{stream}' and type like 'lead-received.v%' order by version desc limit 1
        """;
}
