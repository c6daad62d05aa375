using Rfl.Domain.Matching;

namespace Rfl.Api.Matches;

/// <summary>One piece of evidence, hashed.</summary>
/// <param name="Word">What is the same for groups that stem from the same word.</param>
/// <param name="Readings">The keys, each with its share of all persons.</param>
public sealed record AskedKeys(KeyKind Kind, string Word, IReadOnlyList<(int Key, double Share)> Readings)
{
    public int[] Keys { get; } = [.. Readings.Select(reading => reading.Key)];

    /// <summary>Of all persons, who stand under one of the keys.</summary>
    public double Share { get; } = Math.Min(1, Readings.Sum(reading => reading.Share));

    /// <summary>What sharing it says, in log-odds about. However rare a key is, other words have it too.</summary>
    public double Weight => Math.Min(8, -Math.Log(Math.Max(Share, 1e-6)));

    /// <summary>
    /// That another record of the same person has it too, about: words are left out and misheard, most records name no family, years are guessed.
    /// </summary>
    public double Chance => Kind switch
    {
        KeyKind.Name => 0.75,
        KeyKind.BirthYear => 0.7,
        KeyKind.Sex => 0.8,
        KeyKind.Phone => 0.5,
        KeyKind.Place => 0.4,
        KeyKind.Birthday => 0.35,
        KeyKind.Family => 0.3,
        _ => 0.2,
    };
}

/// <summary>
/// A person asked for, as hashes. From the hashes of a candidate it tells how much there is to hope for, so that the most promising are opened: the rarer what
/// they share the better; a word that they lack, another sex or another year of birth speaks against them.
/// </summary>
public sealed class Question
{
    // Rough log-odds. They choose whom to compare and never show in a score.
    private const double OtherSex = -3;
    private const double OtherYears = -3;
    private const double NearYears = 0.5;
    private const double WordMissing = -0.5;

    private readonly IReadOnlySet<int> allYears;
    private readonly int[] sameYears;
    private readonly int? otherSex;

    private Question(IReadOnlyList<KeyGroup> groups, Shares shares, Func<string, int> hash, IReadOnlySet<int> allYears)
    {
        this.allYears = allYears;
        Groups = [.. groups.Select(Hashed)];
        sameYears = [.. groups.Where(group => group.Kind == KeyKind.BirthYear).SelectMany(group => group.Filed).Select(hash)];
        otherSex = groups.FirstOrDefault(group => group.Kind == KeyKind.Sex) is { } sex ? hash(PersonKeys.OtherSex(sex)) : null;

        AskedKeys Hashed(KeyGroup group) =>
            new(group.Kind, PersonKeys.WordOf(group), [.. group.Asked.Select(key => (hash(key), shares.Of(hash(key))))]);
    }

    public IReadOnlyList<AskedKeys> Groups { get; }

    /// <param name="allYears">The hashes of all years of birth: by them one knows that a candidate has another.</param>
    public static Question Of(IReadOnlyList<KeyGroup> groups, Shares shares, Func<string, int> hash, IReadOnlySet<int> allYears) =>
        new(groups, shares, hash, allYears);

    /// <param name="keys">A candidate's, in order.</param>
    public double Promise(int[] keys)
    {
        var sum = 0.0;
        foreach (var group in Groups)
        {
            sum += (group.Kind, Shared: Share(group.Keys, keys)) switch
            {
                (KeyKind.Sex, Shared: true) => 0,
                (KeyKind.Sex, _) => otherSex is { } other && Array.BinarySearch(keys, other) >= 0 ? OtherSex : 0,
                (KeyKind.BirthYear, Shared: true) => Share(sameYears, keys) ? group.Weight : NearYears,
                (KeyKind.BirthYear, _) => Array.Exists(keys, allYears.Contains) ? OtherYears : 0,
                (_, Shared: true) => group.Weight,
                (KeyKind.Name, _) => WordMissing,
                _ => 0,
            };
        }

        return sum;
    }

    private static bool Share(int[] some, int[] ordered)
    {
        foreach (var key in some)
        {
            if (Array.BinarySearch(ordered, key) >= 0)
                return true;
        }

        return false;
    }
}
