using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Rfl.Api.Http;

/// <summary>One stretch of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Names the place after the last item; null at the end of the list. Opaque: only this service can read or make one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
}

/// <summary>
/// Places in a list, sealed: nobody can read which keys they hold, alter them, or use them with another list or filter. They are still not to hold personal
/// data or the store's sequence numbers, since callers keep them.
/// </summary>
public sealed class Cursors(IDataProtectionProvider protection)
{
    public const string Invalid = "cursor-invalid";

    /// <param name="list">The list and its filters, for example <c>worklist:due:region=north</c>; a cursor opens with the same text only.</param>
    /// <param name="key">The last item's values in the list's order, ending in its id.</param>
    public string Seal<TKey>(string list, TKey key)
        where TKey : notnull =>
        Base64Url(Of(list).Protect(JsonSerializer.SerializeToUtf8Bytes(key)));

    /// <summary>False where the cursor is not one of this list: answer 400 with <see cref="Invalid"/> for <c>cursor</c>.</summary>
    public bool TryOpen<TKey>(string list, string cursor, out TKey? key)
        where TKey : notnull
    {
        key = default;
        try
        {
            key = JsonSerializer.Deserialize<TKey>(Of(list).Unprotect(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(cursor)));
            return key is not null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            return false;
        }
    }

    private IDataProtector Of(string list) => protection.CreateProtector("Rfl.Cursors.v1", list);

    private static string Base64Url(byte[] bytes) => Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(bytes);
}
