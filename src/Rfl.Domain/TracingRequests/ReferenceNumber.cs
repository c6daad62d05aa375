using System.Globalization;

namespace Rfl.Domain.TracingRequests;

/// <summary>
/// A request's number for people: ten digits in groups that can be read out on the phone in any language, <c>1234-5678-89</c>. The last two are check digits
/// after ISO 7064 MOD 97-10, which catch every single wrong digit and every swap of neighbours. Numbers are drawn at random, so that nobody can
/// tell from one how many requests there are or which came next.
/// </summary>
public static class ReferenceNumber
{
    /// <summary>How many numbers there are.</summary>
    public const int Count = 100_000_000;

    /// <param name="number">0 to <see cref="Count"/> - 1.</param>
    public static string Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        var check = 98 - (number * 100L % 97);
        return string.Create(CultureInfo.InvariantCulture, $"{number / 10_000:0000}-{number % 10_000:0000}-{check:00}");
    }

    /// <summary>Reads a number as people write it: with or without spaces and hyphens, in the digits of any script.</summary>
    /// <returns>The canonical form, or null where it is no number or its check digits do not fit.</returns>
    public static string? Parse(string text)
    {
        long digits = 0;
        var count = 0;
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter) || letter is '-' or '‐' or '‑' or '–')
                continue;
            var digit = char.IsDigit(letter) ? (int)char.GetNumericValue(letter) : -1;
            if (digit < 0 || ++count > 10)
                return null;
            digits = (digits * 10) + digit;
        }

        // Check digits are 02 to 98; others with the same remainder belong to no number.
        return count == 10 && digits % 97 == 1 && digits % 100 is >= 2 and <= 98 ? Of((int)(digits / 100)) : null;
    }
}
