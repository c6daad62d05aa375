using System.Text.Json;
using Rfl.Domain.People;

namespace Rfl.Domain.Tests.People;

public sealed class PeopleSpecs
{
    [Theory]
    [InlineData("0799 123 456", "AF", "+93799123456")]
    [InlineData("۰۷۹۹ ۱۲۳ ۴۵۶", "AF", "+93799123456")]
    [InlineData("+93 (0)799 123456", "FR", "+93799123456")]
    [InlineData("0093799123456", "FR", "+93799123456")]
    [InlineData("93799123456", "AF", "+93799123456")]
    [InlineData("06 01 02 03 04", "FR", "+33601020304")]
    [InlineData("+33 6 01 02 03 04 poste 12", null, "+33601020304")]
    [InlineData("8-10-33-601020304", "RU", "+33601020304")]
    [InlineData("8 701 234 56 78", "KZ", "+77012345678")]
    [InlineData("06 698 12345", "IT", "+390669812345")]
    [InlineData("٠٩١١ ٢٣٤ ٥٦٧", "ET", "+251911234567")]
    [InlineData("0033601020304", "RU", "+33601020304")]
    [InlineData("(06) 01 02 03 04", "FR", "+33601020304")]
    [InlineData("06.01.02.03.04", "FR", "+33601020304")]
    [InlineData("06/01/02/03/04", "FR", "+33601020304")]
    [InlineData("06~01~02~03~04", "FR", "+33601020304")]
    [InlineData("06\t01−02−03−04", "FR", "+33601020304")]
    [InlineData("06-01-02-03-04", "fr", "+33601020304")]
    [InlineData("＋33 6 01 02 03 04", null, "+33601020304")]
    [InlineData("06 01 02 03 04                                              ", "FR", "+33601020304")]
    public void A_number_of_a_known_country_is_written_in_E164(string input, string? region, string e164)
    {
        Assert.True(PhoneNumber.TryNormalise(input, region, out var number));

        Assert.Equal(e164, number);
    }

    [Theory]
    [InlineData("0799 123 456", null)]
    [InlineData("0799 123 45", "AF")]
    [InlineData("0799 123 4567", "AF")]
    [InlineData("+93", "AF")]
    [InlineData("ask at the mosque", "AF")]
    [InlineData("0799 123 456 or 0700 123 456", "AF")]
    [InlineData("", "AF")]
    [InlineData("+999 123 456 789", "FR")]
    [InlineData("9933601020304", null)]
    [InlineData("06+01020304", "FR")]
    [InlineData("06 01 02 03 04                                               ", "FR")]
    [InlineData("0601020304060102030406010203", "FR")]
    public void A_number_that_cannot_be_whole_stays_as_given(string input, string? region) =>
        Assert.False(PhoneNumber.TryNormalise(input, region, out _));

    [Theory]
    [InlineData(FamilyRelation.Father, Sex.Female, FamilyRelation.Daughter)]
    [InlineData(FamilyRelation.Daughter, Sex.Male, FamilyRelation.Father)]
    [InlineData(FamilyRelation.Uncle, Sex.Unknown, FamilyRelation.NephewOrNiece)]
    [InlineData(FamilyRelation.Niece, Sex.Female, FamilyRelation.Aunt)]
    [InlineData(FamilyRelation.Grandmother, Sex.Male, FamilyRelation.Grandson)]
    [InlineData(FamilyRelation.Guardian, Sex.Female, FamilyRelation.Ward)]
    [InlineData(FamilyRelation.Spouse, Sex.Male, FamilyRelation.Spouse)]
    public void A_relation_can_be_read_from_the_other_side(FamilyRelation relation, Sex sex, FamilyRelation inverse) =>
        Assert.Equal(inverse, relation.Inverse(sex));

    [Fact]
    public void Reading_a_relation_from_both_sides_leads_back()
    {
        var sexOf = new Dictionary<FamilyRelation, Sex>
        {
            [FamilyRelation.Father] = Sex.Male,
            [FamilyRelation.Son] = Sex.Male,
            [FamilyRelation.Brother] = Sex.Male,
            [FamilyRelation.Grandfather] = Sex.Male,
            [FamilyRelation.Grandson] = Sex.Male,
            [FamilyRelation.Uncle] = Sex.Male,
            [FamilyRelation.Nephew] = Sex.Male,
            [FamilyRelation.Mother] = Sex.Female,
            [FamilyRelation.Daughter] = Sex.Female,
            [FamilyRelation.Sister] = Sex.Female,
            [FamilyRelation.Grandmother] = Sex.Female,
            [FamilyRelation.Granddaughter] = Sex.Female,
            [FamilyRelation.Aunt] = Sex.Female,
            [FamilyRelation.Niece] = Sex.Female,
        };

        foreach (var relation in Enum.GetValues<FamilyRelation>())
        {
            foreach (var other in Enum.GetValues<Sex>())
                Assert.Equal(relation, relation.Inverse(other).Inverse(sexOf.GetValueOrDefault(relation)));
        }
    }

    [Fact]
    public void A_country_is_a_code_of_the_standard_or_Kosovo()
    {
        Assert.Equal("\"XK\"", JsonSerializer.Serialize(new CountryCode("xk")));
        Assert.Equal(new CountryCode("AF"), JsonSerializer.Deserialize<CountryCode>("\"af\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CountryCode>("\"ZZ\""));
        Assert.Throws<ArgumentException>(() => new CountryCode("AFG"));
        Assert.False(CountryCode.TryParse(null, out _));
    }

    [Theory]
    [InlineData("""{"Value":"x","Reason":" "}""")]
    [InlineData("""{"Value":"x"}""")]
    [InlineData("""{"Reason":"x"}""")]
    public void Ethnicity_and_religion_do_not_exist_without_a_reason(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ReasonedDetail>(json));

    [Fact]
    public void Coordinates_are_on_the_globe()
    {
        var calais = new Coordinates(50.95, 1.85, 500);

        Assert.Equal(calais, JsonSerializer.Deserialize<Coordinates>(JsonSerializer.Serialize(calais)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Coordinates(91, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Coordinates(double.NaN, 0, 0));
        Assert.True(Coordinates.AreValid(90, 180, 1_000_000) && Coordinates.AreValid(-90, -180, 0));
        Assert.False(Coordinates.AreValid(-90.1, 0, 0) || Coordinates.AreValid(90.1, 0, 0));
        Assert.False(Coordinates.AreValid(0, -180.1, 0) || Coordinates.AreValid(0, 180.1, 0));
        Assert.False(Coordinates.AreValid(0, 0, -1) || Coordinates.AreValid(0, 0, 1_000_001));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Coordinates>("""{"Latitude":0,"Longitude":181,"RadiusMetres":0}"""));
    }

    [Fact]
    public void Persons_are_equal_by_value_and_never_show_themselves()
    {
        static PersonDetails Person() => new(
            [PersonName.Of(new NameComponent(NameComponentKind.Given, "Zarghuna"))],
            Birthplace: new Place("Baghlan", new CountryCode("AF")),
            Relatives: [new RelatedPerson(PersonName.Of(new NameComponent(NameComponentKind.Given, "Karim")), FamilyRelation.Brother)]);

        Assert.Equal(Person(), Person());
        Assert.Equal("personal", Person().ToString());
        Assert.Equal("personal", Person().Birthplace!.ToString());
        Assert.Equal("personal", Person().Relatives[0].ToString());
        Assert.Equal("personal", new ContactPoint(ContactKind.Phone, "+93799123456").ToString());
    }
}
