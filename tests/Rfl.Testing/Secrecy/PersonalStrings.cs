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

    /// <summary>Codes, ids, days of the process, and what staff say of themselves.</summary>
    private static readonly HashSet<string> plainMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        // How people sign in; none of it is stored as it is sent.
        "email", "password", "currentPassword", "newPassword", "code", "refreshToken", "recoveryCode",
        // Staff, partners, places of the organisation.
        "displayName", "name", "region", "society", "partner", "authority", "confirmingAuthority", "recipient", "accompaniedBy", "codes",
        // Kinds and days of work.
        "language", "kind", "source", "transliterationSource", "script", "relation", "cause", "channel", "form", "purpose", "reason", "outcome", "priority", "result",
        "provenance", "means", "allowedMeans", "forbiddenChannels", "choice", "extent", "answer", "fields", "roles", "scopes", "role", "calendar", "precision", "sex",
        "country", "countryOfStay", "lostInCountry", "status", "stage", "type", "scope", "rule",
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
                    Collect(member.Value, member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Array && plainMembers.Contains(member.Name));
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, isPlain);
                break;
            case JsonValueKind.String when !isPlain && TryGetString(element) is { } list && list.Contains('\n', StringComparison.Ordinal):
                CollectLines(list);
                break;
            case JsonValueKind.String when TryGetString(element) is { } text && IsTelling(text):
                (isPlain || IsIdOrInstant(text) ? plain : personal)[text] = true;
                break;
        }
    }

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

    private static bool IsIdOrInstant(string text) => Guid.TryParse(text, out _) || DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
}
