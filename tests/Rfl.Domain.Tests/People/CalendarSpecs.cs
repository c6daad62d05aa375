using System.Globalization;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;

namespace Rfl.Domain.Tests.People;

public sealed class CalendarSpecs
{
    private static readonly DateOnly interview = new(2026, 11, 17);

    [Theory]
    [InlineData(CalendarKind.SolarHijri, 1403, 12, 30, "2025-03-20")]
    [InlineData(CalendarKind.SolarHijri, 1404, 1, 1, "2025-03-21")]
    [InlineData(CalendarKind.SolarHijri, 1357, 11, 22, "1979-02-11")]
    [InlineData(CalendarKind.Ethiopian, 2000, 1, 1, "2007-09-12")]
    [InlineData(CalendarKind.Ethiopian, 2003, 13, 6, "2011-09-11")]
    [InlineData(CalendarKind.Coptic, 1740, 1, 1, "2023-09-12")]
    [InlineData(CalendarKind.UmmAlQura, 1445, 9, 1, "2024-03-11")]
    [InlineData(CalendarKind.IslamicCivil, 1, 1, 1, "0622-07-19")]
    [InlineData(CalendarKind.Gregorian, 1, 1, 1, "0001-01-01")]
    [InlineData(CalendarKind.Gregorian, 9999, 12, 31, "9999-12-31")]
    [InlineData(CalendarKind.UmmAlQura, 1318, 1, 1, "1900-04-30")]
    [InlineData(CalendarKind.UmmAlQura, 1500, 1, 1, "2076-11-27")]
    public void A_day_of_another_calendar_is_a_gregorian_day(CalendarKind calendar, int year, int month, int day, string gregorian) =>
        Assert.Equal(gregorian, CalendarYears.Day(calendar, year, month, day)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(CalendarKind.SolarHijri, 1402, 12, 30)]
    [InlineData(CalendarKind.SolarHijri, 1402, 13, 1)]
    [InlineData(CalendarKind.Ethiopian, 2016, 13, 6)]
    [InlineData(CalendarKind.Ethiopian, 200, 1, 1)]
    [InlineData(CalendarKind.UmmAlQura, 1700, 1, 1)]
    [InlineData(CalendarKind.UmmAlQura, 1501, 1, 1)]
    [InlineData(CalendarKind.UmmAlQura, 1317, 12, 1)]
    [InlineData(CalendarKind.Gregorian, 0, 1, 1)]
    [InlineData(CalendarKind.Gregorian, 10000, 1, 1)]
    [InlineData(CalendarKind.IslamicCivil, 1445, 0, 1)]
    [InlineData(CalendarKind.Gregorian, 2023, 2, 29)]
    public void A_day_that_a_calendar_lacks_is_none(CalendarKind calendar, int year, int month, int day) =>
        Assert.Null(CalendarYears.Day(calendar, year, month, day));

    [Theory]
    [InlineData(CalendarKind.SolarHijri, "۱۵ حمل ۱۳۷۰", "1991-04-04")]
    [InlineData(CalendarKind.SolarHijri, "15 Hamal 1370", "1991-04-04")]
    [InlineData(CalendarKind.SolarHijri, "۱۳۷۰/۱/۱۵", "1991-04-04")]
    [InlineData(CalendarKind.SolarHijri, "15/1/70", "1991-04-04")]
    [InlineData(CalendarKind.SolarHijri, "۱۵ فروردین سال ۱۳۷۰ هجری شمسی", "1991-04-04")]
    [InlineData(CalendarKind.SolarHijri, "15 وری 1370", "1991-04-04")]
    [InlineData(CalendarKind.Ethiopian, "፩ መስከረም ፳፻", "2007-09-12")]
    [InlineData(CalendarKind.Ethiopian, "መስከረም 1 ቀን 2000 ዓ.ም", "2007-09-12")]
    [InlineData(CalendarKind.Ethiopian, "Meskerem 1, 2000 E.C.", "2007-09-12")]
    [InlineData(CalendarKind.Ethiopian, "6 Pagume 2003", "2011-09-11")]
    [InlineData(CalendarKind.Gregorian, "١٥ كانون الثاني ١٩٩٠", "1990-01-15")]
    [InlineData(CalendarKind.Gregorian, "15 جانفي 1990", "1990-01-15")]
    [InlineData(CalendarKind.Gregorian, "15 غشت 1990", "1990-08-15")]
    [InlineData(CalendarKind.Gregorian, "15 août 1990", "1990-08-15")]
    [InlineData(CalendarKind.Gregorian, "August 15th, 1990", "1990-08-15")]
    [InlineData(CalendarKind.Gregorian, "15.08.1990", "1990-08-15")]
    [InlineData(CalendarKind.Gregorian, "08/15/1990", "1990-08-15")]
    [InlineData(CalendarKind.Gregorian, "05/13/1990", "1990-05-13")]
    [InlineData(CalendarKind.Gregorian, "12/13/1990", "1990-12-13")]
    [InlineData(CalendarKind.Ethiopian, "5/13/2003", "2011-09-10")]
    [InlineData(CalendarKind.SolarHijri, "15 Hamal 70", "1991-04-04")]
    [InlineData(CalendarKind.SolarHijri, "1370 Hamal 15", "1991-04-04")]
    [InlineData(CalendarKind.Gregorian, "15/08/12", "2012-08-15")]
    [InlineData(CalendarKind.Gregorian, "15/08/85", "1985-08-15")]
    [InlineData(CalendarKind.UmmAlQura, "١ رمضان ١٤٤٥ هـ", "2024-03-11")]
    [InlineData(CalendarKind.UmmAlQura, "1 Ramadan 1410", "[1990-03-26..1990-03-28]")]
    [InlineData(CalendarKind.IslamicCivil, "12 ربيع الأول 1410", "1989-10-13")]
    [InlineData(CalendarKind.UmmAlQura, "1 Muharram 1421", "2000-04-06")]
    [InlineData(CalendarKind.UmmAlQura, "1 Muharram 1420", "[1999-04-16..1999-04-18]")]
    public void Days_are_read_in_the_words_of_the_field(CalendarKind calendar, string words, string interval)
    {
        Assert.True(StatedDate.TryRead(words, calendar, interview, out var date, out var why), why);

        Assert.Equal(interval, date.Interval.ToString());
        Assert.Equal((words, calendar, DatePrecision.Day), (date.Words, date.Calendar, date.Precision));
    }

