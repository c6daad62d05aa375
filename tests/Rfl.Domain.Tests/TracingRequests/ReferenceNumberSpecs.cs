using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.Tests.Common;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.Tests.TracingRequests;

/// <summary>ISO 7064 MOD 97-10: two check digits that catch what people get wrong on the phone.</summary>
public sealed class ReferenceNumberSpecs
{
    private static readonly Arbitrary<int> Numbers = Gen.Choose(0, ReferenceNumber.Count - 1).ToArbitrary();

    [Theory]
    [InlineData(0, "0000-0000-98")]
    [InlineData(1, "0000-0001-95")]
    [InlineData(794, "0000-0794-44")] // the example of the standard
    [InlineData(12_345_678, "1234-5678-89")]
    [InlineData(99_999_999, "9999-9999-52")]
    public void A_number_is_written_in_groups_with_its_check_digits(int number, string expected) =>
        Assert.Equal(expected, ReferenceNumber.Of(number));

    [Theory]
    [InlineData(-1)]
    [InlineData(ReferenceNumber.Count)]
    public void There_are_a_hundred_million_numbers(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => ReferenceNumber.Of(number));

    [Fact]
    public void What_is_written_is_read_again() =>
        Laws.Hold(Prop.ForAll(Numbers, number => ReferenceNumber.Parse(ReferenceNumber.Of(number)) == ReferenceNumber.Of(number)));

    [Theory]
    [InlineData("0000000195")]
    [InlineData(" 0000 0001 95 ")]
    [InlineData("0000‐0001‑95")]
    [InlineData("0000–0001-95")]
    [InlineData("٠٠٠٠-٠٠٠١-٩٥")]
    [InlineData("۰۰۰۰۰۰۰۱۹۵")]
    public void A_number_is_read_as_people_write_it(string text) => Assert.Equal("0000-0001-95", ReferenceNumber.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("000000195")]
    [InlineData("00000000195")]
    [InlineData("0000-0001-95x")]
    [InlineData("0000_0001_95")]
    [InlineData("0000-0001-96")]
    [InlineData("0000-0000-01")]
    public void Anything_else_is_no_number(string text) => Assert.Null(ReferenceNumber.Parse(text));

    [Fact]
    public void Every_single_wrong_digit_is_caught() => Laws.Hold(Prop.ForAll(Numbers, number =>
    {
        var digits = Digits(number);
        return Enumerable.Range(0, digits.Length).All(place => Enumerable.Range('0', 10).Where(wrong => wrong != digits[place]).All(wrong =>
            ReferenceNumber.Parse($"{digits[..place]}{(char)wrong}{digits[(place + 1)..]}") is null));
    }));

    [Fact]
    public void Every_swap_of_different_neighbours_is_caught() => Laws.Hold(Prop.ForAll(Numbers, number =>
    {
        var digits = Digits(number);
        return Enumerable.Range(0, digits.Length - 1).Where(place => digits[place] != digits[place + 1]).All(place =>
            ReferenceNumber.Parse($"{digits[..place]}{digits[place + 1]}{digits[place]}{digits[(place + 2)..]}") is null);
    }));

    private static string Digits(int number) => ReferenceNumber.Of(number).Replace("-", "", StringComparison.Ordinal);

    /// <summary>A letter that looks like a digit, or stands for a number, is none.</summary>
    [Theory]
    [InlineData("l234-5678-89")]
    [InlineData("x234-5678-89")]
    [InlineData("1234-Ⅴ678-89")]
    [InlineData("1234-⁵678-89")]
    [InlineData("1234-5678-8九")]
    public void Only_digits_are_digits(string text)
    {
        Assert.NotNull(ReferenceNumber.Parse("1234-5678-89"));
        Assert.Null(ReferenceNumber.Parse(text));
    }
}
