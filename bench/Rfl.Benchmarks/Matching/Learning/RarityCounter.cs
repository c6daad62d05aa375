using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;

namespace Rfl.Benchmarks.Matching.Learning;

/// <summary>
/// Counts how many of a people bear words that sound alike. A word is as frequent as where it is most frequent: whoever is searched for there has
/// many namesakes, however rare the name is elsewhere. What comes out are shares of consonant classes; no name can be read from them.
/// </summary>
internal sealed class RarityCounter
{
    // Shares of smaller groups are chance.
    private const int SmallestPeople = 100;
    private const int FewestBearers = 3;

    private readonly Dictionary<string, People> peoples = [];

    /// <param name="people">Any name for the people, such as the origin that a register gives or a set of names.</param>
    /// <param name="name">One person's name.</param>
    public void Add(string people, NameForm name)
    {
        if (!peoples.TryGetValue(people, out var counted))
            peoples[people] = counted = new People();
        counted.Persons++;
        foreach (var key in name.Parts.Where(part => part.Kind == NamePartKind.Name).Select(part => BlockingKeys.FirstKey(part.Sounds)).Distinct())
            counted.Bearers[key] = counted.Bearers.GetValueOrDefault(key) + 1;
    }

    public SortedDictionary<string, float> Rarities()
    {
        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var people in peoples.Values.Where(people => people.Persons >= SmallestPeople))
        {
            foreach (var (key, bearers) in people.Bearers.Where(pair => pair.Value >= FewestBearers))
                shares[key] = Math.Max(shares.GetValueOrDefault(key), (double)bearers / people.Persons);
        }
        return new SortedDictionary<string, float>(
            shares.Where(pair => pair.Value > NameRarity.SmallestShare).ToDictionary(pair => pair.Key, pair => MathF.Round(NameRarity.Of(pair.Value), 2)),
            StringComparer.Ordinal);
    }

    private sealed class People
    {
        public int Persons { get; set; }

        public Dictionary<string, int> Bearers { get; } = [];
    }
}
