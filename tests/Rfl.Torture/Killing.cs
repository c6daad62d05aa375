using Rfl.Torture.Checks;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture;

/// <summary>
/// Nodes are killed, their database fails, and connections break in the middle of statements, at random moments under load, jobs included. Afterwards
/// every acknowledged command is there once, views are what a rebuild gives, deadlines fell once, versions are dense.
/// </summary>
/// <param name="house">With at least one node.</param>
internal sealed class Killing(Report report, House house, int seed)
{
    private const int ClientCount = 6;

    /// <summary>After so many faults of a kind everything is looked at.</summary>
    private const int Round = 20;

    private readonly Random chance = new(seed);

    /// <param name="Make">Makes the fault, and returns when the service is whole again.</param>
    /// <param name="Before">Milliseconds of load before each fault, from and to.</param>
    private sealed record Fault(string Name, int Times, (int From, int To) Before, Func<Task> Make);

    /// <param name="oneByOne">Whether everything is looked at after every few faults of a kind, or once after all.</param>
    public async Task RunAsync(int services, int databases, int cuts, bool oneByOne)
    {
        Fault[] faults =
        [
            new("service killed (SIGKILL)", services, (200, 1800), KillAsync),
            new("PostgreSQL stopped (immediate)", databases, (200, 1800), StopPostgresAsync),
            new("connection cut in a statement", cuts, (20, 200), CutAsync),
        ];
        if (oneByOne)
        {
            foreach (var fault in faults)
            {
                for (var rest = fault.Times; rest > 0; rest -= Round)
                    await SufferAsync([fault with { Times = Math.Min(Round, rest) }]);
            }
        }
        else
        {
            await SufferAsync(faults);
        }
    }

    private async Task KillAsync()
    {
        var node = house.Nodes[chance.Next(house.Nodes.Count)];
        await node.KillAsync();
        await node.StartAsync();
        await node.WaitUntilReadyAsync();
    }

    private async Task StopPostgresAsync()
    {
        await house.Postgres.StopImmediatelyAsync();
        await house.Postgres.StartAgainAsync();
        foreach (var node in house.Nodes)
            await node.WaitUntilReadyAsync();
    }

    private async Task CutAsync()
    {
        var before = house.Wire.Cuts;
        house.Wire.CutNext();
        while (house.Wire.Cuts == before)
            await Task.Delay(TimeSpan.FromMilliseconds(5));
    }

    private async Task SufferAsync(IReadOnlyList<Fault> faults)
    {
        await using var load = await Load.StartAsync([.. house.Nodes.Select(node => node.Address)], chance.Next(), ClientCount);
        foreach (var fault in faults)
        {
            for (var time = 1; time <= fault.Times; time++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(fault.Before.From, fault.Before.To)));
                await fault.Make();
                if (time % 10 == 0)
                    report.Say($"{fault.Name}: {time} of {fault.Times}; {load.Journal.Entries.Count} commands, {load.LostAnswers} answers lost");
            }
        }

        await load.StopAsync();
        await house.RestAsync();
        var found = await Truth.FindAsync(house, load.Journal);
        await using var database = house.Ask();
        var acknowledged = load.Journal.Entries.Count(entry => entry.Acknowledged);
        var seen = $"{acknowledged} commands acknowledged, {load.LostAnswers} answers lost, {load.NotNow} times told to come back, {await Truth.FallenAsync(database)} deadlines fell";
        foreach (var fault in faults)
            report.Add(fault.Name, fault.Times, fault.Times, seen, found);
        await house.WakeAsync();
    }
}
