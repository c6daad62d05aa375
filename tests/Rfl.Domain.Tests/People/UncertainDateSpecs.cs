using System.Text.Json;
using Rfl.Domain.People;

namespace Rfl.Domain.Tests.People;

public sealed class UncertainDateSpecs
{
    [Theory]
    // Level 0
    [InlineData("1979-11-07", "1979-11-07", "1979-11-07")]
    [InlineData("1992-02", "1992-02-01", "1992-02-29")]
    [InlineData("1900-02", "1900-02-01", "1900-02-28")]
    [InlineData("1987", "1987-01-01", "1987-12-31")]
    [InlineData("1999-08-31T06:05:04+02:00", "1999-08-31", "1999-08-31")]
    [InlineData("1999-08-31T24:00:00", "1999-08-31", "1999-08-31")]
    [InlineData("1961-03/1963", "1961-03-01", "1963-12-31")]
    // Level 1
    [InlineData("-0044", "-0044-01-01", "-0044-12-31")]
    [InlineData("197X", "1970-01-01", "1979-12-31")]
    [InlineData("1973-XX", "1973-01-01", "1973-12-31")]
    [InlineData("1973-XX-XX", "1973-01-01", "1973-12-31")]
    [InlineData("1972-02-XX", "1972-02-01", "1972-02-29")]
    [InlineData("Y-20000", "-20000-01-01", "-20000-12-31")]
    [InlineData("../2001-06", "open", "2001-06-30")]
    [InlineData("/2001-06", "open", "2001-06-30")]
    [InlineData("1999-05-01/", "1999-05-01", "open")]
    // Level 2
    [InlineData("Y3E5", "300000-01-01", "300000-12-31")]
    [InlineData("1X7X", "1070-01-01", "1979-12-31")]
    [InlineData("XX61", "0061-01-01", "9961-12-31")]
    [InlineData("1989-1X", "1989-10-01", "1989-12-31")]
    [InlineData("1989-XX-31", "1989-01-31", "1989-12-31")]
    [InlineData("1989-XX-3X", "1989-01-30", "1989-12-31")]
    [InlineData("1989-02-2X", "1989-02-20", "1989-02-28")]
    [InlineData("199X-02-29", "1992-02-29", "1996-02-29")]
    [InlineData("-00XX", "-0099-01-01", "-0001-12-31")]
    [InlineData("-199X-02-29", "-1996-02-29", "-1992-02-29")]
    [InlineData("[1985,1987-04,1990..]", "1985-01-01", "open")]
    [InlineData("{..1985-03}", "open", "1985-03-31")]
    [InlineData("[1990, 1985]", "1985-01-01", "1990-12-31")]
    [InlineData("1996S3", "1996-01-01", "1996-12-31")]
    [InlineData("-0450S2", "-0450-01-01", "-0450-12-31")]
    [InlineData("0000", "0000-01-01", "0000-12-31")]
    [InlineData("2000-02", "2000-02-01", "2000-02-29")]
    [InlineData("Y1E17", "100000000000000000-01-01", "100000000000000000-12-31")]
    [InlineData("2004-06-11/2004-06-11", "2004-06-11", "2004-06-11")]
    [InlineData("[..1985-03,1990]", "open", "1990-12-31")]
    [InlineData("[1985,1990..]", "1985-01-01", "open")]
    [InlineData("-0044-21", "-0044-03-01", "-0044-05-31")]
    [InlineData("-00XX-21", "-0099-03-01", "-0001-05-31")]
    [InlineData("-0001-24", "-0001-12-01", "0000-02-29")]
    public void Bounds_are_the_first_and_last_day_of_what_is_stated(string text, string lower, string upper)
    {
        var date = UncertainDate.Parse(text);

        Assert.Equal(lower, date.Lower?.ToString() ?? "open");
        Assert.Equal(upper, date.Upper?.ToString() ?? "open");
    }

