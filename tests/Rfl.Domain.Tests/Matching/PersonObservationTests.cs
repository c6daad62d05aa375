using Rfl.Domain.Matching;
using Rfl.Domain.Matching.Names;
using Rfl.Domain.Matching.Persons;
using static Rfl.Domain.Matching.Persons.Agreement;

namespace Rfl.Domain.Tests.Matching;

/// <summary>What is said of two persons, field by field; what each word of it weighs is the model's.</summary>
public class PersonObservationTests
{
    private static readonly PersonMatcher matcher = new(MatchModel.Current);

    [Fact]
    public void Nothing_is_said_of_what_is_not_known() => Assert.Empty(Said(Known(""), Known("")));

    [Theory]
    [InlineData("12", "12", StreetNumberSame)]
    [InlineData("12", "14", StreetNumberDiffers)]
    [InlineData("12", "", null)]
    [InlineData("", "12", null)]
    public void A_house_is_the_same_or_another(string a, string b, Agreement? expected) =>
        Assert.Equal(Only(expected), Said(new PersonForm { Name = NameForm.Empty, StreetNumber = a }, new PersonForm { Name = NameForm.Empty, StreetNumber = b }));

    [Theory]
    [InlineData("62100", "62100", PostcodeSame)]
    [InlineData("62100", "62101", PostcodeNear)]
    [InlineData("62100", "62010", PostcodeNear)]
    [InlineData("62100", "75011", PostcodeDiffers)]
    [InlineData("62100", "", null)]
    [InlineData("", "62100", null)]
    public void A_postcode_may_have_a_slip(string a, string b, Agreement? expected) =>
        Assert.Equal(Only(expected), Said(new PersonForm { Name = NameForm.Empty, Postcode = a }, new PersonForm { Name = NameForm.Empty, Postcode = b }));

    [Theory]
    [InlineData('F', 'F', SexSame)]
    [InlineData('F', 'M', SexDiffers)]
    [InlineData('F', null, null)]
    public void The_sex_is_the_same_or_another(char? a, char? b, Agreement? expected) =>
        Assert.Equal(Only(expected), Said(Known("", sex: a), Known("", sex: b)));

    /// <summary>Handbook §7: the father's name is often the second word of the name.</summary>
    [Theory]
    [InlineData("Karim", "Tahir", "Karim", "Tahir", FatherAgrees)]
    [InlineData("Karim", "Tahir", "Karim", "Rebwar", FatherDiffers)]
    [InlineData("Karim Tahir", "Tahir", "Karim Tahir", "Tahir", FatherRepeated)]
    [InlineData("Karim", "Tahir", "Karim Tahir", null, FatherInName)]
    [InlineData("Karim Tahir", "Tahir", "Karim Tahir", null, FatherRepeated)]
    [InlineData("Karim", "Tahir", "Karim Rebwar", null, FatherNotInName)]
    [InlineData("Karim", null, "Karim", null, null)]
    [InlineData("Karim", "Tahir", "", null, null)]
    public void The_father_is_compared_wherever_he_stands(string a, string? fatherA, string b, string? fatherB, Agreement? expected)
    {
        Assert.Equal(Only(expected), Of(MatchField.Father, Known(a, father: fatherA), Known(b, father: fatherB)));
        Assert.Equal(Only(expected), Of(MatchField.Father, Known(b, father: fatherB), Known(a, father: fatherA)));
    }

    [Theory]
    [InlineData("Nafisa", "Nafisa", MotherAgrees)]
    [InlineData("Nafisa", "Zarghuna", MotherDiffers)]
    [InlineData("Nafisa", null, null)]
    public void The_mother_is_compared_with_the_mother(string? a, string? b, Agreement? expected) =>
        Assert.Equal(Only(expected), Of(MatchField.Mother, Known("Karim", mother: a), Known("Karim", mother: b)));

    [Fact]
    public void Relatives_are_shared_or_others_and_one_sides_parent_may_be_the_others_relative()
    {
        Assert.Equal([RelativeShared], Of(MatchField.Relatives, Known("Karim", relatives: ["Zarghuna", "Rebwar"]), Known("Karim", relatives: ["Rebwar"])));
        Assert.Equal([RelativesDiffer], Of(MatchField.Relatives, Known("Karim", relatives: ["Zarghuna"]), Known("Karim", relatives: ["Rebwar"])));
        Assert.Empty(Of(MatchField.Relatives, Known("Karim", relatives: ["Zarghuna"]), Known("Karim")));
        Assert.Equal([RelationInverted], Of(MatchField.Relatives, Known("Karim", father: "Tahir"), Known("Karim", relatives: ["Tahir"])));
        Assert.Equal([RelationInverted], Of(MatchField.Relatives, Known("Karim", relatives: ["Nafisa"]), Known("Karim", mother: "Nafisa")));
    }

