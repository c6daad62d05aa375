namespace Rfl.Domain.Matching.Persons;

/// <summary>Slips of the pen in numbers.</summary>
public static class TextDistance
{
    /// <summary>One digit replaced, left out or added, or two neighbours exchanged.</summary>
    public static bool IsOneSlip(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
            return false;
        var start = a.CommonPrefixLength(b);
        a = a[start..];
        b = b[start..];
        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }
        return Math.Max(a.Length, b.Length) <= 1 || a.Length == 2 && b.Length == 2 && a[0] == b[1] && a[1] == b[0];
    }
}