    [Theory]
    [InlineData(21, "2011-03-01", "2011-05-31")]
    [InlineData(24, "2011-12-01", "2012-02-29")]
    [InlineData(28, "2011-12-01", "2012-02-29")]
    [InlineData(29, "2011-09-01", "2011-11-30")]
    [InlineData(30, "2011-12-01", "2012-02-29")]
    [InlineData(32, "2011-06-01", "2011-08-31")]
    [InlineData(33, "2011-01-01", "2011-03-31")]
    [InlineData(36, "2011-10-01", "2011-12-31")]
    [InlineData(37, "2011-01-01", "2011-04-30")]
    [InlineData(39, "2011-09-01", "2011-12-31")]
    [InlineData(40, "2011-01-01", "2011-06-30")]
    [InlineData(41, "2011-07-01", "2011-12-31")]
    public void Divisions_of_a_year_have_bounds(int division, string lower, string upper)
    {
        var date = UncertainDate.Parse($"2011-{division}");

        Assert.Equal((lower, upper), (date.Lower.ToString(), date.Upper.ToString()));
        Assert.Equal(DatePrecision.Season, date.Precision);
    }

    [Theory]
    [InlineData("1950S2", 1900, 1999)]
    [InlineData("1994S3", 1990, 1999)]
    [InlineData("0450S2", 400, 499)]
    public void Significant_digits_widen_what_is_possible_but_not_what_is_stated(string text, int from, int to)
    {
        var date = UncertainDate.Parse(text);

        Assert.Equal(new DateOnly(from, 1, 1), date.Earliest);
        Assert.Equal(new DateOnly(to, 12, 31), date.Latest);
        Assert.Equal(date.Lower!.Value.Year, date.Upper!.Value.Year);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2021-02-30")]
    [InlineData("2004-13")]
    [InlineData("2004-00")]
    [InlineData("2004-04-31")]
    [InlineData("2004-02-3X")]
    [InlineData("200X-06-31")]
    [InlineData("1900-02-29")]
    [InlineData("-0000")]
    [InlineData("-0000-05")]
    [InlineData("198x")]
    [InlineData("20040611")]
    [InlineData("204")]
    [InlineData("12004")]
    [InlineData("+2004")]
    [InlineData("Y2004")]
    [InlineData("Y20040-05")]
    [InlineData("Y1E18")]
    [InlineData("Y0E5")]
    [InlineData("2004-21-05")]
    [InlineData("2004-20")]
    [InlineData("2004-42")]
    [InlineData("2004-2X")]
    [InlineData("19X4S2")]
    [InlineData("1984S")]
    [InlineData("1984S2-05")]
    [InlineData("2004?~")]
    [InlineData("?2004~-06")]
    [InlineData("2004-06-11Z")]
    [InlineData("2004-06-11T24:00:01")]
    [InlineData("2004-06T10:10:10")]
    [InlineData("2004-06-XXT10:10:10")]
    [InlineData("1984 /2004")]
    [InlineData("1984-2004")]
    [InlineData("1984/2004-06-11T10:10:10")]
    [InlineData("2004/1984")]
    [InlineData("../..")]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData("[]")]
    [InlineData("[..]")]
    [InlineData("[1984")]
    [InlineData("[1984}")]
    [InlineData("1984]")]
    [InlineData("[1984,]")]
    [InlineData("[1984,..1986]")]
    [InlineData("[1984..,1986]")]
    [InlineData("[1986..1984]")]
    [InlineData("[[1984],1986]")]
    [InlineData("[1984/1986]")]
    [InlineData("1984\n")]
    [InlineData("1984/1985/1986")]
    [InlineData("(2004)")]
    [InlineData("[2004-06-11T10:10:10,2005]")]
    [InlineData("2004-?06~")]
    [InlineData("2004-06-?11~")]
    [InlineData("200X-06-11T10:10:10")]
    [InlineData("2004-1X-11T10:10:10")]
    [InlineData("Y1E19")]
    [InlineData("١٩٨٤")]
    public void What_is_not_a_date_is_refused_with_a_reason_that_does_not_repeat_it(string text)
    {
        Assert.False(UncertainDate.TryParse(text, out var date, out var why));

        Assert.Null(date);
        Assert.NotEmpty(why!);
        Assert.True(text.Length < 5 || !why!.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1984-06-02?", true, false)]
    [InlineData("1984~", false, true)]
    [InlineData("1984-~06", false, true)]
    [InlineData("1984%/2004", true, true)]
    [InlineData("[1984?,1986]", true, false)]
    [InlineData("1984-21~", false, true)]
    [InlineData("1984?-21", true, false)]
    [InlineData("1984?-~21", true, true)]
    [InlineData("1984/2004~", false, true)]
    [InlineData("[1984?..1986]", true, false)]
    [InlineData("[1984..1986~]", false, true)]
    [InlineData("[1984..]", false, false)]
    [InlineData("1984", false, false)]
    public void Marks_on_any_part_mark_the_date(string text, bool uncertain, bool approximate)
    {
        var date = UncertainDate.Parse(text);

        Assert.Equal((uncertain, approximate), (date.IsUncertain, date.IsApproximate));
    }

    [Theory]
    [InlineData("2004?-06-11", "?2004-06-11")]
    [InlineData("?2004-?06-?11", "2004-06-11?")]
    [InlineData("2004-06?-11~", "%2004-%06-~11")]
    [InlineData("?1984", "1984?")]
    [InlineData("2004?-~21", "?2004-~21")]
    [InlineData("?2004-?21", "2004-21?")]
    [InlineData("{1960, 1961-12 ,1970..1972}", "{1960,1961-12,1970..1972}")]
    [InlineData("Y17E7S2~", "Y17E7S2~")]
    [InlineData("Y17E7", "Y17E7")]
    [InlineData("-0044-03-15", "-0044-03-15")]
    [InlineData("-0044-21", "-0044-21")]
    [InlineData("-0450S2", "-0450S2")]
    [InlineData("0450S2", "0450S2")]
    [InlineData("1985/", "1985/")]
    [InlineData("1985/..", "1985/..")]
    [InlineData("../1985-04", "../1985-04")]
    [InlineData("/1985-04?", "/1985-04?")]
    [InlineData("[1985..]", "[1985..]")]
    [InlineData("[..1985]", "[..1985]")]
    [InlineData("1999-08-31T06:05:04Z", "1999-08-31T06:05:04Z")]
    public void A_date_is_printed_in_one_way(string text, string printed) =>
        Assert.Equal(printed, UncertainDate.Parse(text).ToString());

    [Theory]
    [InlineData("1984-06-02", DatePrecision.Day)]
    [InlineData("1984-06-XX", DatePrecision.Month)]
    [InlineData("1984-XX-02", DatePrecision.Year)]
    [InlineData("198X-06-02", DatePrecision.Decade)]
    [InlineData("19XX", DatePrecision.Century)]
    [InlineData("1X84", DatePrecision.Span)]
    [InlineData("1984S3", DatePrecision.Decade)]
    [InlineData("1984/1985", DatePrecision.Span)]
    [InlineData("198X-21", DatePrecision.Span)]
    [InlineData("1984S4", DatePrecision.Year)]
    [InlineData("1984S2", DatePrecision.Century)]
    [InlineData("1984S1", DatePrecision.Span)]
    [InlineData("[1984-06]", DatePrecision.Month)]
    [InlineData("[1984,1985]", DatePrecision.Span)]
    public void Precision_is_the_finest_unit_that_is_fully_known(string text, DatePrecision precision) =>
        Assert.Equal(precision, UncertainDate.Parse(text).Precision);

    [Theory]
    [InlineData("1984", "1984-06", true)]
    [InlineData("1984", "1985", false)]
    [InlineData("1984-12-31/..", "1984", true)]
    [InlineData("../1983", "1984", false)]
    [InlineData("/1985", "[1985-12-31..]", true)]
    [InlineData("1950S2", "1999-12-31", true)]
    [InlineData("1950S2", "2000-01-01", false)]
    [InlineData("Y-100000", "0000", false)]
    [InlineData("-0450S2", "-0499", true)]
    [InlineData("-0450S2", "-0500", false)]
    [InlineData("-0450S2", "-0400", true)]
    [InlineData("-0450S2", "-0399", false)]
    [InlineData("0000S2", "0099", true)]
    [InlineData("0000S2", "-0001", false)]
    public void Two_dates_overlap_when_a_day_fits_both(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, UncertainDate.Parse(one).Overlaps(UncertainDate.Parse(other)));
        Assert.Equal(overlap, UncertainDate.Parse(other).Overlaps(UncertainDate.Parse(one)));
    }

    [Fact]
    public void Days_outside_the_years_that_a_day_can_have_are_only_in_the_long_bounds()
    {
        var date = UncertainDate.Parse("Y12345");

        Assert.Null(date.Earliest);
        Assert.Equal(new LongDay(12345, 12, 31), date.Upper);
    }

    [Fact]
    public void An_age_on_a_day_leaves_a_year_of_birthdays()
    {
        var birth = UncertainDate.BirthFromAge(17, new DateOnly(2026, 3, 10));

        Assert.Equal("[2008-03-11..2009-03-10]", birth.ToString());
    }

    [Fact]
    public void Who_was_born_on_29_February_is_a_year_older_from_1_March()
    {
        var stillNought = UncertainDate.BirthFromAge(0, new DateOnly(2021, 2, 28));
        var one = UncertainDate.BirthFromAge(1, new DateOnly(2021, 3, 1));

        Assert.Equal(new DateOnly(2020, 2, 29), stillNought.Earliest);
        Assert.True(one.Overlaps(UncertainDate.Parse("2020-02-29")));
    }

    [Fact]
    public void In_json_a_date_is_its_text()
    {
        Assert.Equal("\"1984~\"", JsonSerializer.Serialize(UncertainDate.Parse("1984~")));
        Assert.Equal(UncertainDate.Parse("198X"), JsonSerializer.Deserialize<UncertainDate>("\"198X\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<UncertainDate>("\"2021-02-30\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<UncertainDate>("1984"));
    }

    [Theory]
    [InlineData("2004-13", "The month does not exist: months are 01 to 12.")]
    [InlineData("2004-02-30", "The calendar has no such day.")]
    public void Whether_the_month_or_the_day_is_wrong_is_said(string text, string expected)
    {
        Assert.False(UncertainDate.TryParse(text, out _, out var why));

        Assert.Equal(expected, why);
    }

    [Fact]
    public void A_date_of_five_hundred_characters_is_read_and_a_longer_one_is_not()
    {
        var hundred = string.Join(',', Enumerable.Repeat("1984", 99));

        Assert.True(UncertainDate.TryParse($"[{hundred},   ]".Replace(",   ]", "    ]", StringComparison.Ordinal), out _, out _));
        Assert.False(UncertainDate.TryParse($"[{hundred},1984]", out _, out var why));
        Assert.Equal("The date is longer than 500 characters.", why);
    }

    [Fact]
    public void The_years_that_a_day_can_have_are_1_to_9999()
    {
        Assert.Equal(new DateOnly(1, 1, 1), UncertainDate.Parse("0001").Earliest);
        Assert.Equal(new DateOnly(9999, 12, 31), UncertainDate.Parse("9999").Latest);
        Assert.Null(UncertainDate.Parse("0000").Earliest);
    }

    [Fact]
    public void Early_years_are_written_with_four_digits()
    {
        Assert.Equal("0005", UncertainDate.InYear(5).ToString());
        Assert.Equal("0005-07", UncertainDate.InMonth(5, 7).ToString());
    }

    [Fact]
    public void Dates_are_equal_when_they_are_written_alike()
    {
        Assert.True(UncertainDate.Parse("1984") == UncertainDate.Parse("1984"));
        Assert.True(UncertainDate.Parse("1984") != UncertainDate.Parse("1985"));
        Assert.False(UncertainDate.Parse("1984").Equals(UncertainDate.Parse("1984~")));
        Assert.False(UncertainDate.Parse("1984").Equals(null));
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(10, 151)]
    [InlineData(20, 19)]
    public void Ages_are_those_of_people(int youngest, int oldest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UncertainDate.BirthFromAge(youngest, oldest, new DateOnly(2026, 3, 10)));

    [Fact]
    public void Long_days_have_an_order()
    {
        var (first, second) = (new LongDay(-44, 3, 15), new LongDay(-44, 3, 16));

        Assert.True(first < second && first <= second && second > first && second >= first);
        Assert.True(first <= new LongDay(-44, 3, 15) && first >= new LongDay(-44, 3, 15));
        Assert.False(first < new LongDay(-44, 3, 15) || first > new LongDay(-44, 3, 15) || second <= first || first >= second);
    }
}