    [Fact]
    public void Two_shared_relatives_say_more_than_one_and_each_counts_once()
    {
        var two = Of(Known("Karim", relatives: ["Zarghuna", "Rebwar"]), Known("Karim", relatives: ["Rebwar", "Zarghuna"]));
        var one = Of(Known("Karim", relatives: ["Zarghuna"]), Known("Karim", relatives: ["Rebwar", "Zarghuna"]));
        var twice = Of(Known("Karim", relatives: ["Zarghuna", "Zarghuna"]), Known("Karim", relatives: ["Rebwar", "Zarghuna"]));

        Assert.True(two > one + 0.1);
        Assert.Equal(one, twice, 3);

        static double Of(PersonForm a, PersonForm b) => matcher.Score(a, b).Reasons.Where(reason => reason.Field == MatchField.Relatives).Sum(reason => (double)reason.LogOdds);
    }

    /// <summary>A brother bears another given name and the same father's, whichever of the two stands first.</summary>
    [Theory]
    [InlineData("Salim Tahir", "Rebwar Tahir")]
    [InlineData("Tahir Salim", "Tahir Rebwar")]
    public void Where_only_the_fathers_name_agrees_it_may_be_a_brother(string a, string b)
    {
        var score = matcher.Score(Known(a, father: "Tahir", place: "Basra"), Known(b, father: "Tahir", place: "Basra"));

        Assert.Contains(score.Reasons, reason => reason.Agreement == GivenNameDiffers);
        Assert.True(score.ProbablySibling);
    }

    [Theory]
    [InlineData("Salim Tahir", "Salim Tahir")]
    [InlineData("Salim Tahir", "Salim Rebwar Tahir")]
    [InlineData("Salim Rebwar Tahir", "Rebwar Tahir")]
    public void Where_another_name_agrees_it_is_no_brother(string a, string b) =>
        Assert.False(matcher.Score(Known(a, father: "Tahir", place: "Basra"), Known(b, father: "Tahir", place: "Basra")).ProbablySibling);

    [Fact]
    public void What_brothers_share_says_less_where_the_given_name_differs()
    {
        var same = matcher.Score(Known("Salim Nuri", father: "Tahir", mother: "Nafisa"), Known("Salim Nuri", father: "Tahir", mother: "Nafisa"));
        var brother = matcher.Score(Known("Salim Nuri", father: "Tahir", mother: "Nafisa"), Known("Rebwar Nuri", father: "Tahir", mother: "Nafisa"));

        foreach (var field in new[] { FatherAgrees, MotherAgrees })
        {
            var (full, weak) = (same.Reasons.Single(reason => reason.Agreement == field).LogOdds, brother.Reasons.Single(reason => reason.Agreement == field).LogOdds);
            Assert.Equal(0.3 * full, weak, 3);
        }
    }

    [Theory]
    [InlineData("Basra", "Basra", PlaceSame)]
    [InlineData("Basra", "البصرة", PlaceSame)]
    [InlineData("Basra", "Kandahar", PlaceDiffers)]
    [InlineData("Deh Zarghun", "Deh Zarghun", PlaceSame)]
    [InlineData("Deh Zarghun", "Kolola", PlaceDiffers)]
    [InlineData("Basra", null, null)]
    public void A_place_is_the_same_under_any_of_its_names(string? a, string? b, Agreement? expected) =>
        Assert.Equal(Only(expected), Said(Known("", place: a), Known("", place: b)));

    [Fact]
    public void The_two_lines_of_an_address_may_be_exchanged()
    {
        var a = new PersonForm { Name = NameForm.Empty, Address = NameForm.Read("Rosenweg"), AddressDetail = NameForm.Read("Lindenhof") };
        var exchanged = new PersonForm { Name = NameForm.Empty, Address = NameForm.Read("Lindenhof"), AddressDetail = NameForm.Read("Rosenweg") };
        var half = new PersonForm { Name = NameForm.Empty, Address = NameForm.Read("Rosenweg"), AddressDetail = NameForm.Read("Kastanienhof") };

        Assert.Equal([AddressSame, AddressDetailSame], Said(a, a));
        Assert.Equal([AddressSame, AddressDetailSame], Said(a, exchanged));
        Assert.Equal(AddressSame, Said(a, half)[0]);
        Assert.NotEqual(AddressDetailSame, Said(a, half)[1]);
    }

