namespace Rfl.Domain.Tests.Common;

/// <summary>The days on which the specs play: Tuesday, 3 March 2026, and those around it. Ten in the morning is nine UTC in winter.</summary>
public static class Days
{
    public static readonly DateOnly Yesterday = new(2026, 3, 2);
    public static readonly DateOnly Today = new(2026, 3, 3);
    public static readonly DateOnly Tomorrow = new(2026, 3, 4);
    public static readonly DateTimeOffset Morning = At(2026, 3, 3);
    public static readonly DateTimeOffset NextMorning = At(2026, 3, 4);

    /// <summary>Nine o'clock UTC.</summary>
    public static DateTimeOffset At(int year, int month, int day, int hour = 9) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
