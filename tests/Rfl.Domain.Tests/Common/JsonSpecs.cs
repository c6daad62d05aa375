using System.Text.Json;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.Transfers;
using static Rfl.Domain.Tests.Common.TestPeople;

namespace Rfl.Domain.Tests.Common;

/// <summary>How values of the domain are written wherever they are stored or sent; stored streams are read by it for ever.</summary>
public sealed class JsonSpecs
{
    [Fact]
    public void A_list_is_an_array_and_nothing_reads_as_an_empty_one()
    {
        Assert.Equal("[1,2]", JsonSerializer.Serialize<ValueList<int>>([1, 2]));
        Assert.Equal("[]", JsonSerializer.Serialize(default(ValueList<int>)));
        Assert.Equal([1, 2], JsonSerializer.Deserialize<ValueList<int>>("[1,2]"));
        Assert.Equal([], JsonSerializer.Deserialize<ValueList<int>>("null"));
        Assert.Equal("""{"Roles":["A"]}""", JsonSerializer.Serialize(new { Roles = new ValueList<string>().Add("A") }));
    }

    [Fact]
    public void Only_lists_are_written_as_lists()
    {
        var factory = new ValueListJsonConverterFactory();

        Assert.True(factory.CanConvert(typeof(ValueList<int>)));
        Assert.False(factory.CanConvert(typeof(List<int>)));
        Assert.False(factory.CanConvert(typeof(int)));
    }

    [Fact]
    public void Lists_are_equal_by_what_they_hold_in_order()
    {
        ValueList<int> one = [1, 2];

        Assert.True(one == [1, 2]);
        Assert.False(one != [1, 2]);
        Assert.True(one != [2, 1]);
        Assert.Equal(default, (ValueList<int>)[]);
        Assert.Equal(one.GetHashCode(), ((ValueList<int>)[1, 2]).GetHashCode());
        Assert.NotEqual(one.GetHashCode(), ((ValueList<int>)[2, 1]).GetHashCode());
        Assert.Equal(2, one[1]);
        Assert.Throws<IndexOutOfRangeException>(() => default(ValueList<int>)[0]);
    }

    [Fact]
    public void An_identifier_is_its_UUID_also_as_the_name_of_a_member()
    {
        var text = $"\"{Brother.Value}\"";

        Assert.Equal(text, JsonSerializer.Serialize(Brother));
        Assert.Equal(Brother, JsonSerializer.Deserialize<PersonId>(text));
        Assert.Equal($"{{{text}:1}}", JsonSerializer.Serialize(new Dictionary<PersonId, int> { [Brother] = 1 }));
        Assert.Equal([Brother], JsonSerializer.Deserialize<Dictionary<PersonId, int>>($"{{{text}:1}}")!.Keys);
        Assert.Equal(Brother.Value.ToString(), Brother.ToString());
    }

    [Fact]
    public void A_country_is_two_letters_also_as_the_name_of_a_member()
    {
        Assert.Equal("\"FR\"", JsonSerializer.Serialize(France));
        Assert.Equal(France, JsonSerializer.Deserialize<CountryCode>("\"fr\""));
        Assert.Equal("""{"FR":1}""", JsonSerializer.Serialize(new Dictionary<CountryCode, int> { [France] = 1 }));
        Assert.Equal([France], JsonSerializer.Deserialize<Dictionary<CountryCode, int>>("""{"fr":1}""")!.Keys);
        foreach (var wrong in new[] { "\"XX\"", "\"\"", "1", "null" })
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CountryCode>(wrong));
        Assert.Equal("", default(CountryCode).Value);
    }

    /// <summary>Handbook §3: ethnicity and religion only with a written reason, however they come in.</summary>
    [Fact]
    public void Ethnicity_without_a_reason_cannot_be_read()
    {
        const string Written = """{"Value":"Hazara","Reason":"the list is kept by people"}""";
        var detail = JsonSerializer.Deserialize<ReasonedDetail>(Written)!;

        Assert.Equal(("Hazara", "the list is kept by people"), (detail.Value, detail.Reason));
        Assert.Equal(Written, JsonSerializer.Serialize(detail));
        foreach (var wrong in new[] { """{"Value":"Hazara"}""", """{"Value":"Hazara","Reason":" "}""", """{"Reason":"the list is kept by people"}""", """{"Value":" ","Reason":"x"}""" })
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ReasonedDetail>(wrong));
        Assert.Null(JsonSerializer.Deserialize<ReasonedDetail>("null"));
    }

    [Fact]
    public void Coordinates_outside_the_globe_cannot_be_read()
    {
        const string Written = """{"Latitude":-90,"Longitude":180,"RadiusMetres":1000000}""";

        Assert.Equal(Written, JsonSerializer.Serialize(JsonSerializer.Deserialize<Coordinates>(Written)));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Coordinates>("""{"Latitude":91,"Longitude":0,"RadiusMetres":0}"""));
        Assert.Null(JsonSerializer.Deserialize<Coordinates>("null"));
    }

    /// <summary>Only by asking permission does anybody come to hold a released value.</summary>
    [Fact]
    public void A_released_value_is_written_as_the_value_and_never_read()
    {
        var released = TransferPermission.Count(7)!;
        var factory = new ReleasedJsonConverterFactory();

        Assert.Equal("7", JsonSerializer.Serialize(released));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Released<int>>("7"));
        Assert.True(factory.CanConvert(typeof(Released<int>)));
        Assert.False(factory.CanConvert(typeof(List<int>)));
        Assert.False(factory.CanConvert(typeof(int)));
        Assert.Equal("released", released.ToString());
    }
}
