using System.Text.Json;
using Rfl.Api.Matches;
using Rfl.Domain.Matching;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;

namespace Rfl.Api.Tests.Matches;

/// <summary>What the index is asked for, and what it keeps.</summary>
public sealed class CandidatePlanTests
{
    private const int Million = 1_000_000;
    private static readonly JsonSerializerOptions unescaped = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static AskedKeys Name(string word, int key, double share) => new(KeyKind.Name, word, [(key, share)]);

    private static AskedKeys Years(params int[] keys) => new(KeyKind.BirthYear, "years", [.. keys.Select(key => (key, 0.08 / keys.Length))]);

    [Fact]
    public void A_rare_word_is_asked_for_alone_and_a_common_one_only_with_another()
    {
        var plan = CandidatePlan.Of([Name("mmt", 1, 0.006), Name("prtn", 2, 0.0001), Name("l", 3, 0.004), Years(10, 11)], Million);
        Assert.Equal(2, Assert.Single(plan.Alone));
        Assert.NotEmpty(plan.Together);
        Assert.All(plan.Together, way => Assert.True(way.Length > 1));
        Assert.Contains(plan.Together, way => way.SelectMany(keys => keys).Order().SequenceEqual([1, 3]));
    }

    [Fact]
    public void Who_has_only_the_commonest_words_is_asked_for_by_three_pieces_of_evidence()
    {
        var plan = CandidatePlan.Of([Name("mmt", 1, 0.06), Name("l", 3, 0.04), Years(10, 11)], Million);
        Assert.Empty(plan.Alone);
        Assert.Contains(plan.Together, way => way.Length == 3 && way.SelectMany(keys => keys).Order().SequenceEqual([1, 3, 10, 11]));
    }

    [Fact]
    public void What_finds_nobody_beyond_the_others_is_not_asked_for()
    {
        AskedKeys[] groups = [Name("mmt", 1, 0.0002), Name("l", 2, 0.0001), Name("rsm", 3, 0.0001)];
        Assert.Empty(CandidatePlan.Of(groups, Million).Together);
        Assert.NotEmpty(CandidatePlan.Of([.. groups.Select(group => Name(group.Word, group.Keys[0], 0.02))], Million).Together);
    }

    [Fact]
    public void Of_a_word_with_a_common_reading_the_rare_one_is_asked_for_alone() =>
        Assert.Equal(2, Assert.Single(CandidatePlan.Of([new AskedKeys(KeyKind.Name, "s", [(1, 0.05), (2, 0.0002)])], Million).Alone));

    [Fact]
    public void In_a_small_register_every_word_is_asked_for()
    {
        var plan = CandidatePlan.Of([Name("mmt", 1, 0.5), Name("l", 2, 0.04)], 500);
        Assert.Equal([1, 2], plan.Alone.Order());
        Assert.Empty(plan.Together);
    }

    [Fact]
    public void Who_has_nothing_but_a_common_name_is_asked_for_all_the_same() =>
        Assert.Equal(1, Assert.Single(CandidatePlan.Of([Name("mmt", 1, 0.06)], Million).Alone));

    [Fact]
    public void A_father_in_the_name_and_in_the_family_is_one_piece_of_evidence()
    {
        var plan = CandidatePlan.Of([Name("mmt", 1, 0.06), new AskedKeys(KeyKind.Family, "mmt", [(2, 0.06)])], Million);
        Assert.Empty(plan.Together);
    }

    [Fact]
    public void The_commonest_keys_are_known_and_all_others_are_rarer()
    {
        var shares = new Shares(Million, new Dictionary<int, float> { [1] = 0.06f, [2] = 0.002f }, 0.002f);
        Assert.Equal((0.06, 0.001), (Math.Round(shares.Of(1), 6), Math.Round(shares.Of(7), 6)));
        Assert.Equal(0.062, Math.Round(new AskedKeys(KeyKind.Name, "mmt", [(1, shares.Of(1)), (2, shares.Of(2))]).Share, 6));
    }

    [Fact]
    public void More_is_promised_by_who_shares_rare_words_and_less_by_who_was_born_in_other_years()
    {
        static int Hash(string key) => key.Length * 1000 + key[^1];
        var groups = ComparedPerson.Of(new PersonDetails([People.Name("Mohammad Wubshet")], Sex: Sex.Male, Birth: People.Birth("1990", CalendarKind.Gregorian))).KeyGroups([]);
        var shares = new Shares(Million, new Dictionary<int, float>(), 0.001f);
        var question = Question.Of(groups, shares, Hash, PersonKeys.AllYears.Select(Hash).ToHashSet());
        int[] all = [.. groups.SelectMany(group => group.Filed).Select(Hash).Distinct().Order()];
        int[] names = [.. groups.Where(group => group.Kind is KeyKind.Name or KeyKind.JoinedName).SelectMany(group => group.Filed).Select(Hash).Distinct().Order()];
        int[] otherYear = [.. names.Append(Hash("year 1955")).Order()];
        int[] otherSex = [.. names.Append(Hash("sex F")).Order()];
        Assert.True(question.Promise(all) > question.Promise(names));
        Assert.True(question.Promise(names) > question.Promise(otherYear));
        Assert.True(question.Promise(names) > question.Promise(otherSex));
        Assert.True(question.Promise(names) > question.Promise([]));
    }

    /// <summary>The stored form; to change it means another <see cref="MatchIndexForm"/>.</summary>
    [Fact]
    public void What_the_index_keeps_is_written_shortly_and_read_as_it_was()
    {
        var form = new MatchForm(
            new PersonDetails(
                [
                    PersonName.Of(new NameComponent(NameComponentKind.Given, "نعیم", Transliteration: "Naim"), new NameComponent(NameComponentKind.Family, "رحیمی")),
                    People.Name("Naim Rahimi"),
                ],
                People.Name("Abdul Rahman"),
                null,
                Sex.Male,
                People.Birth("1377/5/12", CalendarKind.SolarHijri),
                new Place("Kunduz", new CountryCode("AF")),
                Relatives: [new RelatedPerson(People.Name("Latifa"), FamilyRelation.Sister)]),
            ["+33612345678"]);
        var json = JsonSerializer.Serialize(form, unescaped);
        Assert.Equal(
            """[[["Bنعیم","~Naim","Fرحیمی"],["ANaim Rahimi"]],["AAbdul Rahman"],[],2,["1998-08-03",0,1,"1377/5/12"],["Kunduz","AF"],[7,["ALatifa"]],"+33612345678"]""", json);
        Assert.Equal(form, JsonSerializer.Deserialize<MatchForm>(json));
        Assert.Equal("[[],[],[],0,[],[],[]]", JsonSerializer.Serialize(new MatchForm(PersonDetails.Empty)));
        Assert.Equal(new MatchForm(PersonDetails.Empty), JsonSerializer.Deserialize<MatchForm>("[[],[],[],0,[],[],[]]"));
    }
}
