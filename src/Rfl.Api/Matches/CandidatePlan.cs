using Rfl.Domain.Matching;

namespace Rfl.Api.Matches;

/// <summary>Which evidence the index is asked for: as likely to lead to the person as possible, within the candidates that one question may cost.</summary>
/// <param name="Alone">Keys each of which makes a candidate by itself.</param>
/// <param name="Together">Keys that make one in twos and threes: one of each set.</param>
public sealed record CandidatePlan(int[] Alone, IReadOnlyList<int[][]> Together)
{
    /// <summary>Candidates that the index may be expected to give for one question; the best of them are opened.</summary>
    public const int Budget = 1500;

    /// <summary>What candidates and ways together may cost, in candidates: somebody waits.</summary>
    private const double Work = 10_000;

    private const int MostTogether = 12;

    /// <summary>Pieces of evidence that are weighed against each other: each doubles the effort of planning.</summary>
    private const int MostGroups = 10;

    /// <summary>What asking in one more way costs, in candidates; and what the index reads through for it, the rarest list in full, by its length.</summary>
    private const double WayCosts = 40;

    private const double ReadsPerCandidate = 8;

    /// <summary>Candidates that one piece of evidence may give by itself before it is weighed against others.</summary>
    private const double Rare = 200;

    /// <summary>What a way has to find beyond the others for each candidate that it costs: of twenty-five persons one more, for a thousand.</summary>
    private const double LeastWorth = 4e-5;

    /// <summary>Words and places of one country come together more often than chance would have it.</summary>
    private const double OfOneCountry = 3;

    /// <summary>A reading of a word is asked for by itself where it is so much rarer than the word in all its readings.</summary>
    private const double MuchRarer = 0.2;

    /// <summary>
    /// A rare word is asked for alone. A common one only together with another piece of evidence, the commonest with two: Mohammad alone would flood every
    /// question, and Mohammad, born about 1998, whose father is Nazar, does not. One way after the other is taken, always the one that most likely finds whom
    /// those taken before miss, for what it costs.
    /// </summary>
    public static CandidatePlan Of(IReadOnlyList<AskedKeys> groups, double persons)
    {
        groups = [.. groups.Concat(RareReadings(groups)).OrderByDescending(group => group.Chance * group.Weight).Take(MostGroups)];
        var missed = new Missed(groups);
        var open = new PriorityQueue<Way, double>();
        foreach (var way in Ways(groups, persons))
            open.Enqueue(way, IsRare(way) ? double.NegativeInfinity : -way.Chance / way.Cost);
        var chosen = new List<Way>();
        var (expected, work) = (0.0, 0.0);
        while (open.TryDequeue(out var way, out _) && chosen.Count(known => known.Groups.Length > 1) < MostTogether)
        {
            var gain = missed.FoundBy(way.Mask);
            if (gain < LeastWorth * way.Cost || expected + way.Expected > Budget || work + way.Cost > Work)
                continue;
            // What others have found since it was put there lowers its worth: it may have to wait.
            if (!IsRare(way) && open.TryPeek(out _, out var next) && -gain / way.Cost > next)
            {
                open.Enqueue(way, -gain / way.Cost);
                continue;
            }

            chosen.Add(way);
            missed.Take(way.Mask);
            expected += way.Expected;
            work += way.Cost;
        }

        // All too common even in threes: the least common of them, and the limit of the query.
        if (chosen.Count == 0)
            chosen.AddRange(Ways(groups, persons).OrderBy(way => way.Expected).Take(1));
        return new CandidatePlan(
            [.. chosen.Where(way => way.Groups.Length == 1).SelectMany(way => groups[way.Groups[0]].Keys).Distinct()],
            [.. chosen.Where(way => way.Groups.Length > 1).Select(way => way.Groups.Select(group => groups[group].Keys).ToArray())]);
    }

    /// <summary>Alone it gives so few that asking for more beside it would save nothing.</summary>
    private static bool IsRare(Way way) => way.Groups.Length == 1 && way.Expected <= Rare;

    /// <summary>How likely the person shares exactly these pieces of evidence, for every choice of them that no way taken so far asks for.</summary>
    private sealed class Missed
    {
        private readonly double[] chances;

        public Missed(IReadOnlyList<AskedKeys> groups)
        {
            chances = new double[1 << groups.Count];
            chances[0] = 1;
            for (var group = 0; group < groups.Count; group++)
            {
                for (var shared = (1 << group) - 1; shared >= 0; shared--)
                {
                    chances[shared | (1 << group)] = chances[shared] * groups[group].Chance;
                    chances[shared] *= 1 - groups[group].Chance;
                }
            }
        }

        public double FoundBy(int mask)
        {
            var sum = 0.0;
            for (var shared = mask; shared < chances.Length; shared = (shared + 1) | mask)
                sum += chances[shared];
            return sum;
        }

        public void Take(int mask)
        {
            for (var shared = mask; shared < chances.Length; shared = (shared + 1) | mask)
                chances[shared] = 0;
        }
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

            var expected = persons * Math.Min(share, least);
            return new Way(way, expected, chance, expected + WayCosts + (way.Length > 1 ? persons * least / ReadsPerCandidate : 0));
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
    /// <param name="Cost">In candidates.</param>
    private readonly record struct Way(int[] Groups, double Expected, double Chance, double Cost)
    {
        public int Mask => Groups.Aggregate(0, (mask, group) => mask | (1 << group));
    }
}
