using System.Diagnostics;
using System.Net;
using Npgsql;
using Rfl.Infrastructure.Identity;
using Rfl.Torture.Checks;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture;

/// <summary>What the service stands on fails for a while: it says so clearly, readiness goes red, and when it is over everything goes on by itself.</summary>
/// <param name="house">With at least one node.</param>
internal sealed class Outages(Report report, House house, int seed)
{
    private const int ClientCount = 4;

    private readonly Random chance = new(seed);
    private readonly List<string> found = [];

    private ServiceNode Node => house.Nodes[0];

    /// <param name="length">How long each outage lasts.</param>
    /// <param name="oneByOne">Whether everything is looked at after each outage, or once after all.</param>
    public async Task RunAsync(TimeSpan length, bool oneByOne)
    {
        var outages = new List<(string Name, Func<Task> Suffer)>
        {
            ($"database gone for {length.TotalSeconds:0} s", () => AwayAsync(length)),
            ("database slow (+400 ms a statement)", () => SlowAsync(length)),
            ("scheduler's tables locked", () => LockedScheduleAsync(length)),
        };
        await using var disk = await SmallDisk.TryMountAsync();
        if (disk is null)
            report.Say("disk full: not tried, since no file system may be mounted here");
        else
            outages.Add(("disk full (SQLSTATE 53100)", () => FullAsync(disk)));
        foreach (var together in oneByOne ? outages.Select(outage => new[] { outage }) : [outages.ToArray()])
            await SufferAsync(together);
    }

    private async Task AwayAsync(TimeSpan length)
    {
        house.Wire.Gone = true;
        await ExpectAsync(HttpStatusCode.ServiceUnavailable, "while the database is gone");
        await Task.Delay(length);
        await ExpectAsync(HttpStatusCode.ServiceUnavailable, "at the end of the outage");
        house.Wire.Gone = false;
    }

    private async Task SlowAsync(TimeSpan length)
    {
        house.Wire.Delay = TimeSpan.FromMilliseconds(400);
        await Task.Delay(length);
        await ExpectAsync(HttpStatusCode.OK, "while the database is slow");
        house.Wire.Delay = TimeSpan.Zero;
    }

    /// <summary>The file system of the events fills up.</summary>
    private async Task FullAsync(SmallDisk disk)
    {
        await house.Postgres.ExecuteAsync($"create tablespace small location '{disk.Folder}'", "grant create on tablespace small to rfl");
        await house.Postgres.ExecuteInServiceAsync("alter table mt_events set tablespace small");
        using (var client = new Client([Node.Address], new Journal()))
        {
            var casework = await Casework.ForAsync(Node.Address, new Random(chance.Next()));
            await disk.FillAsync();
            var limit = Stopwatch.StartNew();
            Entry last;
            do
                last = await client.TryOnceAsync(casework.Interview(casework.NewCase()), null, CancellationToken.None);
            while (last.Acknowledged && limit.Elapsed < TimeSpan.FromMinutes(1));
            if (last.Status != HttpStatusCode.ServiceUnavailable)
                found.Add($"a command was answered {(int?)last.Status} {last.Code} on a full disk");
            if ((await client.ReadAsync("/api/v1/tracing-requests", DemoAccounts.Supervisor.Email, CancellationToken.None)).Body is null)
                found.Add("nothing can be read on a full disk");
        }

        disk.MakeRoom();
        await house.Postgres.ExecuteInServiceAsync("alter table mt_events set tablespace pg_default");
        await house.Postgres.ExecuteAsync("drop tablespace small");
    }

    private async Task LockedScheduleAsync(TimeSpan length)
    {
        await using var database = house.Ask();
        await using (var connection = await database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var locking = new NpgsqlCommand("lock table qrtz_triggers, qrtz_locks, qrtz_scheduler_state, qrtz_fired_triggers in access exclusive mode", connection))
                await locking.ExecuteNonQueryAsync();
            await Task.Delay(length);
        }

        await ExpectMoreAsync(database, "select coalesce(max(last_checkin_time), 0) from qrtz_scheduler_state", "the scheduler does not check in any more");
        // A job is woken once a minute: waited for in the long form only.
        if (length > TimeSpan.FromSeconds(30))
            await ExpectMoreAsync(database, "select count(*) from job_run where asked_by is null", "the schedule wakes nobody any more");
    }

    private async Task ExpectMoreAsync(NpgsqlDataSource database, string question, string otherwise)
    {
        await using var command = database.CreateCommand(question);
        var before = (long)(await command.ExecuteScalarAsync())!;
        var limit = Stopwatch.StartNew();
        while ((long)(await command.ExecuteScalarAsync())! <= before)
        {
            if (limit.Elapsed > TimeSpan.FromMinutes(3))
            {
                found.Add(otherwise);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>Makes outages under load; after each the node becomes ready by itself, work goes on, and in the end nothing is lost or doubled.</summary>
    private async Task SufferAsync(IReadOnlyList<(string Name, Func<Task> Suffer)> outages)
    {
        found.Clear();
        await using var load = await Load.StartAsync([.. house.Nodes.Select(node => node.Address)], chance.Next(), ClientCount);
        foreach (var (_, suffer) in outages)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            await suffer();
            foreach (var node in house.Nodes)
                await node.WaitUntilReadyAsync(TimeSpan.FromMinutes(2));
        }

        await load.StopAsync();
        await house.RestAsync();
        found.AddRange(await Truth.FindAsync(house, load.Journal));
        var seen = $"{load.Journal.Entries.Count(entry => entry.Acknowledged)} commands acknowledged, {load.NotNow} times told to come back, {load.LostAnswers} answers lost; ready again by itself";
        foreach (var (name, _) in outages)
            report.Add(name, 1, 1, seen, found);
        await house.WakeAsync();
    }

    private async Task ExpectAsync(HttpStatusCode expected, string when)
    {
        var limit = Stopwatch.StartNew();
        HttpStatusCode? ready;
        do
            ready = await Node.ReadyAsync();
        while (ready != expected && limit.Elapsed < TimeSpan.FromSeconds(20));
        if (ready != expected)
            found.Add($"readiness says {(int?)ready} {when}");
    }
}
