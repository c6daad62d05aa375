using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Benchmarks.Matching;

/// <summary>Two registers in memory: how frequent name parts are in them, and who shares a blocking key with whom.</summary>
internal sealed class Registers
{
    // A key that more persons have than this is left to the other keys of its bearers.
    private const int MostFrequent = 1500;

    private readonly Dictionary<string, List<int>> index = [];
    private readonly List<RegisteredRecord> second;

    public Registers(List<RegisteredRecord> first, List<RegisteredRecord> second)
    {
        this.second = second;
        SetRarity([.. first, .. second]);
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

    // The rarity of a part is what an agreement in it says, in proportion to a part that one in a hundred and fifty bears.
    private static void SetRarity(List<RegisteredRecord> records)
    {
        var counts = new Dictionary<string, int>();
        foreach (var part in records.SelectMany(record => Parts(record.Person)))
        {
            foreach (var key in KeysOf(part))
                counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        foreach (var part in records.SelectMany(record => Parts(record.Person)))
        {
            var share = KeysOf(part).Max(key => counts[key]) / (double)records.Count;
            part.Rarity = (float)Math.Clamp(-Math.Log(share) / 5, 0.3, 1.6);
        }
    }

    private static IEnumerable<NamePart> Parts(PersonForm person) =>
        new[] { person.Name, person.Father, person.Mother }.Concat(person.Relatives).SelectMany(name => name.Parts);

    private static HashSet<string> KeysOf(NamePart part)
    {
        var keys = new HashSet<string>();
        BlockingKeys.OfSounds(part.Sounds, keys);
        return keys;
    }
}
