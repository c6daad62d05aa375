using Rfl.Domain.People;

namespace Rfl.Domain.Matching.Persons;

/// <summary>The days between which somebody was born, both included, as far as is known.</summary>
/// <param name="Earliest">First possible day.</param>
/// <param name="Latest">Last possible day, not before the first.</param>
/// <param name="Approximate">Said to be about then: the true day may lie outside.</param>
public readonly record struct BirthInterval(DateOnly Earliest, DateOnly Latest, bool Approximate = false)
{
    /// <summary>The days that a date leaves possible; null where an end is open or unknown.</summary>
    public static BirthInterval? From(UncertainDate date) =>
        date.Earliest is { } earliest && date.Latest is { } latest ? new BirthInterval(earliest, latest, date.IsApproximate || date.IsUncertain) : null;

    public bool IsDay => Earliest == Latest;

    /// <summary>1 January is the usual stand-in for an unknown day (handbook §7).</summary>
    public BirthInterval WithoutDefaultDay() =>
        IsDay && Earliest is { Month: 1, Day: 1 } ? new(Earliest, new DateOnly(Earliest.Year, 12, 31), Approximate) : this;

    /// <summary>The year in the middle.</summary>
    public int MiddleYear => (Earliest.Year + Latest.Year) / 2;
}
