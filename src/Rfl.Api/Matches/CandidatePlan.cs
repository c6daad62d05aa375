using Rfl.Domain.Matching;

namespace Rfl.Api.Matches;

/// <summary>Which evidence the index is asked for: as likely to lead to the person as possible, within the candidates that one question may cost.</summary>
/// <param name="Alone">Keys each of which makes a candidate by itself.</param>
/// <param name="Together">Keys that make one in twos and threes: one of each set.</param>
public sealed record CandidatePlan(int[] Alone, IReadOnlyList<int[][]> Together)
{
    /// <summary>Candidates that the index may be expected to give for one question; the best of them are opened.</summary>
    public const int Budget = 1500;

    private const int MostTogether = 12;

    /// <summary>What asking in one more way costs, in candidates.</summary>
    private const double WayCosts = 100;

    /// <summary>Words and places of one country come together more often than chance would have it.</summary>
    private const double OfOneCountry = 3;

    /// <summary>A reading of a word is asked for by itself where it is so much rarer than the word in all its readings.</summary>
    private const double MuchRarer = 0.2;

    /// <summary>
    /// A rare word is asked for alone. A common one only together with another piece of evidence, the commonest with two: Mohammad alone would flood every
    /// question, and Mohammad, born about 1998, whose father is Nazar, does not.
    /// </summary>
    public static CandidatePlan Of(IReadOnlyList<AskedKeys> groups, double persons)
    {
        groups = [.. groups, .. RareReadings(groups)];
        var chosen = new List<Way>();
        var promised = 0.0;
        foreach (var way in Ways(groups, persons).OrderByDescending(way => way.Worth).ThenBy(way => way.Groups.Length))
        {
            if (promised + way.Expected > Budget || chosen.Exists(known => known.Groups.All(way.Groups.Contains)))
                continue;
            if (way.Groups.Length > 1 && chosen.Count(known => known.Groups.Length > 1) == MostTogether)
                continue;
            chosen.Add(way);
            promised += way.Expected;
        }

        // All too common even in threes: the least common of them, and the limit of the query.
        if (chosen.Count == 0)
            chosen.AddRange(Ways(groups, persons).OrderBy(way => way.Expected).Take(1));
        return new CandidatePlan(
            [.. chosen.Where(way => way.Groups.Length == 1).SelectMany(way => groups[way.Groups[0]].Keys).Distinct()],
            [.. chosen.Where(way => way.Groups.Length > 1).Select(way => way.Groups.Select(group => groups[group].Keys).ToArray())]);
    }

    private static IEnumerable<Way> Ways(IReadOnlyList<AskedKeys> groups, double persons)
    {
        for (var a = 0; a < groups.Count; a++)
        {
            yield return Of([a]);
            for (var b = a + 1; b < groups.Count; b++)
            {
                if (SaySame(groups[a], groups[b]))
                    continue;
                yield return Of([a, b]);
                for (var c = b + 1; c < groups.Count; c++)
                {
                    if (!SaySame(groups[a], groups[c]) && !SaySame(groups[b], groups[c]))
                        yield return Of([a, b, c]);
                }
            }
        }

        Way Of(int[] way)
        {
            var (share, chance, least, words) = (1.0, 1.0, 1.0, 0);
            foreach (var group in way)
            {
                var asked = groups[group];
                share *= asked.Share;
                chance *= asked.Chance;
                least = Math.Min(least, asked.Share);
                if (asked.Kind is KeyKind.Name or KeyKind.JoinedName or KeyKind.Family or KeyKind.Place && words++ > 0)
                    share *= OfOneCountry;
            }

            return new Way(way, persons * Math.Min(share, least), chance);
        }
    }

    /// <summary>Some readings of a word are as common as short words are, and its others are rare.</summary>
    private static IEnumerable<AskedKeys> RareReadings(IReadOnlyList<AskedKeys> groups)
    {
        foreach (var group in groups.Where(group => group.Keys.Length > 1 && group.Kind != KeyKind.BirthYear))
        {
            var rare = group.Readings.Where(reading => reading.Share < MuchRarer * group.Share).ToList();
            if (rare.Count > 0)
                yield return new AskedKeys(group.Kind, group.Word, rare);
        }
    }

    /// <summary>A father's word in the name and the same word in the family are one piece of evidence.</summary>
    private static bool SaySame(AskedKeys a, AskedKeys b) => a.Word == b.Word;

    /// <summary>One way to ask.</summary>
    /// <param name="Expected">Candidates that it gives, about.</param>
    /// <param name="Chance">That the person can be found in it.</param>
    private readonly record struct Way(int[] Groups, double Expected, double Chance)
    {
        public double Worth => Chance / (Expected + WayCosts);
    }
}
