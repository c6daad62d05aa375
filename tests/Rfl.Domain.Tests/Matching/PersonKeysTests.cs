using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Matching;

/// <summary>By which words, births, places and numbers a person is looked for among a million others.</summary>
public class PersonKeysTests
{
    private static readonly PersonDetails karim = new(
        [Name("Karim")],
        FatherName: Name("Nuri"),
        MotherName: Name("Laila"),
        Sex: Sex.Male,
        Birth: On("1991-05-03"),
        Birthplace: new Place("Basra"),
        Relatives: [new RelatedPerson(Name("Tomas"), FamilyRelation.Brother)]);

    [Fact]
    public void Every_piece_of_evidence_is_a_group_of_keys()
    {
        var groups = Groups(karim, "+33600000000", "+33600000000");

        Assert.Equal(["krm"], Filed(groups, KeyKind.Name).First());
        Assert.Contains(Filed(groups, KeyKind.Name), keys => keys.SequenceEqual(["nr"]));
        Assert.Equal(["family l", "family nr", "family tms"], Filed(groups, KeyKind.Family).Select(keys => keys.First()).Order());
        Assert.Equal(["month 199105", "day 0503"], Assert.Single(Filed(groups, KeyKind.Birthday)));
        Assert.Equal(["sex M"], Assert.Single(Filed(groups, KeyKind.Sex)));
        Assert.Equal(["phone +33600000000"], Assert.Single(Filed(groups, KeyKind.Phone)));
        Assert.Equal([$"place #{PlaceNames.Find("Basra")}", "place psr"], Assert.Single(Filed(groups, KeyKind.Place)));
    }

    /// <summary>Guessed ages are off by two years at most.</summary>
    [Fact]
    public void A_year_of_birth_is_asked_for_two_years_around()
    {
        var years = Assert.Single(Groups(karim), group => group.Kind == KeyKind.BirthYear);

        Assert.Equal(["year 1991"], years.Filed);
        Assert.Equal(["year 1989", "year 1990", "year 1991", "year 1992", "year 1993"], years.Asked);
    }

    [Fact]
    public void A_birth_that_may_lie_in_more_than_twelve_years_is_not_looked_for()
    {
        Assert.Equal(12, Assert.Single(Filed(Groups(karim with { Birth = On("1980/1991") }), KeyKind.BirthYear)).Count);
        Assert.Empty(Filed(Groups(karim with { Birth = On("1980/1992") }), KeyKind.BirthYear));
        Assert.Empty(Filed(Groups(karim with { Birth = null }), KeyKind.BirthYear));
    }

