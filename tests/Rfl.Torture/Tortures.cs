using Rfl.Torture.Fuzzing;
using Rfl.Torture.Installation;

namespace Rfl.Torture;

/// <summary>What is done to the service, by its name on the command line, in its long and in its short form.</summary>
/// <param name="Nodes">How many nodes it needs.</param>
internal sealed record Tortures(int Nodes, Func<Report, House, int, Task> Long, Func<Report, House, int, Task> Short)
{
    public static IReadOnlyDictionary<string, Tortures> All { get; } = new Dictionary<string, Tortures>
    {
        ["kill"] = new(
            1,
            (report, house, seed) => new Killing(report, house, seed).RunAsync(services: 100, databases: 20, cuts: 200, oneByOne: true),
            (report, house, seed) => new Killing(report, house, seed).RunAsync(services: 2, databases: 1, cuts: 10, oneByOne: false)),
        ["outage"] = new(
            1,
            (report, house, seed) => new Outages(report, house, seed).RunAsync(TimeSpan.FromMinutes(1), oneByOne: true),
            (report, house, seed) => new Outages(report, house, seed).RunAsync(TimeSpan.FromSeconds(2), oneByOne: false)),
        ["clock"] = new(
            1,
            (report, house, seed) => new ClockJumps(report, house, seed).RunAsync(),
            (report, house, seed) => new ClockJumps(report, house, seed).RunAsync()),
        ["fuzz"] = new(0, (report, _, seed) => FuzzAsync(report, seed, share: 1), (report, _, seed) => FuzzAsync(report, seed, share: 0.02)),
        ["race"] = new(
            2,
            (report, house, seed) => new Racing(report, house, seed).RunAsync(commands: 6000),
            (report, house, seed) => new Racing(report, house, seed).RunAsync(commands: 240)),
        ["nodes"] = new(
            2,
            (report, house, seed) => new TwoNodes(report, house, seed).RunAsync(restarts: 20),
            (report, house, seed) => new TwoNodes(report, house, seed).RunAsync(restarts: 2)),
    };

    /// <summary>Does all that is named to one house after the other, in the order above.</summary>
    /// <param name="names">All of them where empty.</param>
    /// <param name="older">The service's assembly of an older build, to run beside this one; null where there is none at hand.</param>
    public static async Task RunAsync(IReadOnlyCollection<string> names, bool isShort, Report report, int seed, string? older)
    {
        await using var house = await House.BuildAsync();
        foreach (var (_, torture) in All.Where(one => names.Count == 0 || names.Contains(one.Key)))
            await torture.RunAsync(isShort, report, house, seed);
        if (older is not null && (names.Count == 0 || names.Contains("nodes")))
            await TwoNodes.MixAsync(older, isShort ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(2), report, seed);
    }

    /// <summary>On a house that has enough nodes by then. Each torture draws from a seed of its own: the same ids twice would be the same commands twice.</summary>
    public async Task RunAsync(bool isShort, Report report, House house, int seed)
    {
        await house.GrowAsync(Nodes);
        await (isShort ? Short : Long)(report, house, HashOf(All.Single(one => one.Value == this).Key) ^ seed);
    }

    /// <summary>The same on every machine and in every run.</summary>
    private static int HashOf(string name) => name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));

    private static async Task FuzzAsync(Report report, int seed, double share)
    {
        // A house of its own: what the fuzzer does to the policy is no concern of the others.
        await using var house = await House.BuildAsync();
        await house.AddNodeAsync();
        using var fuzzer = new Fuzzer(report, house, seed);
        await fuzzer.RunAsync(share);
    }
}
