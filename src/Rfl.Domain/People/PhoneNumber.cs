using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rfl.Domain.People.Contacts;

namespace Rfl.Domain.People;

/// <summary>Telephone numbers in E.164, so that two lists that write them differently still meet (handbook §3).</summary>
public static partial class PhoneNumber
{
    /// <summary>
    /// The number in E.164 (<c>+</c> and up to fifteen digits). Reads digits of any script, the usual punctuation, a leading <c>+</c> or <c>00</c>,
    /// and national numbers of the region. A number that the region's numbering plan cannot hold is left to be kept as given.
    /// </summary>
    /// <param name="input">As written down.</param>
    /// <param name="region">ISO 3166 alpha-2 code of the country from which a number without country code is meant; null where not known.</param>
    /// <returns>False where the country is not known or the number cannot be whole: keep it as given.</returns>
    public static bool TryNormalise([NotNullWhen(true)] string? input, string? region, [NotNullWhen(true)] out string? e164)
    {
        e164 = null;
        if (input is null or { Length: > 60 } || Digits(WithoutExtension(input)) is not { } written)
            return false;
        e164 = written.StartsWith('+') ? FromInternational(written[1..]) : FromRegion(written, region);
        return e164 is not null;
    }

    private static string? FromRegion(string digits, string? region)
    {
        var plan = region is null ? null : NumberingPlan.Of(region);
        if (plan?.Complete(digits) is { } home)
            return home;

        // 00 is the international prefix nearly everywhere; 011 in North America, 8~10 in the countries of the former Soviet network.
        string[] prefixes = plan?.CallingCode switch
        {
            "1" => ["011", "00"],
            "7" or "375" or "992" or "993" => ["810", "00"],
            _ => ["00"],
        };
        foreach (var prefix in prefixes)
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && FromInternational(digits[prefix.Length..]) is { } abroad)
                return abroad;
        }

        // Many write the country code without plus sign.
        return plan is not null && digits.StartsWith(plan.CallingCode, StringComparison.Ordinal) ? plan.Complete(digits[plan.CallingCode.Length..]) : null;
    }

    private static string? FromInternational(string digits) =>
        NumberingPlan.Calling(digits).Select(plan => plan.Complete(digits[plan.CallingCode.Length..])).FirstOrDefault(number => number is not null);

    private static string WithoutExtension(string input) => Extension().Replace(input, "");

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

    [GeneratedRegex(@"\s*(;ext=|ext\.?|extn\.?|poste|x|#)\s*\d{1,6}\s*\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
