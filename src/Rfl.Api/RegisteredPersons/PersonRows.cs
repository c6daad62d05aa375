using System.Globalization;
using CsvHelper;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.People.Calendars;
using Rfl.Domain.RegisteredPersons;

namespace Rfl.Api.RegisteredPersons;

/// <summary>One row of a list: what it registers, or what is wrong with it.</summary>
/// <param name="Key">Tells the row from the others of its list.</param>
internal sealed record PersonRow(
    int Number,
    string Key,
    Registration? Registration,
    bool IsMinor,
    DateOnly? ConsentGivenOn,
    DateOnly? ConsentExpiresOn,
    (string Column, string Code)? Problem)
{
    public override string ToString() => "personal";
}

/// <summary>What was read of a list.</summary>
/// <param name="UnknownColumns">Headers that say nothing here, as they were written; what stands below them is left aside.</param>
internal sealed record PersonList(List<PersonRow> Rows, ValueList<string> UnknownColumns);

/// <summary>Reads lists as hospitals and shelters send them: known columns in any order, unknown ones left aside and named.</summary>
internal static class PersonRows
{
    private const int LongestField = 1000;

    public static ValueList<string> KnownColumns { get; } =
    [
        "number", "name", "given_name", "father_name", "family_name", "mother_name", "sex", "birth", "calendar", "birthplace", "country", "whereabouts", "minor",
        "consent_given_on", "consent_expires_on",
    ];

    private static readonly CsvReaderOptions options = CsvReaderOptions.Default with
    {
        HasHeader = true,
        TrimWhitespace = true,
        NormalizeHeaderName = Normal,
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
    };

    /// <param name="on">The day of the list: a year of two digits is the last one that had begun by then.</param>
    public static PersonList Read(string text, DateOnly on)
    {
        using var csv = CsvReader.Create(new StringReader(text), options, leaveOpen: false);
        var rows = new List<PersonRow>();
        while (csv.Read() && rows.Count <= RegisteringPersonList.MostRows)
            rows.Add(Row(rows.Count + 1, Field, on));
        var unknown = csv.Headers.Where(header => Normal(header).Length > 0 && !KnownColumns.Contains(Normal(header))).ToValueList();
        return new PersonList(rows, unknown);

        string Field(string column) =>
            csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount && csv.GetString(index) is { } value ? value.Trim() : "";
    }

    private static string Normal(string header) => header.Trim().Trim('\ufeff').ToLowerInvariant();

    private static PersonRow Row(int number, Func<string, string> field, DateOnly on)
    {
        (string Column, string Code)? problem = null;
        var registration = new Registration(
            new PersonDetails(
                Names(field),
                Name(field("father_name"), NameComponentKind.Unknown),
                Name(field("mother_name"), NameComponentKind.Unknown),
                SexOf(field("sex")),
                Birth(),
                PlaceOf()),
            field("whereabouts") is { Length: > 0 } whereabouts ? whereabouts : null);
        if (registration.Person.Names.Count == 0)
            problem = ("name", "name-missing");
        var isMinor = field("minor").ToLowerInvariant() is "1" or "yes" or "oui" or "true" or "x";
        return new PersonRow(
            number,
            field("number") is { Length: > 0 } key ? $"number:{key}" : $"row:{number}",
            problem is null ? registration : null,
            isMinor,
            Day("consent_given_on"),
            Day("consent_expires_on"),
            problem ?? TooLong());

        Sex SexOf(string text)
        {
            Sex? sex = text.ToUpperInvariant() switch
            {
                "" or "U" or "?" => Sex.Unknown,
                "F" or "FEMALE" or "FEMME" => Sex.Female,
                "M" or "MALE" or "H" or "HOMME" => Sex.Male,
                "O" or "X" or "OTHER" => Sex.Other,
                _ => null,
            };
            if (sex is null)
                problem = ("sex", "sex-unreadable");
            return sex ?? Sex.Unknown;
        }

        StatedDate? Birth()
        {
            if (field("birth") is not { Length: > 0 } words)
                return null;
            var calendar = CalendarKind.Gregorian;
            if (field("calendar") is { Length: > 0 } name && !Enum.TryParse(name, ignoreCase: true, out calendar))
            {
                problem = ("calendar", "calendar-unknown");
                return null;
            }

            if (StatedDate.TryRead(words, calendar, on, out var date, out _))
                return date;
            problem = ("birth", "date-unreadable");
            return null;
        }

        Place? PlaceOf()
        {
            if (field("birthplace") is not { Length: > 0 } text)
                return null;
            if (field("country") is not { Length: > 0 } code)
                return new Place(text);
            if (CountryCode.TryParse(code, out var country))
                return new Place(text, country);
            problem = ("country", "country-unknown");
            return null;
        }

        DateOnly? Day(string column)
        {
            if (field(column) is not { Length: > 0 } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            problem = (column, "date-unreadable");
            return null;
        }

        (string, string)? TooLong()
        {
            foreach (var column in new[] { "name", "given_name", "father_name", "family_name", "mother_name", "birthplace", "whereabouts", "number" })
            {
                if (field(column).Length > LongestField)
                    return (column, "field-too-long");
            }

            return null;
        }
    }

    private static ValueList<PersonName> Names(Func<string, string> field)
    {
        if (Name(field("name"), NameComponentKind.Unknown) is { } whole)
            return [whole];
        List<NameComponent> parts = [];
        if (field("given_name") is { Length: > 0 } given)
            parts.Add(new NameComponent(NameComponentKind.Given, given));
        if (field("family_name") is { Length: > 0 } family)
            parts.Add(new NameComponent(NameComponentKind.Family, family));
        return parts.Count == 0 ? [] : [new PersonName(parts.ToValueList())];
    }

    private static PersonName? Name(string text, NameComponentKind kind) => text.Length == 0 ? null : PersonName.Of(new NameComponent(kind, text));
}
