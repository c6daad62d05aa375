using NodaTime;

namespace Rfl.Domain.Policies;

/// <summary>
/// Adds periods as the Society counts them: in its own time zone, so that a day is a day there; working days skip Saturdays, Sundays and public holidays
/// (handbook §6). The time of day stays.
/// </summary>
public static class WorkingCalendar
{
    private static readonly DateTimeZone SocietyZone = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public static DateTimeOffset Add(DateTimeOffset start, Period period, Func<DateOnly, bool> isHoliday)
    {
        if (period.Unit == PeriodUnit.Hours)
            return start.AddHours(period.Count);
        var local = Instant.FromDateTimeOffset(start).InZone(SocietyZone).LocalDateTime;
        var moved = period.Unit switch
        {
            PeriodUnit.Days => local.PlusDays(period.Count),
            PeriodUnit.Months => local.PlusMonths(period.Count),
            PeriodUnit.WorkingDays => local.PlusDays(DaysCovering(local.Date, period.Count, isHoliday)),
            _ => throw new InvalidOperationException($"No such unit of time: {period.Unit}."),
        };
        return moved.InZoneLeniently(SocietyZone).ToInstant().ToDateTimeOffset();
    }

    /// <summary>The day on which something done at the instant happened, for the Society.</summary>
    public static DateOnly DayOf(DateTimeOffset instant)
    {
        var date = Instant.FromDateTimeOffset(instant).InZone(SocietyZone).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }

    /// <summary>The moment to record for something that happened on a day: now where it is today, otherwise noon of that day at the Society.</summary>
    public static DateTimeOffset MomentOn(DateOnly day, DateTimeOffset now) => day == DayOf(now)
        ? now
        : SocietyZone.AtLeniently(new LocalDateTime(day.Year, day.Month, day.Day, 12, 0)).ToInstant().ToDateTimeOffset();

    /// <summary>The first moment of a day at the Society.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        SocietyZone.AtStartOfDay(new LocalDate(day.Year, day.Month, day.Day)).ToInstant().ToDateTimeOffset();

    private static int DaysCovering(LocalDate start, int workingDays, Func<DateOnly, bool> isHoliday)
    {
        var days = 0;
        while (workingDays > 0)
        {
            days++;
            var day = start.PlusDays(days);
            if (day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !isHoliday(new DateOnly(day.Year, day.Month, day.Day)))
                workingDays--;
        }

        return days;
    }
}
