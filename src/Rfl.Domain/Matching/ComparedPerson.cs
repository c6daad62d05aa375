using Rfl.Domain.Common;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;
using Rfl.Domain.People;

namespace Rfl.Domain.Matching;

/// <summary>
/// A person of a request or list, prepared for comparison under each name that they bear (registered, at home, in another script, transliterated).
/// </summary>
public sealed class ComparedPerson
{
    private const int MostNames = 4;

    private readonly PersonForm[] forms;

    private ComparedPerson(PersonDetails details, PersonForm[] forms) => (Details, this.forms) = (details, forms);

    public PersonDetails Details { get; }

    /// <param name="read">Reads a name or place: many candidates of one search bear the same, which need be read once only.</param>
    public static ComparedPerson Of(PersonDetails details, Func<string?, NameForm>? read = null)
    {
        read ??= NameForm.Read;
        var common = new PersonForm
        {
            Name = NameForm.Empty,
            Father = Read(details.FatherName, read),
            Mother = Read(details.MotherName, read),
            // The engine counts shared relatives in an integer of 32 bits.
            Relatives = [.. details.Relatives.Take(30).Select(relative => Read(relative.Name, read))],
            Sex = details.Sex switch { Sex.Female => 'F', Sex.Male => 'M', _ => null },
            Birth = details.Birth is { } birth ? BirthInterval.From(birth.Interval) : null,
            BirthDigits = Digits(details.Birth?.Interval),
            Birthplace = read(details.Birthplace?.Text),
            KnownBirthplace = PlaceNames.Find(details.Birthplace?.Text),
        };
        var names = details.Names.SelectMany(Spellings).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Take(MostNames);
        // Somebody may be looked for by their family alone.
        return new ComparedPerson(details, [.. names.DefaultIfEmpty("").Select(name => With(common, read(name)))]);
    }

    /// <summary>What of a person is kept for comparison: nothing that no comparison needs, such as health or religion.</summary>
    public static PersonDetails Comparable(PersonDetails details) => new(
        details.Names,
        details.FatherName,
        details.MotherName,
        details.Sex,
        details.Birth,
        details.Birthplace is { } place ? new Place(place.Text, place.Country) : null,
        Relatives: details.Relatives.Where(relative => relative.Name.Components.Count > 0)
            .Select(relative => new RelatedPerson(relative.Name, relative.Relation, Person: relative.Person)).ToValueList());

    /// <summary>The blocking keys under all names, in no order. As telling as the person's details.</summary>
    public IReadOnlySet<string> Keys()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var form in forms)
            BlockingKeys.OfPerson(form, keys);
        return keys;
    }

    /// <summary>The same for an index of many: by piece of evidence, with the family and telephone numbers.</summary>
    public IReadOnlyList<KeyGroup> KeyGroups(IEnumerable<string> phones) => PersonKeys.Of(forms, phones);

    /// <summary>The best score under any pair of names. A name that is not known says nothing.</summary>
    public MatchScore? Score(ComparedPerson other, PersonMatcher matcher) => forms
        .SelectMany(_ => other.forms, matcher.Score)
        .MaxBy(score => score.LogOdds);

    private static NameForm Read(PersonName? name, Func<string?, NameForm> read) => name is null ? NameForm.Empty : read(Spelling(name, component => component.Text));

    private static IEnumerable<string> Spellings(PersonName name)
    {
        yield return Spelling(name, component => component.Text);
        if (name.Components.Any(component => component.Transliteration is not null))
            yield return Spelling(name, component => component.Transliteration ?? component.Text);
    }

    private static string Spelling(PersonName name, Func<NameComponent, string> text) =>
        string.Join(' ', name.Components.Where(component => component.Kind != NameComponentKind.Title).Select(text));

    private static string Digits(UncertainDate? birth) =>
        birth is { Precision: DatePrecision.Day, IsApproximate: false, IsUncertain: false, Earliest: { } day } && day == birth.Latest
            ? day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)
            : "";

    private static PersonForm With(PersonForm form, NameForm name) => new()
    {
        Name = name,
        Father = form.Father,
        Mother = form.Mother,
        Relatives = form.Relatives,
        Sex = form.Sex,
        Birth = form.Birth,
        BirthDigits = form.BirthDigits,
        Birthplace = form.Birthplace,
        KnownBirthplace = form.KnownBirthplace,
    };

    public override string ToString() => "personal";
}