    /// <summary>Handbook §7: the first of January is an unknown day.</summary>
    [Theory]
    [InlineData("1991-01-01")]
    [InlineData("1991-05")]
    [InlineData("1991-05-03~")]
    [InlineData("1991-05-03?")]
    public void A_day_that_is_not_known_is_no_birthday(string birth)
    {
        Assert.Empty(Filed(Groups(karim with { Birth = On(birth) }), KeyKind.Birthday));
        Assert.DoesNotContain(ComparedPerson.Of(karim with { Birth = On(birth) }).Keys(), key => key.StartsWith("day ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_known_has_no_group()
    {
        var groups = Groups(new PersonDetails([Name("Karim")]));

        Assert.Equal([KeyKind.Name], groups.Select(group => group.Kind));
        Assert.Empty(Groups(PersonDetails.Empty));
        Assert.Equal([KeyKind.Family], Groups(new PersonDetails([], MotherName: Name("Laila"))).Select(group => group.Kind));
    }

    [Fact]
    public void Titles_and_particles_of_a_name_of_three_and_initials_are_not_looked_for()
    {
        Assert.Equal(["krm", "nr"], Words("Haji Karim Nuri"));
        Assert.Equal(["krm", "nr"], Words("Karim bin Nuri"));
        Assert.Contains("krm", Words("A. Karim"));
    }

    [Fact]
    public void Neighbouring_words_are_looked_for_as_one_too() =>
        Assert.Contains(Groups(new PersonDetails([Name("Gebre Mariam")])), group => group.Kind == KeyKind.JoinedName && group.Filed.Contains("kprmr"));

    [Fact]
    public void A_father_who_stands_in_the_name_counts_once() =>
        Assert.Equal(2, Groups(new PersonDetails([Name("Karim Nuri")], FatherName: Name("Nuri"))).Count(group => group.Kind == KeyKind.Name));

    [Fact]
    public void The_ninth_relative_is_compared_and_not_looked_for()
    {
        string[] names = ["Tomas", "Rafael", "Samir", "Basim", "Nadim", "Malik", "Walid", "Farid", "Jamal"];
        var many = Groups(new PersonDetails([Name("Karim")], Relatives: [.. names.Select(name => new RelatedPerson(Name(name), FamilyRelation.Brother))]));

        Assert.Equal(8, many.Count(group => group.Kind == KeyKind.Family));
    }

    [Fact]
    public void What_stems_from_one_word_is_one_word()
    {
        var groups = Groups(karim);
        var father = groups.Single(group => group.Kind == KeyKind.Family && group.Filed.Contains("family nr"));

        Assert.Equal("nr", PersonKeys.WordOf(father));
        Assert.Equal("sex M", PersonKeys.WordOf(groups.Single(group => group.Kind == KeyKind.Sex)));
        Assert.Equal("sex F", PersonKeys.OtherSex(groups.Single(group => group.Kind == KeyKind.Sex)));
        Assert.Equal("sex M", PersonKeys.OtherSex(Groups(karim with { Sex = Sex.Female }).Single(group => group.Kind == KeyKind.Sex)));
        Assert.Equal(251, PersonKeys.AllYears.Count());
    }

    [Fact]
    public void Few_are_compared_who_share_no_key() => Assert.Equal(
        ["day 0503", "father nr psr", "krm", "month 199105", "place psr 1991"], ComparedPerson.Of(karim).Keys().Order(StringComparer.Ordinal));

    [Fact]
    public void A_birth_of_several_years_is_filed_in_the_middle() =>
        Assert.Contains("place psr 1990", ComparedPerson.Of(karim with { Birth = On("1988/1992") }).Keys());

    [Fact]
    public void Without_a_birth_the_place_says_something_of_the_father_only() => Assert.Equal(
        ["father nr psr", "krm"], ComparedPerson.Of(karim with { Birth = null }).Keys().Order(StringComparer.Ordinal));

    [Fact]
    public void An_address_is_a_house_and_a_street_on_either_line()
    {
        var keys = new HashSet<string>();
        BlockingKeys.OfPerson(
            new PersonForm
            {
                Name = NameForm.Empty,
                Address = NameForm.Read("Lima"),
                AddressDetail = NameForm.Read("Roma"),
                StreetNumber = "12",
                Postcode = "62100",
            },
            keys);
        Assert.Equal(["house lm 12", "house rm 12", "street lm 62100", "street rm 62100"], keys.Order(StringComparer.Ordinal));

        keys.Clear();
        BlockingKeys.OfPerson(new PersonForm { Name = NameForm.Empty, Address = NameForm.Read("Lima"), Postcode = "62100" }, keys);
        Assert.Contains("street lm 62100", keys);
        keys.Clear();
        BlockingKeys.OfPerson(new PersonForm { Name = NameForm.Empty, Address = NameForm.Read("Lima") }, keys);
        Assert.Empty(keys);
    }

    [Fact]
    public void A_word_of_vowels_has_a_key_and_a_long_one_its_first_five_sounds()
    {
        Assert.Contains("-", ComparedPerson.Of(new PersonDetails([Name("Aya")])).Keys());
        Assert.Equal("tlpnt", BlockingKeys.FirstKey(NameForm.Read("Talabantalaban").Parts[0].Sounds));
        Assert.Equal("krm", BlockingKeys.FirstKey(NameForm.Read("Karim").Parts[0].Sounds));
    }

    [Fact]
    public void A_person_is_compared_under_every_name_but_not_under_a_title()
    {
        var matcher = new PersonMatcher(MatchModel.Current);
        var twice = new PersonDetails(
        [
            PersonName.Of(new NameComponent(NameComponentKind.Title, "Haji"), new NameComponent(NameComponentKind.Given, "كريم", Transliteration: "Karim")),
            Name("Rafael"),
        ]);

        Assert.Equal(["krm", "rpl"], Groups(twice).Where(group => group.Kind == KeyKind.Name).Select(group => group.Filed.First()).Order());
        var rafael = ComparedPerson.Of(new PersonDetails([Name("Rafael")]));
        Assert.Equal(
            rafael.Score(rafael, matcher)!.LogOdds, ComparedPerson.Of(twice).Score(rafael, matcher)!.LogOdds, 4);
    }

    [Fact]
    public void A_transliteration_is_another_spelling_and_what_has_none_stays_as_it_is()
    {
        var name = PersonName.Of(
            new NameComponent(NameComponentKind.Given, "سلمان", Transliteration: "Karim"), new NameComponent(NameComponentKind.Father, "نوري"));

        Assert.Equal(["krm", "nr", "slmn"], Groups(new PersonDetails([name])).Where(group => group.Kind == KeyKind.Name).Select(group => group.Filed.First()).Order());
        Assert.Equal(["slmn"], Groups(new PersonDetails([Name("سلمان")])).Select(group => group.Filed.First()));
        Assert.Contains(
            Groups(new PersonDetails([name])), group => group.Kind == KeyKind.JoinedName && group.Filed.Contains("krmnr"));
    }

    [Fact]
    public void Only_what_is_compared_is_kept_for_comparison()
    {
        var kept = ComparedPerson.Comparable(BrotherDetails with
        {
            Birthplace = new Place("Herat", Country("AF"), new Coordinates(34.3, 62.2, 100)),
            Relatives = [new RelatedPerson(Name("Laila"), FamilyRelation.Spouse, "ill")],
        });

        Assert.Equal(
            new PersonDetails(
                BrotherDetails.Names,
                BrotherDetails.FatherName,
                BrotherDetails.MotherName,
                Sex.Male,
                BrotherDetails.Birth,
                new Place("Herat", Country("AF")),
                Relatives: [new RelatedPerson(Name("Laila"), FamilyRelation.Spouse)]),
            kept);
        Assert.Null(ComparedPerson.Comparable(SisterDetails).Birthplace);
    }

    private static IReadOnlyList<KeyGroup> Groups(PersonDetails details, params string[] phones) => ComparedPerson.Of(details).KeyGroups(phones);

    private static IEnumerable<IReadOnlyCollection<string>> Filed(IEnumerable<KeyGroup> groups, KeyKind kind) =>
        groups.Where(group => group.Kind == kind).Select(group => group.Filed);

    private static IEnumerable<string> Words(string name) =>
        Groups(new PersonDetails([Name(name)])).Where(group => group.Kind == KeyKind.Name).SelectMany(group => group.Filed).Order(StringComparer.Ordinal);

    private static StatedDate On(string edtf) => new(edtf, CalendarKind.Gregorian, UncertainDate.Parse(edtf), DatePrecision.Day);
}
