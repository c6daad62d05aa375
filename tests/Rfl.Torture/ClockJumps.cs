using Rfl.Infrastructure.Identity;
using Rfl.Torture.Checks;
using Rfl.Torture.Clients;
using Rfl.Torture.Installation;

namespace Rfl.Torture;

/// <summary>
/// A node whose clock jumps, two years ahead and three back: it goes on working, signs people in again, and no deadline falls twice. The node runs within this
/// process, since its clock has to be moved; its database is the house's.
/// </summary>
internal sealed class ClockJumps(Report report, House house, int seed)
{
    private static readonly string supervisor = DemoAccounts.Supervisor.Email;

    public async Task RunAsync()
    {
        var clock = new JumpingClock();
        var journal = new Journal();
        var wrong = new List<string>();
        await using (var node = house.NewInside(clock))
        {
            using var client = new Client([node.Server.BaseAddress], journal, node.Server.CreateHandler());
            var casework = await Casework.ForAsync(house.Nodes[0].Address, new Random(seed));
            var one = casework.NewCase();
            foreach (var command in new[] { casework.Interview(one), casework.Accept(one), casework.Assign(one) })
                await client.CarryOutAsync(command, CancellationToken.None);

            foreach (var jump in new[] { TimeSpan.FromDays(730), TimeSpan.FromDays(-1095), TimeSpan.FromDays(365) })
            {
                clock.Jump(jump);
                var lead = await client.CarryOutAsync(casework.Lead(one), CancellationToken.None);
                if (!lead.Acknowledged)
                    wrong.Add($"after a jump of {jump.TotalDays} days a lead was answered {(int?)lead.Status} {lead.Code}");
                foreach (var path in new[] { one.Path(), one.Path("/timeline"), "/api/v1/tracing-requests", "/api/v1/deadlines", "/health/ready" })
                {
                    if ((await client.ReadAsync(path, supervisor, CancellationToken.None)).Body is null)
                        wrong.Add($"after a jump of {jump.TotalDays} days {path.Split('/')[^1]} cannot be read");
                }

                for (var twice = 0; twice < 2; twice++)
                    await client.PostAsync("/api/v1/jobs/chasing-deadlines/runs", supervisor, CancellationToken.None);
            }
        }

        await house.RestAsync();
        wrong.AddRange(await Truth.FindAsync(house, journal));
        await using var database = house.Ask();
        report.Add("clock jumps (+2, -3, +1 years)", 3, 3, $"served at every time, {await Truth.FallenAsync(database)} deadlines fell, none twice", wrong);
        await house.WakeAsync();
    }

    /// <summary>The machine's clock, put forward or back.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private TimeSpan off;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;

        public void Jump(TimeSpan by) => off += by;
    }
}
