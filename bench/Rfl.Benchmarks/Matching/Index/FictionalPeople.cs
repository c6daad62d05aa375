using System.Text;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;

namespace Rfl.Benchmarks.Matching.Index;

/// <summary>
/// People who do not exist, in any number. Each can be written down by several hands: in another script or spelling, with parts left out, a guessed or
/// mistaken year, another place. Number and hand give the same person and the same writing every time.
/// </summary>
internal sealed class FictionalPeople
{
    private readonly FictionalNames names = new();

    private sealed record Truth(
        string Region, Sex Sex, FictionalWord[] Given, FictionalWord Father, FictionalWord? Family, FictionalWord Mother, FictionalWord[] Relatives, DateOnly Birth, FictionalWord Birthplace);

    /// <param name="number">Who.</param>
    /// <param name="hand">Who writes: 0 for the register, others for those who ask.</param>
    public PersonDetails Written(int number, int hand) => Write(Draw(new Random(number)), new Random(HashCode(number, hand)))
        .Naming((path, _) => new PersonId(DerivedId.OfName(Encoding.UTF8.GetBytes($"{number} {hand} {path}"))));

    private static int HashCode(int number, int hand) => unchecked((number * 31 + hand + 1) * 486187739);

    private Truth Draw(Random random)
    {
        var region = FictionalNames.Regions[(int)(FictionalNames.Regions.Length * Math.Pow(random.NextDouble(), 1.7))];
        var sex = random.NextDouble() < 0.7 ? Sex.Male : Sex.Female;
        var given = sex == Sex.Male ? 'm' : 'f';
        // Men's names lead a family's list; most people are young.
        return new Truth(
            region,
            sex,
            [.. Enumerable.Range(0, random.NextDouble() < 0.3 ? 2 : 1).Select(_ => names.Draw(region, given, random))],
            names.Draw(region, 'm', random),
            random.NextDouble() < 0.7 ? names.Draw(region, region == "ethiopic" ? 'm' : 'x', random) : null,
            names.Draw(region, 'f', random),
            [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => names.Draw(region, random.NextDouble() < 0.5 ? 'm' : 'f', random))],
            new DateOnly(2026, 1, 1).AddDays(-(int)(365.25 * (1 + 75 * Math.Pow(random.NextDouble(), 1.6)))),
            names.Draw(region, 'p', random));
    }

    private PersonDetails Write(Truth person, Random hand)
    {
        var inOwnScript = hand.NextDouble() < 0.35;
        List<string> parts = [.. person.Given.Select(Word)];
        if (hand.NextDouble() < 0.6)
            parts.Add(Word(person.Father));
        if (person.Family is { } family && (parts.Count < 2 || hand.NextDouble() < 0.7))
            parts.Add(Word(family));
        if (parts.Count > 2 && hand.NextDouble() < 0.15)
            parts.RemoveAt(hand.Next(1, parts.Count));
        return new PersonDetails(
            [Name(string.Join(' ', parts))],
            hand.NextDouble() < 0.5 ? Name(Word(person.Father)) : null,
            hand.NextDouble() < 0.25 ? Name(Word(person.Mother)) : null,
            hand.NextDouble() < 0.9 ? person.Sex : Sex.Unknown,
            Birth(person, hand),
            hand.NextDouble() < 0.55 ? new Place(Word(hand.NextDouble() < 0.95 ? person.Birthplace : names.Draw(person.Region, 'p', hand))) : null,
            Relatives: hand.NextDouble() < 0.4
                ? person.Relatives.Where(_ => hand.NextDouble() < 0.7).Select(relative => new RelatedPerson(Name(Word(relative)), FamilyRelation.Sibling)).ToValueList()
                : []);

        string Word(FictionalWord word) => inOwnScript && word.Original is { } original ? original : Slip(word.Latin[hand.Next(word.Latin.Length)], hand);
    }

    // One word in twenty-five is misspelled: a letter left out or doubled.
    private static string Slip(string word, Random hand)
    {
        if (word.Length < 4 || hand.NextDouble() > 0.04)
            return word;
        var at = hand.Next(1, word.Length - 1);
        return hand.NextDouble() < 0.5 ? word.Remove(at, 1) : word.Insert(at, word[at].ToString());
    }

    private static StatedDate? Birth(Truth person, Random hand)
    {
        var (year, kind) = (person.Birth.Year, hand.NextDouble());
        // Years are taken down wrongly: by one or two, or as the Ethiopian calendar counts them.
        if (hand.NextDouble() < 0.12)
            year += hand.Next(-2, 3);
        else if (person.Region == "ethiopic" && hand.NextDouble() < 0.05)
            year -= 8;
        return kind switch
        {
            < 0.12 => null,
            < 0.50 => Stated($"{year:0000}-{person.Birth.Month:00}-{Math.Min(person.Birth.Day, 28):00}"),
            < 0.85 => Stated($"{year:0000}"),
            _ => Stated($"{year + hand.Next(-1, 2):0000}~"),
        };
    }

    private static StatedDate Stated(string edtf)
    {
        var date = UncertainDate.Parse(edtf);
        return new StatedDate(edtf, CalendarKind.Gregorian, date, date.Precision);
    }

    private static PersonName Name(string text) => PersonName.Of(new NameComponent(NameComponentKind.Unknown, text));
}
