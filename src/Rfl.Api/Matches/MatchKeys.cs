using System.Buffers.Binary;
using Rfl.Domain.Matching;

namespace Rfl.Api.Matches;

/// <summary>
/// Keys as they lie in the index: four bytes of a keyed hash, so that with the key nowhere in the database there is nothing to read names from. Two keys that
/// fall together make a candidate more, which the comparison sorts out.
/// </summary>
public static class MatchKeys
{
    /// <summary>All keys under which a person stands, each once, in order.</summary>
    public static int[] Filed(ComparedPerson person, IEnumerable<string> phones, Func<string, string, byte[]> lookupHash) =>
        [.. person.KeyGroups(phones).SelectMany(group => group.Filed).Distinct(StringComparer.Ordinal).Select(key => Hash(key, lookupHash)).Distinct().Order()];

    public static int Hash(string key, Func<string, string, byte[]> lookupHash) => BinaryPrimitives.ReadInt32BigEndian(lookupHash("match-key", key));
}