    [Theory]
    [InlineData("1990-05-17", "1990-05-17", BirthSameDay)]
    [InlineData("1990-05-17", "1990-05", BirthSameYear)]
    [InlineData("1990-05-17", "1990", BirthSameYear)]
    [InlineData("1990-05-17", "1989/1991", BirthWithinInterval)]
    [InlineData("1990~", "1990", BirthWithinInterval)]
    [InlineData("1990?", "1990", BirthWithinInterval)]
    [InlineData("1990-05", "1990-06", BirthDayOrMonthDiffers)]
    [InlineData("1990-05-17", "1990-05-19", BirthDigitDiffers)]
    [InlineData("1990-05-17", "1990-05-20", BirthDayOrMonthDiffers)]
    [InlineData("1990-05-17", "1990-08-17", BirthDigitDiffers)]
    [InlineData("1990-05-17", "1990-05-28", BirthDayOrMonthDiffers)]
    [InlineData("1990-05-17", "1990-11-17", BirthDayOrMonthDiffers)]
    [InlineData("1990-05-17", "1990-11-28", BirthDaysDiffer)]
    [InlineData("1990-05-17", "1992-11-28", BirthDaysDiffer)]
    [InlineData("1990-05-17", "1983-11-28", BirthEthiopianCalendar)]
    [InlineData("1990-05-17", "1982-11-28", BirthEthiopianCalendar)]
    [InlineData("1990", "1991", BirthYearOff1)]
    [InlineData("1990", "1992", BirthYearOff2)]
    [InlineData("1990", "1993", BirthYearOff5)]
    [InlineData("1990", "1995", BirthYearOff5)]
    [InlineData("1990", "1996", BirthYearOff10)]
    [InlineData("1990", "1997", BirthEthiopianCalendar)]
    [InlineData("1990", "1998", BirthEthiopianCalendar)]
    [InlineData("1990", "1999", BirthYearOff10)]
    [InlineData("1990", "2000", BirthYearOff10)]
    [InlineData("1990", "2001", BirthDiffers)]
    [InlineData("1990-01-01", "1990-01-01", BirthSameYear)]
    [InlineData("1990-01-01", "1991-01-01", BirthYearOff1)]
    [InlineData("1990-02-01", "1990-01-02", BirthSwapped)]
    [InlineData("1990", null, null)]
    public void Births_are_compared_by_overlap_and_by_the_errors_of_the_field(string? a, string? b, Agreement? expected)
    {
        Assert.Equal(expected, BirthComparison.Compare(Born(a), Born(b)));
        Assert.Equal(expected, BirthComparison.Compare(Born(b), Born(a)));

        static PersonForm Born(string? edtf)
        {
            var date = edtf is null ? null : Domain.People.UncertainDate.Parse(edtf);
            return new PersonForm
            {
                Name = NameForm.Empty,
                Birth = date is null ? null : BirthInterval.From(date),
                BirthDigits = date is { Precision: Domain.People.DatePrecision.Day, IsApproximate: false } ? date.ToString().Replace("-", "", StringComparison.Ordinal) : "",
            };
        }
    }

    private static Agreement[] Only(Agreement? expected) => expected is { } one ? [one] : [];

    private static Agreement[] Said(PersonForm a, PersonForm b)
    {
        var said = matcher.Score(a, b).Reasons.Select(reason => reason.Agreement).ToArray();
        Assert.Equal(said, matcher.Score(b, a).Reasons.Select(reason => reason.Agreement));
        return said;
    }

    private static Agreement[] Of(MatchField field, PersonForm a, PersonForm b) =>
        [.. matcher.Score(a, b).Reasons.Where(reason => reason.Field == field).Select(reason => reason.Agreement)];

    private static PersonForm Known(
        string name, string? father = null, string? mother = null, string? place = null, char? sex = null, string[]? relatives = null) =>
        PersonMatchingTests.Person(name, father, mother, place: place, sex: sex, relatives: relatives);
}
