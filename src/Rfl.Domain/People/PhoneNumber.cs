using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Rfl.Domain.People;

/// <summary>Telephone numbers in E.164, so that two lists that write them differently still meet (handbook §3).</summary>
public static partial class PhoneNumber
{
    private const int LongestInput = 60;

    private static readonly Lazy<PhoneNumberUtil> plans = new(PhoneNumberUtil.GetInstance);

    /// <summary>
    /// The number in E.164 (<c>+</c> and up to fifteen digits). Reads digits of any script, the usual punctuation, a leading <c>+</c> or <c>00</c>, extensions,
    /// and national numbers of the region. A number that no numbering plan can hold is left to be kept as given.
    /// </summary>
    /// <param name="input">As written down.</param>
    /// <param name="region">ISO 3166 alpha-2 code of the country from which a number without country code is meant; null where not known.</param>
    /// <returns>False where the country is not known or the number cannot be whole: keep it as given.</returns>
    public static bool TryNormalise([NotNullWhen(true)] string? input, string? region, [NotNullWhen(true)] out string? e164)
    {
        e164 = null;
        if (input is null or { Length: > LongestInput } || Digits(Extension().Replace(input, "")) is not { } written)
            return false;
        e164 = Complete(written, region?.ToUpperInvariant());
        // 00 is what most of the world dials before a country code, and what people write even where the exchange wants 011 or 810.
        if (e164 is null && written.StartsWith("00", StringComparison.Ordinal))
            e164 = Complete(string.Concat("+", written.AsSpan(2)), null);
        return e164 is not null;
    }

    private static string? Complete(string written, string? region)
    {
        try
        {
            var number = plans.Value.Parse(written, region);
            return plans.Value.IsValidNumber(number) ? plans.Value.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            // The library has no other way to say that a text is no number of the region.
            return null;
        }
    }

    /// <summary>The digits as 0–9 with a plus sign before them where there was one; null where the text holds anything but a number.</summary>
    private static string? Digits(string input)
    {
        var digits = new StringBuilder();
        foreach (var rune in input.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.DecimalDigitNumber)
                digits.Append((int)Rune.GetNumericValue(rune));
            else if (rune.Value is '+' or '\uFF0B' && digits.Length == 0)
                digits.Append('+');
            else if (!IsPunctuation(rune, category))
                return null;
        }

        return digits.Length is 0 or > 25 ? null : digits.ToString();
    }

    private static bool IsPunctuation(Rune rune, UnicodeCategory category) =>
        rune.Value is '.' or '/' or '~' or ','
        || category is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.Format
        || rune.Value is '\t' or '\u2212';

    [GeneratedRegex(
        @"\s*(;ext=|ext\.?|extn\.?|extension|poste|x|#|доб\.?|داخلي)\s*\d{1,6}\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
