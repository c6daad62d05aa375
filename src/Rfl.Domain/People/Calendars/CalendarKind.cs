namespace Rfl.Domain.People.Calendars;

/// <summary>The calendars in which people state dates (handbook §7).</summary>
public enum CalendarKind
{
    Gregorian,

    /// <summary>Iran, and Afghanistan until 2022.</summary>
    SolarHijri,

    /// <summary>The Islamic lunar calendar by the tables of Umm al-Qura (Saudi Arabia), for the years 1318 to 1500.</summary>
    UmmAlQura,

    /// <summary>The Islamic lunar calendar by arithmetic, civil epoch.</summary>
    IslamicCivil,

    /// <summary>Ethiopia and Eritrea: thirteen months, seven or eight years behind.</summary>
    Ethiopian,
    Coptic,
}
