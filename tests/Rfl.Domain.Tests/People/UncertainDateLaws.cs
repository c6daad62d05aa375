using FsCheck;
using FsCheck.Fluent;
using Rfl.Domain.People;

namespace Rfl.Domain.Tests.People;

public sealed class UncertainDateLaws
{
    private static readonly Gen<string> mark = Gen.Elements("", "?", "~", "%");

    private static readonly Gen<string> yearDigits =
        from digits in Gen.Elements('0', '1', '2', '9', 'X').ArrayOf(4)
        select new string(digits);

    private static readonly Gen<string> single = Gen.OneOf(
        from sign in Gen.Elements("", "-")
        from year in yearDigits
        from after in mark
        select sign + year + after,
        from year in yearDigits
        from before in mark
        from month in Gen.Elements("01", "02", "06", "12", "XX", "1X", "0X", "21", "24", "30", "41")
        from after in mark
        select $"{before}{year}-{month}{after}",
        from year in yearDigits
        from mid in mark
        from month in Gen.Elements("01", "02", "11", "XX", "X2")
        from before in mark
        from day in Gen.Elements("01", "09", "28", "29", "2X", "X9", "XX", "3X")
        select $"{year}-{month}{mid}-{before}{day}",
        from year in Gen.Choose(10000, 99999999)
        from sign in Gen.Elements("", "-")
        from digits in Gen.Elements("", "S1", "S3", "S5")
        select $"Y{sign}{year}{digits}");

    private static readonly Gen<string> any = Gen.OneOf(
        single,
        from start in Gen.OneOf(single, Gen.Elements("..", ""))
        from end in Gen.OneOf(single, Gen.Elements("..", ""))
        select $"{start}/{end}",
        from items in single.NonEmptyListOf()
        from later in Gen.Elements("", "..")
        from oneOf in Gen.Elements(true, false)
        select (oneOf ? "[" : "{") + string.Join(", ", items.Take(4)) + later + (oneOf ? "]" : "}"));

    private static readonly Arbitrary<UncertainDate> dates = Arb.From(
        any.Select(text => UncertainDate.TryParse(text, out var date, out _) ? date : null).Where(date => date is not null).Select(date => date!));

    [Fact]
    public void What_is_printed_reads_as_the_same_date() => Prop.ForAll(dates, date =>
    {
        var again = UncertainDate.Parse(date.ToString());
        return again == date
            && again.Lower == date.Lower
            && again.Upper == date.Upper
            && again.IsUncertain == date.IsUncertain
            && again.IsApproximate == date.IsApproximate
            && again.Precision == date.Precision;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_day_is_never_after_the_last() => Prop.ForAll(dates, date =>
        !(date.Lower > date.Upper) && !(date.Earliest > date.Latest)).QuickCheckThrowOnFailure();

    [Fact]
    public void Bounds_are_days_of_the_calendar() => Prop.ForAll(dates, date =>
        new[] { date.Lower, date.Upper }.All(day => day is null || (day.Value.Month is >= 1 and <= 12
            && day.Value.Day >= 1 && day.Value.Day <= LongDay.DaysInMonth(day.Value.Year, day.Value.Month)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlap_holds_both_ways_and_with_oneself() => Prop.ForAll(dates, dates, (one, other) =>
        one.Overlaps(other) == other.Overlaps(one) && one.Overlaps(one)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_birthday_within_an_age_gives_that_age()
    {
        var days = Gen.Choose(new DateOnly(1950, 1, 1).DayNumber, new DateOnly(2049, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);
        Prop.ForAll(Arb.From(days), Arb.From(Gen.Choose(0, 110)), (on, age) =>
        {
            var birth = UncertainDate.BirthFromAge(age, on);
            return AgeOn(birth.Earliest!.Value, on) == age
                && AgeOn(birth.Latest!.Value, on) == age
                && AgeOn(birth.Earliest.Value.AddDays(-1), on) == age + 1
                && (birth.Latest == on || AgeOn(birth.Latest.Value.AddDays(1), on) == age - 1);
        }).QuickCheckThrowOnFailure();
    }

    private static int AgeOn(DateOnly birth, DateOnly on) =>
        on.Year - birth.Year - ((on.Month, on.Day).CompareTo((birth.Month, birth.Day)) < 0 ? 1 : 0);
}
