using System.Collections.Concurrent;
using System.Text.Json;

namespace Rfl.Testing.Secrecy;

/// <summary>
/// Every personal string that was sent to the service: each text in a body, unless it stands under a name that is known to be plain. A member that comes later is
/// personal until somebody says otherwise here, and in the decision on what stays plain (docs/adr/0073).
/// </summary>
public sealed class PersonalStrings
{
    /// <summary>Shorter ones would be found by chance in any ciphertext.</summary>
    public const int ShortestBytes = 5;

    /// <summary>Secrets, none of which is stored as it is sent; and partners and places of the organisation.</summary>
    private static readonly HashSet<string> plainMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "currentPassword", "newPassword", "code", "refreshToken", "recoveryCode",
        "name", "society", "partner",
    };

    /// <summary>Members that take a code and nothing else; whatever has not its form was refused, and is looked for (docs/adr/0073).</summary>
    private static readonly HashSet<string> codeMembers = new(["recipient", "organisation", "language", "region"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What is chosen from a list is written in camel case, whatever its member is called.</summary>
    private static bool IsCode(string text) => char.IsAsciiLetterLower(text[0]) && text.All(char.IsAsciiLetter) && text.Any(char.IsAsciiLetterUpper);

    /// <summary>Members whose values are chosen from a list: plain where they are one word, personal where somebody wrote a sentence under the same name.</summary>
    private static readonly HashSet<string> chosenMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "kind", "source", "transliterationSource", "script", "relation", "cause", "channel", "form", "purpose", "reason", "outcome", "priority", "result", "provenance", "means",
        "allowedMeans", "forbiddenMeans", "forbiddenChannels", "withheldFields", "choice", "extent", "answer", "fields", "roles", "scopes", "role", "calendar", "precision", "sex", "status",
        "stage", "type", "unit", "right", "natures", "country", "countryOfStay", "lostInCountry", "nationalities",
    };

    /// <summary>Headers and codes of lists.</summary>
    private static readonly HashSet<string> plainCells = new(
        ["name", "given_name", "father_name", "family_name", "mother_name", "number", "birth", "calendar", "birthplace", "country", "whereabouts", "minor",
            "consent_given_on", "consent_expires_on", "male", "female", "Gregorian", "SolarHijri", "Islamic", "Ethiopian"],
        StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, bool> personal = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> plain = new(StringComparer.Ordinal);

    /// <summary>What is to be found nowhere: texts that were sent as personal and not, elsewhere, as something plain.</summary>
    public IReadOnlyCollection<string> All => [.. personal.Keys.Where(text => !plain.ContainsKey(text)).Order(StringComparer.Ordinal)];

    /// <param name="json">A body as it was sent; what is no JSON holds no member.</param>
    public void Collect(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Collect(document.RootElement, isPlain: false);
        }
        catch (JsonException)
        {
        }
    }

    private void Collect(JsonElement element, bool isPlain)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Collect(member.Value, IsPlain(member));
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, isPlain);
                break;
            case JsonValueKind.String when !isPlain && TryGetString(element) is { } list && list.Contains('\n', StringComparison.Ordinal):
                CollectLines(list);
                break;
            case JsonValueKind.String when TryGetString(element) is { } text && IsTelling(text):
                (isPlain || IsCode(text) || IsIdOrInstant(text) || IsReferenceNumber(text) || IsPublished(text) ? plain : personal)[text] = true;
                break;
        }
    }

    private static bool IsPlain(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => plainMembers.Contains(member.Name) || (codeMembers.Contains(member.Name) && IsOneCode(TryGetString(member.Value))) || (chosenMembers.Contains(member.Name) && TryGetString(member.Value)?.All(char.IsAsciiLetter) == true),
        JsonValueKind.Array => plainMembers.Contains(member.Name) || chosenMembers.Contains(member.Name),
        _ => false,
    };

    /// <summary>Letters and digits in groups of one separator.</summary>
    private static bool IsOneCode(string? text) =>
        text is { Length: > 0 and <= 50 } && text.Split('-', '.', '_', '/', ':').All(group => group.Length > 0 && group.All(char.IsLetterOrDigit));

    /// <summary>A list in CSV, or a text of several lines: each cell and each line by itself.</summary>
    private void CollectLines(string list)
    {
        foreach (var cell in list.Split(['\n', '\r', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsTelling))
        {
            if (!plainCells.Contains(cell) && !IsIdOrInstant(cell))
                personal[cell] = true;
        }
    }

    /// <summary>A test may send half a character.</summary>
    private static string? TryGetString(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Long enough, and not all digits and signs, as days and numbers are: those occur everywhere.</summary>
    private static bool IsTelling(string text) =>
        System.Text.Encoding.UTF8.GetByteCount(text) >= ShortestBytes && (text.Any(char.IsLetter) || text.Count(char.IsDigit) > 8);

    /// <summary>Of a case; it says nothing of anybody and stands in the open on purpose.</summary>
    private static bool IsReferenceNumber(string text) =>
        text.Length == 12 && text[4] == '-' && text[9] == '-' && text.Where((_, at) => at is not (4 or 9)).All(char.IsAsciiDigit);

    /// <summary>Demo accounts are printed at every start outside Production.</summary>
    private static bool IsPublished(string text) => text.EndsWith("@demo.example", StringComparison.OrdinalIgnoreCase);

    private static bool IsIdOrInstant(string text) => Guid.TryParse(text, out _) || DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
}
