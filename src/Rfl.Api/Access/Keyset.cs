using System.Globalization;

namespace Rfl.Api.Access;

/// <summary>Places in lists of accounts, keys and audit lines, as opaque text.</summary>
internal static class Keyset
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;

    public static string Write<T>(T place)
        where T : IFormattable => place.ToString(null, CultureInfo.InvariantCulture);

    public static bool TryRead<T>(string? cursor, out T place)
        where T : struct, IParsable<T>
    {
        place = default;
        return cursor is null || T.TryParse(cursor, CultureInfo.InvariantCulture, out place);
    }
}
