using System.Globalization;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Domain.Matching;

/// <summary>What a group of keys is about.</summary>
public enum KeyKind
{
    /// <summary>A word of the person's own name, or of the father's, which is often part of it.</summary>
    Name,

    /// <summary>Two neighbouring words as one, since spacing varies.</summary>
    JoinedName,

    /// <summary>Father, mother, somebody of the family or on the way, whichever side names them and as what (handbook §5 rule 5).</summary>
    Family,

    /// <summary>The day or month of birth.</summary>
    Birthday,

    /// <summary>The years of birth that are possible.</summary>
    BirthYear,
    Place,
    Phone,
    Sex,
}

/// <summary>One piece of evidence by which a person is found: whoever is filed under one of the keys that are asked for.</summary>
/// <param name="Filed">Keys under which the person stands in the index.</param>
/// <param name="Asked">Keys that somebody else may stand under who is the same.</param>
public sealed record KeyGroup(KeyKind Kind, IReadOnlyCollection<string> Filed, IReadOnlyCollection<string> Asked)
{
    internal KeyGroup(KeyKind kind, IReadOnlyCollection<string> keys)
        : this(kind, keys, keys)
    {
    }

    public override string ToString() => "personal";
}

/// <summary>
/// The keys of a person for an index that a million others are in: one group for each word, relative, birth, place and telephone number. Names and places by
/// their consonants (<see cref="BlockingKeys"/>), so that every script meets. The strings are as telling as the person and are stored only as keyed hashes.
/// </summary>
public static class PersonKeys
{
    /// <summary>Relatives beyond this number are compared, but not looked for.</summary>
    private const int MostFamily = 8;

    /// <summary>Years by which a birth is taken to be off: guessed ages and miscounted calendars are mostly within two.</summary>
    private const int YearsOff = 2;

    /// <summary>A birth that may lie in more years than this says too little to look for.</summary>
    private const int MostYears = 12;

    public static IReadOnlyList<KeyGroup> Of(IReadOnlyList<PersonForm> forms, IEnumerable<string> phones)
    {
        var groups = new List<KeyGroup>();
        foreach (var form in forms)
            OfName(form.Name, groups);
        if (forms.Count > 0)
        {
            var common = forms[0];
            OfName(common.Father, groups);
            foreach (var relative in common.Relatives.Take(MostFamily).Append(common.Father).Append(common.Mother))
                Add(KeyKind.Family, First(relative).Select(key => "family " + key));
            OfBirth(common, groups);
            if (common.Sex is { } sex)
                groups.Add(new KeyGroup(KeyKind.Sex, ["sex " + sex]));
            // A place that bears several names has a number; whoever knows it by another name has the number too.
            var place = First(common.Birthplace).Select(key => "place " + key);
            Add(KeyKind.Place, common.KnownBirthplace is { } known ? [string.Create(CultureInfo.InvariantCulture, $"place #{known}"), .. place] : place);
        }

        foreach (var phone in phones.Distinct(StringComparer.Ordinal))
            groups.Add(new KeyGroup(KeyKind.Phone, ["phone " + phone]));
        // Names that sound alike, a father who stands in the name, a name in two scripts: evidence counts once.
        return [.. groups.DistinctBy(group => (group.Kind, string.Join('|', group.Asked.Order(StringComparer.Ordinal))))];

        void Add(KeyKind kind, IEnumerable<string> keys)
        {
            if (keys.ToList() is { Count: > 0 } some)
                groups.Add(new KeyGroup(kind, some));
        }
    }

    /// <summary>The years of birth that a key may name.</summary>
    public static IEnumerable<string> AllYears { get; } = Years(1850, 2100);

    /// <summary>The key of who is not of the sex of a group.</summary>
    public static string OtherSex(KeyGroup sex) => sex.Asked.First() == "sex F" ? "sex M" : "sex F";

    /// <summary>What is the same for groups that stem from one word: a father's stands in the name and in the family.</summary>
    public static string WordOf(KeyGroup group) => group.Kind is KeyKind.Name or KeyKind.Family ? group.Asked.First().Split(' ')[^1] : group.Asked.First();

    private static void OfName(NameForm name, List<KeyGroup> groups)
    {
        for (var i = 0; i < name.Parts.Length; i++)
        {
            var part = name.Parts[i];
            if (!part.IsCutOff && (part.Kind is NamePartKind.Particle or NamePartKind.Initial or NamePartKind.Title && name.Parts.Length > 2))
                continue;
            var keys = new HashSet<string>();
            foreach (var reading in part.Readings)
                BlockingKeys.OfSounds(reading.Sounds, keys);
            if (!part.IsCutOff)
                groups.Add(new KeyGroup(KeyKind.Name, keys));
            if (i < name.Joined.Length)
            {
                var joined = new HashSet<string>();
                BlockingKeys.OfSounds(name.Joined[i].Sounds, joined);
                groups.Add(new KeyGroup(KeyKind.JoinedName, joined));
            }
        }
    }

    private static void OfBirth(PersonForm person, List<KeyGroup> groups)
    {
        if (person.BirthDigits.Length == 8 && !person.BirthDigits.EndsWith("0101", StringComparison.Ordinal))
            groups.Add(new KeyGroup(KeyKind.Birthday, ["month " + person.BirthDigits[..6], "day " + person.BirthDigits[4..]]));
        if (person.Birth is not { } birth || birth.Latest.Year - birth.Earliest.Year + 1 > MostYears)
            return;
        groups.Add(new KeyGroup(
            KeyKind.BirthYear, Years(birth.Earliest.Year, birth.Latest.Year), Years(birth.Earliest.Year - YearsOff, birth.Latest.Year + YearsOff)));
    }

    private static string[] Years(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(year => string.Create(CultureInfo.InvariantCulture, $"year {year}"))];

    private static HashSet<string> First(NameForm name)
    {
        var keys = new HashSet<string>();
        if (!name.IsEmpty)
            BlockingKeys.OfSounds(name.Parts[0].Sounds, keys);
        return keys;
    }
}
