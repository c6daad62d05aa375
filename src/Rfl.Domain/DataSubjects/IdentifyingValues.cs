using System.Globalization;
using System.Text;
using Rfl.Domain.Common;
using Rfl.Domain.People;
using Rfl.Domain.TracingRequests;

namespace Rfl.Domain.DataSubjects;

/// <summary>
/// What an import would bring an erased person back with, in one canonical spelling each. It is kept as a keyed hash only, and bound to where the import came from
/// (<see cref="ImportSource"/>): the same list, interview or partner's request sent again is known by it, another one is not.
/// </summary>
public static class IdentifyingValues
{
    /// <summary>Each name with the father's name and the birth, in capital letters without marks, the parts of the name in any order.</summary>
    public static IEnumerable<string> OfPerson(PersonDetails person) =>
        person.Names.Select(Canonical).Where(name => name.Length > 0).Distinct()
            .Select(name => $"person|{name}|{(person.FatherName is { } father ? Canonical(father) : "")}|{Birth(person.Birth)}");

    public static IEnumerable<string> OfPhones(ValueList<ContactPoint> contacts) =>
        contacts.Where(contact => contact.Kind == ContactKind.Phone).Select(contact => Digits(contact.Value)).Where(number => number.Length >= 6)
            .Select(number => $"phone|{number}");

    /// <summary>Somebody on another's sheet: what they are to whom it describes, and their name.</summary>
    public static string OfOther(IAboutAnother part) => part switch
    {
        RelatedPerson relative => $"relative|{relative.Relation}|{Canonical(relative.Name)}",
        LegalRepresentative representative => $"representative|{Canonical(representative.Name)}",
        ContactPoint contact => $"contact|{Letters(contact.Of ?? "")}",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    public static string OfReference(string theirReference) => $"reference|{Letters(theirReference)}";

    private static string Canonical(PersonName name) =>
        string.Join(' ', name.Components.SelectMany(component => component.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(Letters).Where(part => part.Length > 0).Order(StringComparer.Ordinal));

    private static string Birth(StatedDate? birth) => birth is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{birth.Interval.Earliest:yyyy-MM-dd}/{birth.Interval.Latest:yyyy-MM-dd}");

    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                letters.Append(Rune.ToUpperInvariant(rune).ToString());
        }

        return letters.ToString();
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit).Select(digit => (int)char.GetNumericValue(digit)));
}

/// <summary>Where an import comes from. Part of every hash of a suppression, so that nobody can ask about what somebody else sent.</summary>
public static class ImportSource
{
    public static string List(string region, string source, string? organisation) => $"list|{region}|{source}|{organisation?.ToUpperInvariant()}";

    public static string Interview(string region, DateOnly on) => string.Create(CultureInfo.InvariantCulture, $"interview|{region}|{on:yyyy-MM-dd}");

    /// <summary>The sheet of this person, put down again by whoever has it open.</summary>
    public static string Sheet(PersonId described) => $"sheet|{described}";

    public static string Partner(string society) => $"partner|{society.ToUpperInvariant()}";
}
