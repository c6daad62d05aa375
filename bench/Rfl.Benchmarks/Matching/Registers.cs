using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Benchmarks.Matching;

/// <summary>Two registers in memory, and who in one shares a blocking key with whom in the other.</summary>
internal sealed class Registers
{
    // A key that more persons have than this is left to the other keys of its bearers.
    private const int MostFrequent = 1500;

    private readonly Dictionary<string, List<int>> index = [];
    private readonly List<RegisteredRecord> second;

    public Registers(List<RegisteredRecord> first, List<RegisteredRecord> second)
    {
        this.second = second;
        for (var i = 0; i < second.Count; i++)
        {
            foreach (var key in Keys(second[i].Person))
            {
                if (!index.TryGetValue(key, out var list))
                    index[key] = list = [];
                list.Add(i);
            }
        }
    }

    public IEnumerable<RegisteredRecord> Candidates(RegisteredRecord record)
    {
        var seen = new HashSet<int>();
        foreach (var key in Keys(record.Person))
        {
            if (index.TryGetValue(key, out var list) && list.Count <= MostFrequent)
                seen.UnionWith(list);
        }
        return seen.Select(i => second[i]).Where(other => other.Id != record.Id);
    }

    private static HashSet<string> Keys(PersonForm person)
    {
        var keys = new HashSet<string>();
        BlockingKeys.OfPerson(person, keys);
        return keys;
    }
}
