using System.Globalization;

namespace Rfl.Domain.People.Edtf;

/// <summary>Digits of which some may be unspecified, such as <c>19X4</c>: a set of numbers.</summary>
internal readonly record struct DigitMask(string Digits)
{
    public const char Unspecified = 'X';

    public bool IsExact => !Digits.Contains(Unspecified, StringComparison.Ordinal);

    public int Lowest => int.Parse(Digits.Replace(Unspecified, '0'), CultureInfo.InvariantCulture);

    public int Highest => int.Parse(Digits.Replace(Unspecified, '9'), CultureInfo.InvariantCulture);

    /// <summary>How many digits from the right are unspecified; null where another digit is, too.</summary>
    public int? UnspecifiedFromRight
    {
        get
        {
            var known = Digits.TrimEnd(Unspecified);
            return known.Contains(Unspecified, StringComparison.Ordinal) ? null : Digits.Length - known.Length;
        }
    }

    /// <summary>The numbers that fit, between the two given ones, in ascending order.</summary>
    public IEnumerable<int> Values(int from, int to)
    {
        for (var value = Math.Max(from, Lowest); value <= Math.Min(to, Highest); value++)
        {
            if (Fits(value))
                yield return value;
        }
    }

    /// <summary>The same numbers in descending order.</summary>
    public IEnumerable<int> ValuesFromLast(int from, int to)
    {
        for (var value = Math.Min(to, Highest); value >= Math.Max(from, Lowest); value--)
        {
            if (Fits(value))
                yield return value;
        }
    }

    private bool Fits(int value)
    {
        for (var place = Digits.Length - 1; place >= 0; place--)
        {
            if (Digits[place] != Unspecified && Digits[place] - '0' != value % 10)
                return false;
            value /= 10;
        }

        return value == 0;
    }
}