    [Theory]
    [InlineData(CalendarKind.SolarHijri, "1370", "[1991-03-21..1992-03-20]", DatePrecision.Year)]
    [InlineData(CalendarKind.SolarHijri, "جوزا ۱۳۷۰", "[1991-05-22..1991-06-21]", DatePrecision.Month)]
    [InlineData(CalendarKind.SolarHijri, "1370/3", "[1991-05-22..1991-06-21]", DatePrecision.Month)]
    [InlineData(CalendarKind.Ethiopian, "1990", "[1997-09-11..1998-09-10]", DatePrecision.Year)]
    [InlineData(CalendarKind.Ethiopian, "90", "[1997-09-11..1998-09-10]", DatePrecision.Year)]
    [InlineData(CalendarKind.Gregorian, "أيار 1990", "1990-05", DatePrecision.Month)]
    [InlineData(CalendarKind.Gregorian, "05/1990", "1990-05", DatePrecision.Month)]
    [InlineData(CalendarKind.Gregorian, "١٩٩٠", "1990", DatePrecision.Year)]
    [InlineData(CalendarKind.Gregorian, "199X", "199X", DatePrecision.Decade)]
    public void A_month_or_a_year_is_all_its_days(CalendarKind calendar, string words, string interval, DatePrecision precision)
    {
        Assert.True(StatedDate.TryRead(words, calendar, interview, out var date, out var why), why);

        Assert.Equal((interval, precision), (date.Interval.ToString(), date.Precision));
    }

    [Theory]
    [InlineData("1990-01-01", false, "1990")]
    [InlineData("01/01/1990", false, "1990")]
    [InlineData("1 January 1990", false, "1990")]
    [InlineData("1990-01-01", true, "1990-01-01")]
    [InlineData("01/01/1990", true, "1990-01-01")]
    [InlineData("1990-01-01?", false, "1990?")]
    [InlineData("1990-01-02", false, "1990-01-02")]
    public void The_first_of_january_is_a_year_unless_it_is_said_to_be_exact(string words, bool isExact, string interval)
    {
        Assert.True(StatedDate.TryRead(words, CalendarKind.Gregorian, interview, out var date, out _, isExact));

        Assert.Equal(interval, date.Interval.ToString());
    }

    [Theory]
    [InlineData(CalendarKind.SolarHijri, "")]
    [InlineData(CalendarKind.SolarHijri, "soon")]
    [InlineData(CalendarKind.SolarHijri, "31 قوس 1370")]
    [InlineData(CalendarKind.SolarHijri, "15 January 1370")]
    [InlineData(CalendarKind.UmmAlQura, "1 Ramadan 10")]
    [InlineData(CalendarKind.Gregorian, "30/02/1990")]
    [InlineData(CalendarKind.Gregorian, "1 2 3 4")]
    [InlineData(CalendarKind.Gregorian, "19900215")]
    [InlineData(CalendarKind.Gregorian, "13/13/1990")]
    public void What_cannot_be_read_is_refused_with_a_reason(CalendarKind calendar, string words)
    {
        Assert.False(StatedDate.TryRead(words, calendar, interview, out var date, out var why));

        Assert.Null(date);
        Assert.NotEmpty(why!);
    }

    [Fact]
    public void A_stated_date_never_shows_itself() =>
        Assert.Equal("personal", StatedDate.FromAge("about 30", 30, interview).ToString());

    [Fact]
    public void A_date_of_two_hundred_characters_is_read_and_a_longer_one_is_not()
    {
        Assert.True(StatedDate.TryRead("1990".PadRight(200), CalendarKind.SolarHijri, interview, out _, out _));
        Assert.False(StatedDate.TryRead("1990".PadRight(201), CalendarKind.SolarHijri, interview, out _, out var why));
        Assert.Equal("The date is longer than 200 characters.", why);
    }
}
