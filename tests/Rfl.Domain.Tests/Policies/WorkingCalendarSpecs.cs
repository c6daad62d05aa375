using Rfl.Domain.Policies;
using Rfl.Domain.Tests.Common;

namespace Rfl.Domain.Tests.Policies;

/// <summary>Handbook §6: working days skip weekends and the Society's public holidays; days are days in Paris.</summary>
public sealed class WorkingCalendarSpecs
{
    /// <summary>Easter Monday and Labour Day.</summary>
    private static readonly HashSet<DateOnly> Holidays = [new(2026, 4, 6), new(2026, 5, 1)];

    [Theory]
    [InlineData("2026-03-03T09:00Z", 1, "2026-03-04T09:00Z")] // Tuesday to Wednesday
    [InlineData("2026-03-05T09:00Z", 1, "2026-03-06T09:00Z")] // Thursday to Friday
    [InlineData("2026-03-06T09:00Z", 1, "2026-03-09T09:00Z")] // Friday to Monday
    [InlineData("2026-03-07T09:00Z", 1, "2026-03-09T09:00Z")] // Saturday to Monday
    [InlineData("2026-03-08T09:00Z", 1, "2026-03-09T09:00Z")] // Sunday to Monday
    [InlineData("2026-03-06T09:00Z", 5, "2026-03-13T09:00Z")] // over one weekend
    [InlineData("2026-03-06T09:00Z", 10, "2026-03-20T09:00Z")] // over two
    [InlineData("2026-04-03T08:00Z", 1, "2026-04-07T08:00Z")] // over Easter
    [InlineData("2026-04-30T08:00Z", 1, "2026-05-04T08:00Z")] // over Labour Day and a weekend
    [InlineData("2026-03-27T09:00Z", 1, "2026-03-30T08:00Z")] // over the change to summer time
    [InlineData("2026-03-05T23:30Z", 1, "2026-03-08T23:30Z")] // Friday half past midnight in Paris
    public void Working_days(string start, int count, string expected) =>
        Assert.Equal(Instant(expected), WorkingCalendar.Add(Instant(start), new Period(count, PeriodUnit.WorkingDays), Holidays.Contains));

    [Theory]
    [InlineData("2026-03-03T09:00Z", 15, PeriodUnit.Days, "2026-03-18T09:00Z")]
    [InlineData("2026-03-28T09:00Z", 1, PeriodUnit.Days, "2026-03-29T08:00Z")]
    [InlineData("2026-03-28T01:30Z", 1, PeriodUnit.Days, "2026-03-29T01:30Z")] // half past two does not exist: half past three
    [InlineData("2027-06-30T22:00Z", -60, PeriodUnit.Days, "2027-05-01T22:00Z")]
    [InlineData("2026-01-31T09:00Z", 1, PeriodUnit.Months, "2026-02-28T09:00Z")]
    [InlineData("2026-03-03T09:00Z", 24, PeriodUnit.Months, "2028-03-03T09:00Z")]
    public void Days_and_months(string start, int count, PeriodUnit unit, string expected) =>
        Assert.Equal(Instant(expected), WorkingCalendar.Add(Instant(start), new Period(count, unit), Holidays.Contains));

    [Fact]
    public void There_are_no_other_units() => Assert.Throws<InvalidOperationException>(
        () => WorkingCalendar.Add(Days.Morning, new Period(1, (PeriodUnit)99), Holidays.Contains));

    [Theory]
    [InlineData("2026-03-03T22:59Z", "2026-03-03")]
    [InlineData("2026-03-03T23:00Z", "2026-03-04")]
    [InlineData("2026-07-03T21:59Z", "2026-07-03")]
    [InlineData("2026-07-03T22:00Z", "2026-07-04")]
    public void A_day_begins_at_midnight_in_Paris(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), WorkingCalendar.DayOf(Instant(instant)));

    [Fact]
    public void What_happened_today_happened_now_and_earlier_things_at_noon()
    {
        Assert.Equal(Days.Morning, WorkingCalendar.MomentOn(Days.Today, Days.Morning));
        Assert.Equal(Days.At(2026, 3, 2, hour: 11), WorkingCalendar.MomentOn(Days.Yesterday, Days.Morning));
        Assert.Equal(Days.At(2025, 7, 14, hour: 10), WorkingCalendar.MomentOn(new DateOnly(2025, 7, 14), Days.Morning));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, null);
}
