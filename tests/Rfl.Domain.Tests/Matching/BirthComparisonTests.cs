using Rfl.Domain.Matching.Persons;

namespace Rfl.Domain.Tests.Matching;

public class BirthComparisonTests
{
    [Fact]
    public void The_same_day_is_the_strongest_agreement() =>
        Assert.Equal(Agreement.BirthSameDay, BirthComparison.Compare(Day(1990, 5, 17), Day(1990, 5, 17)));

    [Fact]
    public void The_first_of_January_means_the_year() =>
        Assert.Equal(Agreement.BirthSameYear, BirthComparison.Compare(Day(1990, 1, 1), Day(1990, 1, 1)));

    [Fact]
    public void A_day_within_the_other_side_s_interval_overlaps() =>
        Assert.Equal(Agreement.BirthWithinInterval, BirthComparison.Compare(Day(1990, 5, 17), Years(1988, 1992)));

    [Fact]
    public void An_Ethiopian_year_read_as_Gregorian_is_recognised() =>
        Assert.Equal(Agreement.BirthEthiopianCalendar, BirthComparison.Compare(Years(1982, 1982), Years(1990, 1990)));

    [Fact]
    public void Two_exact_days_that_have_nothing_in_common_contradict_each_other() =>
        Assert.Equal(Agreement.BirthDaysDiffer, BirthComparison.Compare(Day(1990, 5, 17), Day(1991, 8, 2)));

    [Fact]
    public void A_day_moved_by_a_conversion_is_near() =>
        Assert.Equal(Agreement.BirthDayOrMonthDiffers, BirthComparison.Compare(Day(1990, 5, 31), Day(1990, 6, 1)));

    [Fact]
    public void The_first_of_January_does_not_contradict_a_day_of_a_near_year() =>
        Assert.Equal(Agreement.BirthYearOff1, BirthComparison.Compare(Day(1990, 1, 1), Day(1991, 8, 2)));

    [Fact]
    public void A_wide_interval_says_less()
    {
        var (narrow, wide) = (Born(Years(1989, 1991)), Born(Years(1970, 1999)));
        var day = Born(Day(1990, 5, 17));
        Assert.True(BirthComparison.Strength(Agreement.BirthWithinInterval, day, narrow) > BirthComparison.Strength(Agreement.BirthWithinInterval, day, wide));
        Assert.Equal(1, BirthComparison.Strength(Agreement.BirthSameYear, day, wide));
    }

    [Theory]
    [InlineData("19900517", "19901705", Agreement.BirthSwapped)]
    [InlineData("19900517", "19900571", Agreement.BirthDigitDiffers)]
    [InlineData("19900517", "19904517", Agreement.BirthDigitDiffers)]
    [InlineData("19900517", "19530211", Agreement.BirthDiffers)]
    public void Slips_of_the_pen_are_recognised_even_where_they_leave_no_date(string a, string b, Agreement expected)
    {
        Assert.Equal(expected, BirthComparison.Compare(Written(a), Written(b)));
        Assert.Equal(expected, BirthComparison.Compare(Written(b), Written(a)));
    }

    [Fact]
    public void Years_farther_apart_agree_less()
    {
        Assert.Equal(Agreement.BirthYearOff1, BirthComparison.Compare(Years(1990, 1990), Years(1991, 1991)));
        Assert.Equal(Agreement.BirthYearOff2, BirthComparison.Compare(Years(1990, 1990), Years(1992, 1992)));
        Assert.Equal(Agreement.BirthDiffers, BirthComparison.Compare(Years(1990, 1990), Years(2010, 2010)));
    }

    private static PersonForm Written(string digits) => new() { Name = Rfl.Domain.Matching.Names.NameForm.Empty, BirthDigits = digits };

    private static PersonForm Born(BirthInterval birth) => new() { Name = Rfl.Domain.Matching.Names.NameForm.Empty, Birth = birth };

    private static BirthInterval Day(int year, int month, int day) => new(new DateOnly(year, month, day), new DateOnly(year, month, day));

    private static BirthInterval Years(int first, int last) => new(new DateOnly(first, 1, 1), new DateOnly(last, 12, 31));
}
