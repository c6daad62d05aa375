using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;

namespace Rfl.Domain.Tests.Matching;

public class PersonMatchingTests
{
    private static readonly PersonMatcher matcher = new(MatchModel.Current);

    [Fact]
    public void An_Arabic_request_finds_a_Latin_registration()
    {
        var request = Person("زهراء كريم حسين", father: "كريم", born: (1991, 5, 3), place: "البصرة", sex: 'F');
        var registration = Person("Zahra Karim Hussein", father: "Karim", born: (1991, 5, 3), place: "Basra", sex: 'F');
        Assert.True(matcher.Score(request, registration).Probability > 0.9);
    }

    [Fact]
    public void A_brother_is_shown_as_such_and_is_no_match()
    {
        var a = Person("Omar Karim Hussein", father: "Karim", born: (1991, 5, 3), place: "Basra", sex: 'M');
        var b = Person("Salim Karim Hussein", father: "Karim", born: (1994, 2, 7), place: "Basra", sex: 'M');
        var score = matcher.Score(a, b);
        Assert.True(score.ProbablySibling);
        Assert.True(score.Probability < 0.2);
        Assert.False(matcher.Score(a, a).ProbablySibling);
    }

    [Fact]
    public void Whoever_is_the_others_brother_is_not_the_other()
    {
        var a = Person("Rafael Nuri", born: (1991, 1, 1), place: "Basra", relatives: ["Mahir", "Aydin"]);
        var b = Person("Aydin Nuri", born: (1991, 1, 1), place: "Basra", relatives: ["Mahir", "Rafael"]);
        var score = matcher.Score(a, b);
        Assert.Contains(score.Reasons, reason => reason is { Agreement: Agreement.NamedAmongRelatives, LogOdds: < 0 });
        Assert.True(score.ProbablySibling);
        Assert.True(score.Probability < 0.1);
    }

    [Fact]
    public void Parents_of_a_frequent_name_agree_all_the_same()
    {
        var score = matcher.Score(Person("Naim Rahimi", father: "Abdul Rahman", mother: "Maryam"), Person("نعیم رحیمی", father: "عبدالرحمن", mother: "مریم"));
        Assert.Contains(score.Reasons, reason => reason is { Agreement: Agreement.FatherAgrees, LogOdds: > 0 });
        Assert.Contains(score.Reasons, reason => reason is { Agreement: Agreement.MotherAgrees, LogOdds: > 0 });
    }

    [Theory]
    [InlineData("Saigon", "Thành phố Hồ Chí Minh")]
    [InlineData("Adi Ugri", "መንደፈራ")]
    [InlineData("Peć", "Peja")]
    [InlineData("HEWLER", "أربيل")]
    public void A_place_is_known_under_all_its_names(string a, string b)
    {
        Assert.NotNull(PlaceNames.Find(a));
        Assert.Equal(PlaceNames.Find(a), PlaceNames.Find(b));
    }

    [Fact]
    public void Two_known_places_are_two_however_alike_they_sound()
    {
        Assert.NotEqual(PlaceNames.Find("Kandahar"), PlaceNames.Find("Kunduz"));
        Assert.Null(PlaceNames.Find("a village near the bridge"));
        Assert.Null(PlaceNames.Find(null));
    }

    [Fact]
    public void The_score_is_symmetric()
    {
        var a = Person("Zahra Karim", father: "كريم", born: (1991, 1, 1), place: "Basra", sex: 'F', relatives: ["Ali", "Huda"]);
        var b = Person("Karim Zahra Nuri", mother: "Huda", born: (1990, 4, 3), place: "البصرة", relatives: ["علي"]);
        Assert.Equal(matcher.Score(a, b).LogOdds, matcher.Score(b, a).LogOdds, 5);
    }

    [Fact]
    public void What_one_side_does_not_know_is_neutral()
    {
        var known = Person("Zahra Karim", born: (1991, 5, 3), place: "Basra", sex: 'F');
        var other = Person("Zahra Karim", mother: "Huda", relatives: ["Ali"]);
        Assert.All(matcher.Score(known, other).Reasons, reason => Assert.Equal(MatchField.Name, reason.Field));
    }

    [Fact]
    public void Reasons_and_prior_add_up_to_the_score()
    {
        var a = Person("Zahra Karim", father: "Karim", born: (1991, 5, 3), place: "Basra", sex: 'F');
        var b = Person("Zahra Kareem", father: "Karim", born: (1992, 5, 3), place: "Basrah", sex: 'F');
        var score = matcher.Score(a, b);
        Assert.Equal(score.LogOdds, MatchModel.Current.Prior + score.Reasons.Sum(reason => (double)reason.LogOdds), 4);
        Assert.InRange(score.Probability, 0, 1);
    }

    [Fact]
    public void Better_agreement_never_counts_less()
    {
        Falls(Agreement.FatherAgrees, Agreement.FatherNear, Agreement.FatherDiffers);
        Falls(Agreement.MotherAgrees, Agreement.MotherNear, Agreement.MotherDiffers);
        Falls(Agreement.PlaceSame, Agreement.PlaceNear, Agreement.PlaceDiffers);
        Falls(Agreement.PostcodeSame, Agreement.PostcodeNear, Agreement.PostcodeDiffers);
        Falls(Agreement.SexSame, Agreement.SexDiffers);
        Falls(Agreement.BirthSameDay, Agreement.BirthSameYear, Agreement.BirthYearOff1, Agreement.BirthYearOff2, Agreement.BirthYearOff5, Agreement.BirthDiffers);

        static void Falls(params Agreement[] agreements)
        {
            var weights = agreements.Select(agreement => MatchModel.Current.Persons[agreement]).ToArray();
            Assert.Equal(weights.OrderDescending(), weights);
        }
    }

    [Fact]
    public void The_model_knows_every_agreement() =>
        Assert.All(Enum.GetValues<Agreement>().Where(agreement => agreement != Agreement.Unknown), agreement => Assert.Contains(agreement, MatchModel.Current.Persons));

    [Theory]
    [InlineData("زهراء كريم", "Zahra Karim")]
    [InlineData("ገብረማርያም", "Gebre Mariam")]
    [InlineData("Шевченко", "Shevchenko")]
    [InlineData("Xhevdet Hoxha", "Cevdet Hodza")]
    public void One_name_in_two_writings_shares_a_key(string a, string b)
    {
        var (first, second) = (new HashSet<string>(), new HashSet<string>());
        BlockingKeys.OfName(NameForm.Read(a), first);
        BlockingKeys.OfName(NameForm.Read(b), second);
        Assert.True(first.Overlaps(second), $"{string.Join(' ', first)} / {string.Join(' ', second)}");
    }

    internal static PersonForm Person(
        string name, string? father = null, string? mother = null, (int Year, int Month, int Day)? born = null, string? place = null, char? sex = null,
        string[]? relatives = null) => new()
        {
            Name = NameForm.Read(name),
            Father = NameForm.Read(father),
            Mother = NameForm.Read(mother),
            Birth = born is var (year, month, day) ? new BirthInterval(new DateOnly(year, month, day), new DateOnly(year, month, day)) : null,
            Birthplace = NameForm.Read(place),
            KnownBirthplace = PlaceNames.Find(place),
            Sex = sex,
            Relatives = [.. (relatives ?? []).Select(NameForm.Read)],
        };
}
